import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** How far the first history is, in `DATA/history.json`: an interrupted one goes on at the next start. */
const historySchema = z.object({ seed: z.number(), days: z.array(z.string()), done: z.array(z.string()), liveFromMs: z.number() });
export type History = z.infer<typeof historySchema>;

export function readHistory(directory: string): History | null {
  try {
    return historySchema.parse(JSON.parse(readFileSync(join(directory, 'history.json'), 'utf8')));
  } catch {
    return null;
  }
}

export function writeHistory(directory: string, history: History): void {
  const file = join(directory, 'history.json');
  writeFileSync(`${file}.new`, JSON.stringify(history), { flush: true });
  renameSync(`${file}.new`, file);
}

/** The UTC days of a first history, newest first: today up to now, then `days` whole ones. */
export function planHistory(nowMs: number, days: number, seed: number): History {
  const dayMs = 86_400_000;
  const today = Math.floor(nowMs / dayMs) * dayMs;
  return { seed, liveFromMs: nowMs, done: [], days: days === 0 ? [] : Array.from({ length: days + 1 }, (_, back) => new Date(today - back * dayMs).toISOString().slice(0, 10)) };
}
