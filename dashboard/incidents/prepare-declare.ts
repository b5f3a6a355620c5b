import type { IncidentType } from './catalogue-query.ts';
import type { AffectedComponent } from './components-input.tsx';
import type { Severity } from './severity.tsx';
import { fromField } from './zoned-input.ts';

/** What stands in the form. */
export interface DeclareDraft {
  type: string | null;
  title: string;
  description: string;
  severity: Severity;
  targetMinutes: number | string;
  tenants: string[];
  sites: string[];
  queues: string[];
  components: AffectedComponent[];
  /** As `datetime-local` fields write them. */
  detected: string;
  started: string;
  /** What stood in the field at first, and the instant itself: a field has whole minutes, and a short target has few of them. */
  first: { text: string; ms: number };
}

export interface Declared {
  type: string; title: string; description: string; severity: Severity; targetMinutes: number;
  affects: { tenants: string[]; sites: string[]; queues: string[]; components: AffectedComponent[] };
  startedAt: string | null;
  at: string;
}

type Filling = Pick<IncidentType, 'slug' | 'severity' | 'targetMinutes'> & { affects: { tenants: readonly string[]; sites: readonly string[]; queues: readonly string[]; components: readonly AffectedComponent[] } };

/** The form after a type was chosen: its target, severity and what it affects come in, what was typed stays. */
export function draftFor(type: Filling | null, before: DeclareDraft | null, now: DeclareDraft['first']): DeclareDraft {
  const typed = before ?? { type: null, title: '', description: '', severity: 'MAJOR' as const, targetMinutes: '', tenants: [], sites: [], queues: [], components: [], detected: now.text, started: '', first: now };
  if (!type) return { ...typed, type: null };
  const { tenants, sites, queues, components } = type.affects;
  return { ...typed, type: type.slug, severity: type.severity, targetMinutes: type.targetMinutes, tenants: [...tenants], sites: [...sites], queues: [...queues], components: components.map(({ component, share }) => ({ component, share })) };
}

/** What is sent, or what keeps it from being sent; `nowMs` is the end of the running minute. */
export function declared({ type, title, description, severity, targetMinutes, tenants, sites, queues, components, detected, started, first }: DeclareDraft, zone: string, nowMs: number): { value: Declared | null; problem: 'future' | 'startAfter' | null } {
  const detectedMs = detected === first.text ? first.ms : fromField(detected, zone);
  const startedMs = fromField(started, zone);
  const problem = detectedMs !== null && detectedMs > nowMs ? 'future' : detectedMs !== null && startedMs !== null && startedMs > detectedMs ? 'startAfter' : null;
  if (problem !== null || type === null || title.trim() === '' || typeof targetMinutes !== 'number' || targetMinutes <= 0 || detectedMs === null || (started !== '' && startedMs === null)) return { value: null, problem };
  return {
    problem: null,
    value: { type, title: title.trim(), description: description.trim(), severity, targetMinutes, affects: { tenants, sites, queues, components }, startedAt: startedMs === null ? null : new Date(startedMs).toISOString(), at: new Date(detectedMs).toISOString() },
  };
}
