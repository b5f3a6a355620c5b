import { THE_PROGRAM } from '../journal.ts';
import { applyContents } from './apply-contents.ts';
import { applyEnd, outdatedRex } from './apply-end.ts';
import { applyLifecycle } from './apply-lifecycle.ts';
import { applyProcedure } from './apply-procedure.ts';
import { draftOf, type Draft } from './draft-incident.ts';
import { incidentBodySchema, type IncidentEvent, type IncidentKind } from './events.ts';
import type { Incident, IncidentState } from './incident.ts';
import { refuse, type Contradiction } from './refusal.ts';

/**
 * Computes an incident from its log. The order of the events does not matter: they are read in the order of what happened. One
 * that contradicts what happened before has no effect, and still stands in the timeline.
 * @throws when its opening is not among them.
 */
export function foldIncident(events: readonly IncidentEvent[]): Incident {
  return read(events).incident;
}

/** The events that have no effect because others contradict them. */
export function contradictionsOf(events: readonly IncidentEvent[]): Contradiction[] {
  return read(events).contradictions;
}

/** Closed, and yet something is to be done: the REX of its crisis, an action, a signature. */
export function isPending({ open, crisis, rex, actions, document }: Incident): boolean {
  return !open && ((crisis !== null && !rex) || actions.some(({ doneAtMs }) => doneAtMs === null) || (document !== null && document.signatures.length < document.signers.length));
}

/** By what happened. Of one millisecond: in the order of the kinds, then by id. */
export function inOrder(a: IncidentEvent, b: IncidentEvent): number {
  if (a.body.kind === 'opened' || b.body.kind === 'opened') return Number(b.body.kind === 'opened') - Number(a.body.kind === 'opened') || byTime(a, b);
  return byTime(a, b);
}

function byTime(a: IncidentEvent, b: IncidentEvent): number {
  return a.atMs - b.atMs || rank(a.body.kind) - rank(b.body.kind) || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/** Of one millisecond people come first, so that they can be invited, and the closing comes last: what is given by the minute falls together. The rest as the kinds are listed. */
function rank(kind: IncidentKind): number {
  return kind === 'person-added' ? -1 : kind === 'closed' ? RANKS.size : (RANKS.get(kind) ?? 0);
}
const RANKS = new Map(incidentBodySchema.options.map((option, index) => [option.shape.kind.value, index]));

const APPLY = [applyLifecycle, applyContents, applyProcedure, applyEnd];

function read(events: readonly IncidentEvent[]): { incident: Incident; contradictions: Contradiction[] } {
  const timeline = events.toSorted(inOrder);
  const [first] = timeline;
  if (first?.body.kind !== 'opened') throw new Error('the log of an incident without its opening');
  const draft = draftOf(first.incident);
  const contradictions: Contradiction[] = [];
  for (const event of timeline) {
    let refusal = null;
    if (event !== first && event.body.kind === 'opened') refusal = refuse('already-opened', 'it was opened already', first);
    else if (event.atMs < first.atMs) refusal = refuse('before-detection', 'it was not detected then', first);
    else for (const apply of APPLY) refusal ??= apply(draft, event);
    if (refusal) contradictions.push({ event, refusal });
  }
  contradictions.push(...outdatedRex(draft));
  withdrawBreach(draft);
  const { marks, earlyRex: _, ...rest } = draft;
  const state: IncidentState = marks.closed ? 'closed' : marks.resolved ? 'resolved' : marks.mitigated ? 'mitigated' : marks.acknowledged ? 'acknowledged' : 'detected';
  return { incident: { ...rest, state, open: !marks.closed, timeline }, contradictions };
}

/**
 * Decided by how the log ends: an incident that goes on after all was in trouble meanwhile, and its breach stands. Only what the program
 * itself measured takes a breach back; a person who says later that service was back earlier does not.
 */
function withdrawBreach(draft: Draft): void {
  const { marks: { resolved }, breachNotedAtMs } = draft;
  if (breachNotedAtMs === null || resolved?.by !== THE_PROGRAM || resolved.atMs > breachNotedAtMs) return;
  draft.breachWithdrawn = { notedAtMs: breachNotedAtMs, endedAtMs: resolved.atMs };
  draft.breachNotedAtMs = null;
}
