import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { incidentBodySchema, type Affects } from '../../../warehouse/operational/incidents/events.ts';
import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import { refuse } from '../../../warehouse/operational/incidents/refusal.ts';
import { complaintOf } from '../complaint.ts';
import { incidentOf, type IncidentContext } from '../find.ts';
import { refusedBy, type Refused } from '../refusals.ts';
import { affectsWithHidden, incidentInSight } from '../sight.ts';
import type { ActOutcome } from '../types/act-result.ts';

export interface ActGiven { id?: string | null | undefined; at?: string | null | undefined }

/** Clocks of browsers are not ours: so much of the future is now. */
const AHEAD_MS = 60_000;
const uuid = z.uuid();

export interface Act { id: string; /** Epoch milliseconds. */ atMs: number }

/** When an act happened, and its id. */
export function actOf({ id, at }: ActGiven, nowMs: number): Act | Refused {
  const atMs = at == null ? nowMs : Date.parse(at);
  if (atMs > nowMs + AHEAD_MS) return { refused: 'in-the-future' };
  if (id != null && !uuid.safeParse(id).success) return { refused: 'invalid', detail: 'id: uuid' };
  return { id: id?.toLowerCase() ?? randomUUID(), atMs: Math.min(atMs, nowMs) };
}

/** Of one millisecond a log has an order of its own: what is done now comes after all that is written there. */
export function afterAll({ timeline }: Pick<Incident, 'timeline'>, nowMs: number): number {
  return Math.max(nowMs, 1 + timeline.reduce((last, { atMs }) => Math.max(last, atMs), 0));
}

type Draft = z.input<typeof incidentBodySchema>;

export interface PerformOptions {
  /** What the outcome names; default: the event's id. */
  made?: (act: Act) => string;
  /** Why it is not done, as the incident is now. */
  unless?: (incident: Incident) => Refused | null;
}

/** Writes one act into an incident's log. The viewer must see the incident; the log decides whether it makes sense there. */
export async function perform(number: number, given: ActGiven, draft: (act: Act) => Draft, context: IncidentContext, { made = ({ id }) => id, unless }: PerformOptions = {}): Promise<ActOutcome> {
  const incident = await incidentOf(number, context);
  if (!incident || !context.incidents) return { refused: 'unknown-incident', incident: null };
  const act = actOf(given, context.clock.nowMs());
  if ('refused' in act) return { ...act, incident };
  // Sent again: it was done, whatever has happened since.
  if (incident.timeline.some(({ id }) => id === act.id)) return { done: made(act), incident };
  if (given.at == null) act.atMs = afterAll(incident, act.atMs);
  const { data: body, error } = incidentBodySchema.safeParse(draft(act));
  if (!body) return { refused: 'invalid', detail: complaintOf(error), incident };
  const refused = unless?.(incident) ?? (body.kind === 'changed' && body.affects && !mayAffect(body.affects, incident.detectedAtMs, context) ? { refused: 'out-of-sight' as const } : null);
  if (refused) return { ...refused, incident };
  if (body.kind === 'changed' && body.affects) body.affects = affectsWithHidden(body.affects, incident, context.viewer.scope, context.directory);
  // Asked again where nobody else can write meanwhile: of two at once one is refused.
  const meanwhile: Refused[] = [];
  const answer = await context.incidents.store.incidents.append(number, [{ ...act, by: context.viewer.name, body }], {
    unless(row) {
      const late = unless?.(row) ?? null;
      if (late) meanwhile.push(late);
      return late && refuse('changed-meanwhile', late.refused);
    },
  });
  const { byNumber } = context.loaders.incidents;
  byNumber.clear(number);
  const [late] = meanwhile;
  if (late) return { ...late, incident: await incidentOf(number, context) };
  if (answer.ok) {
    byNumber.prime(number, answer.incident);
    return { done: made(act), incident: answer.incident };
  }
  return { ...refusedBy(answer), incident: await incidentOf(number, context) };
}

/** Nobody opens an incident, or moves one, where nobody could see it with them. */
export function mayAffect(affects: Affects, detectedAtMs: number, { viewer: { scope }, directory }: Pick<IncidentContext, 'viewer' | 'directory'>): boolean {
  return incidentInSight({ affects, detectedAtMs }, scope, directory);
}
