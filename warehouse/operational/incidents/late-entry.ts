import type { Incident } from './incident.ts';

/** Whoever enters an incident afterwards has so long to enter its end too, before it is taken for one that goes on. */
const LATE_ENTRY_MS = 600_000;

/** What was due before anybody entered the incident waits for its end to be entered. */
export function afterEntry({ timeline }: Pick<Incident, 'timeline'>, dueAtMs: number): number {
  const enteredAtMs = Math.max(...timeline.map(({ body }) => (body.kind === 'opened' && body.enteredAt !== undefined ? Date.parse(body.enteredAt) : dueAtMs)), dueAtMs);
  return enteredAtMs > dueAtMs ? enteredAtMs + LATE_ENTRY_MS : dueAtMs;
}
