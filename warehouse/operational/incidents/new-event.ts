import { z } from 'zod';
import { incidentBodySchema, line, type NewIncidentEvent } from './events.ts';
import { refuse, type Refusal } from './refusal.ts';

const YEAR_2000 = Date.UTC(2000, 0, 1);
const YEAR_2200 = Date.UTC(2200, 0, 1);
/** A character that no text of the database can hold: half of a pair, or zero. */
// oxlint-disable-next-line no-control-regex
const UNWRITABLE = /\p{Surrogate}|\0/u;

const newEventSchema = z.object({ id: z.uuid().toLowerCase(), atMs: z.number().int().min(YEAR_2000).max(YEAR_2200), by: line, body: incidentBodySchema });

/** Checks the form of events; the same one twice is one. */
export function parseNewEvents(events: readonly NewIncidentEvent[]): NewIncidentEvent[] | Refusal {
  const parsed = new Map<string, NewIncidentEvent>();
  for (const event of events) {
    const { data, error } = newEventSchema.safeParse(event);
    if (!data) return refuse('invalid', `${event.body.kind}: ${z.prettifyError(error)}`);
    if (!isWritable(data)) return refuse('invalid', `${event.body.kind}: a text has characters that cannot be kept`);
    if (!parsed.has(data.id)) parsed.set(data.id, data);
  }
  return [...parsed.values()];
}

/** Can a database keep all texts in it? */
export function isWritable(value: unknown): boolean {
  let good = true;
  JSON.stringify(value, (key, each: unknown) => {
    if (UNWRITABLE.test(key) || (typeof each === 'string' && UNWRITABLE.test(each))) good = false;
    return each;
  });
  return good;
}
