import type { IncidentBody } from '../../../warehouse/operational/incidents/events.ts';
import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import type { Refused } from '../refusals.ts';

/** Somebody has done such a thing since a revision was read. */
export function changedSince({ timeline }: Incident, seen: number | null | undefined, such: (body: IncidentBody) => boolean): Refused | null {
  const other = seen == null ? undefined : timeline.findLast(({ sequence, body }) => sequence > seen && such(body));
  return other ? { refused: 'changed-meanwhile', by: other.by, atMs: other.atMs } : null;
}
