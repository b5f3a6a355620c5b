import type { Draft } from './draft-incident.ts';
import type { IncidentEvent } from './events.ts';
import { refuse, type Refusal } from './refusal.ts';

/** Detection to closing, and the target's clock. */
export function applyLifecycle(draft: Draft, event: IncidentEvent): Refusal | null {
  const { body, atMs } = event;
  const { marks } = draft;
  switch (body.kind) {
    case 'opened': {
      draft.openedBy = event.by;
      draft.detector = body.evidence?.detector ?? null;
      draft.detectedAtMs = atMs;
      Object.assign(draft, { type: body.type, severity: body.severity, title: body.title, titleEn: body.titleEn ?? null, description: body.description, affects: body.affects, targetMinutes: body.targetMinutes, calendar: body.calendar, hours: body.hours ?? null });
      draft.affected.push({ fromMs: atMs, affects: body.affects });
      if (body.evidence) draft.evidence.push({ atMs, cleared: false, evidence: body.evidence });
      if (body.startedAt !== null && Date.parse(body.startedAt) > atMs) return startedTooLate(draft);
      draft.startedAtMs = body.startedAt === null ? null : Date.parse(body.startedAt);
      return null;
    }
    case 'acknowledged':
      if (marks.acknowledged) return taken(marks.acknowledged);
      acknowledge(draft, event);
      return null;
    case 'mitigated':
      if (marks.resolved) return refuse('already-resolved', 'service was back already', marks.resolved);
      if (marks.mitigated) return refuse('already-mitigated', 'it was mitigated already', marks.mitigated);
      acknowledge(draft, event);
      marks.mitigated = event;
      draft.mitigatedAtMs = atMs;
      return null;
    case 'resolved':
      if (marks.resolved) return refuse('already-resolved', 'it was resolved already', marks.resolved);
      acknowledge(draft, event);
      endPause(draft, atMs);
      marks.resolved = event;
      draft.resolvedAtMs = atMs;
      return null;
    case 'reopened':
      if (!marks.resolved) return refuse('not-resolved', 'it was not resolved then');
      draft.reopenings.push({ resolvedAtMs: marks.resolved.atMs, reopenedAtMs: atMs, reason: body.reason });
      marks.resolved = marks.closed = null;
      draft.resolvedAtMs = draft.closedAtMs = null;
      // It said how the incident ended: it is final no more, and nobody signs it.
      draft.document = null;
      return null;
    case 'closed':
      if (marks.closed) return refuse('already-closed', 'it was closed already', marks.closed);
      if (!marks.resolved) return refuse('not-resolved', 'it is not resolved: resolve it first');
      if (draft.crisis && draft.crisis.endedAtMs === null) return refuse('crisis-open', 'its crisis cell is open: end it first');
      marks.closed = event;
      draft.closedAtMs = atMs;
      return null;
    case 'clock-paused':
      if (marks.resolved) return refuse('already-resolved', 'its clock has stopped: it was resolved', marks.resolved);
      if (marks.paused) return refuse('already-paused', 'its clock was paused already', marks.paused);
      marks.paused = event;
      draft.pauses.push({ fromMs: Math.max(atMs, draft.detectedAtMs), toMs: null, reason: body.reason });
      return null;
    case 'clock-resumed':
      if (!marks.paused) return refuse('not-paused', 'its clock was not paused then');
      endPause(draft, atMs);
      return null;
    case 'changed': {
      const { kind: _, startedAt, hours, ...changes } = body;
      const startedAtMs = startedAt ? Date.parse(startedAt) : null;
      if (startedAtMs !== null && startedAtMs > draft.detectedAtMs) return startedTooLate(draft);
      for (const [name, value] of Object.entries(changes)) if (value !== undefined) Object.assign(draft, { [name]: value });
      if (body.calendar !== undefined) draft.hours = hours ?? null;
      if (body.title !== undefined) draft.titleEn = null;
      if (body.affects !== undefined) draft.affected.push({ fromMs: atMs, affects: body.affects });
      if (startedAt !== undefined) draft.startedAtMs = startedAtMs;
      return null;
    }
    case 'warned':
      if (draft.warnedShares.includes(body.share)) return refuse('already-warned', `a warning was given at ${body.share}`);
      draft.warnedShares.push(body.share);
      return null;
    case 'breached':
      if (draft.breachNotedAtMs !== null) return refuse('already-breached', `the breach was noted already, at ${new Date(draft.breachNotedAtMs).toISOString()}`);
      draft.breachNotedAtMs = atMs;
      return null;
    default:
      return null;
  }
}

/** By whom it was taken note of, and how. */
function taken(mark: IncidentEvent): Refusal {
  const { kind } = mark.body;
  if (kind === 'mitigated') return refuse('already-mitigated', 'it was mitigated already', mark);
  return kind === 'resolved' ? refuse('already-resolved', 'it was resolved already', mark) : refuse('already-acknowledged', 'it was acknowledged already', mark);
}

/** Whoever works around it or ends it has taken note of it. */
function acknowledge(draft: Draft, event: IncidentEvent): void {
  draft.marks.acknowledged ??= event;
  draft.acknowledgedAtMs ??= event.atMs;
}

function endPause(draft: Draft, atMs: number): void {
  const last = draft.pauses.at(-1);
  if (!draft.marks.paused || !last) return;
  draft.marks.paused = null;
  last.toMs = Math.max(atMs, last.fromMs);
}

function startedTooLate({ detectedAtMs }: Draft): Refusal {
  return refuse('started-after-detection', `it cannot have started after it was detected, at ${new Date(detectedAtMs).toISOString()}`);
}
