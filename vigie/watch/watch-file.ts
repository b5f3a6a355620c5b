import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { verdictSchema } from './verdict.ts';

const messageSchema = z.object({
  /** The same however often it is sent. */
  delivery: z.string(),
  channel: z.enum(['email', 'webhook']),
  recipient: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  body: z.record(z.string(), z.union([z.string(), z.number()])),
  attempts: z.number().int(),
  nextAtMs: z.number(),
});
/** What is still to be told to one recipient. */
export type Message = z.infer<typeof messageSchema>;

const stateSchema = z.object({ verdicts: z.record(z.string(), verdictSchema), outbox: z.array(messageSchema), lookedAtMs: z.number() });
/** All that a watcher knows: what it found, and what it has to tell. */
export type WatchState = z.infer<typeof stateSchema>;

export const NOTHING_KNOWN: WatchState = { verdicts: {}, outbox: [], lookedAtMs: 0 };

export interface WatchFile { read(): WatchState; write(state: WatchState): void }

/** A file of the watcher's own: the store may be what is down. One that cannot be read counts as none. */
export function watchFile(folder: string): WatchFile {
  const file = join(folder, 'state.json');
  return {
    read() {
      try {
        return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch {
        return NOTHING_KNOWN;
      }
    },
    write(state) {
      mkdirSync(folder, { recursive: true });
      rmSync(`${file}.new`, { force: true });
      writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600, flush: true });
      renameSync(`${file}.new`, file);
    },
  };
}
