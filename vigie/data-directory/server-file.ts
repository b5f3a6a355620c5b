import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { lockHolder } from './lock.ts';

const serverSchema = z.object({
  address: z.url(), token: z.string(), pid: z.number().int(),
  /** Where its embedded store answers, to whoever may enter the directory. */
  store: z.object({ host: z.string(), port: z.number(), files: z.object({ folder: z.string(), seenAs: z.string() }) }).optional(),
});
/** How a command finds the running server of a data directory. */
export type RunningServer = z.infer<typeof serverSchema>;

/** Only this user can read it: the token opens everything. */
export function writeServerFile(directory: string, server: RunningServer): void {
  const file = join(directory, 'server.json');
  // A file that is there keeps its mode.
  rmSync(`${file}.new`, { force: true });
  writeFileSync(`${file}.new`, JSON.stringify(server), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removeServerFile(directory: string): void {
  rmSync(join(directory, 'server.json'), { force: true });
}

/** The server that holds the directory's lock; null = none, or one that is not ready yet. */
export function runningServer(directory: string): RunningServer | null {
  const holder = lockHolder(directory);
  if (!holder) return null;
  try {
    const server = serverSchema.parse(JSON.parse(readFileSync(join(directory, 'server.json'), 'utf8')));
    return server.pid === holder.pid ? server : null;
  } catch {
    return null;
  }
}
