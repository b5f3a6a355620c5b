import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from '../engine.ts';

const TRIES = 8;
const PAUSE_MS = 40;

/** Does work of several questions, again when a load was on its way or came between. The last answer stands. */
export async function quietly<T>(query: Engine['query'], work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await marks(query);
    const result = await work();
    const after = await marks(query);
    if (attempt === TRIES || (before.noted <= before.done && before.noted === after.noted && before.done === after.done)) return result;
    await pause(PAUSE_MS);
  }
}

interface Marks extends Record<string, unknown> { /** Of loads that have begun to write. */ noted: number; /** Of those that are complete. */ done: number }

async function marks(query: Engine['query']): Promise<Marks> {
  const [row] = await query<Marks>({ sql: 'SELECT coalesce((SELECT max(load_mark) FROM store.touched_days), 0) AS noted, coalesce((SELECT max(load_mark) FROM store.state), 0) AS done' });
  return row ?? { noted: 0, done: 0 };
}
