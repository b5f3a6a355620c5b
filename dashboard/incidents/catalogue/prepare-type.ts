import type { IncidentType } from '../catalogue-query.ts';
import type { AffectedComponent } from '../components-input.tsx';
import type { Severity } from '../severity.tsx';

export interface TypeForm {
  slug: string; labelFr: string; labelEn: string; causesFr: string; causesEn: string; solutionFr: string; solutionEn: string;
  targetMinutes: number | string; severity: Severity; breakdown: boolean; retired: boolean; components: AffectedComponent[];
  /** Hours in which the clock of the target runs; null = always. */
  calendar: string | null;
}

export const TEXTS = ['labelFr', 'labelEn', 'causesFr', 'causesEn', 'solutionFr', 'solutionEn'] as const;

export function formOf(type: IncidentType | null): TypeForm {
  if (!type) return { slug: '', labelFr: '', labelEn: '', causesFr: '', causesEn: '', solutionFr: '', solutionEn: '', targetMinutes: 60, severity: 'MAJOR', breakdown: true, retired: false, components: [], calendar: null };
  const { slug, labelFr, labelEn, causesFr, causesEn, solutionFr, solutionEn, targetMinutes, severity, breakdown, retired, affects, calendar } = type;
  return { slug, labelFr, labelEn, causesFr, causesEn, solutionFr, solutionEn, targetMinutes, severity, breakdown, retired, calendar, components: affects.components.map(({ component, share }) => ({ component, share })) };
}

export function isSlug(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,63}$/.test(text);
}

/** What is sent; null = something is missing. Both languages are asked for: no reader has half a catalogue. */
export function typeOf(form: TypeForm, before: IncidentType | null, taken: readonly string[]) {
  const { slug, targetMinutes, components, ...rest } = form;
  if (typeof targetMinutes !== 'number' || targetMinutes <= 0 || TEXTS.some((field) => form[field].trim() === '')) return null;
  if (!before && (!isSlug(slug) || taken.includes(slug))) return null;
  return { ...rest, slug, targetMinutes, version: before?.version ?? 0, affects: { tenants: before?.affects.tenants ?? [], sites: before?.affects.sites ?? [], queues: before?.affects.queues ?? [], components } };
}
