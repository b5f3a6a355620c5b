import { z } from 'zod';
import { incidentBodySchema, line, type NewIncidentEvent } from './events.ts';
import { refuse, type Refusal } from './refusal.ts';

const YEAR_2000 = Date.UTC(2000, 0, 1);
const YEAR_2200 = Date.UTC(2200, 0, 1);
const HALF_OF_A_PAIR = /\p{Surrogate}/u;

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
    for (const text of [key, each]) if (typeof text === 'string' && (text.includes('\0') || HALF_OF_A_PAIR.test(text))) good = false;
    return each;
  });
  return good;
}
