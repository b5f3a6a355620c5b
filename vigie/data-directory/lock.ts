import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { processStart } from './process-start.ts';

/**
 * One process at a time works in a data directory. The engines below do not see to it: a second process
 * on the embedded store's files is not refused and loses data.
 */
export interface DirectoryLock { release(): void }

const holderSchema = z.object({ pid: z.number().int(), start: z.string(), what: z.string(), nonce: z.string() });
export type LockHolder = z.infer<typeof holderSchema>;

export class DirectoryLockedError extends Error {
  override readonly name = 'DirectoryLockedError';
  readonly holder: LockHolder;
  constructor(directory: string, holder: LockHolder) {
    super(`${directory} is in use by process ${holder.pid} (${holder.what}); wait for it, or choose another --data`);
    this.holder = holder;
  }
}

/** After a stale lock was broken: others who broke it at the same moment have shown themselves by then. */
const SETTLE_MS = 50;

/**
 * Takes the directory, which is made where absent. A lock whose process is over is broken, also when its
 * number was given to another process since.
 * @throws DirectoryLockedError naming the holder.
 */
export async function lockDirectory(directory: string, what: string): Promise<DirectoryLock> {
  const file = join(directory, 'lock');
  const own: LockHolder = { pid: process.pid, start: processStart(process.pid) ?? '', what, nonce: randomUUID() };
  const written = `${file}.${own.nonce}`;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(written, JSON.stringify(own), { mode: 0o600, flush: true });
  } catch (cause) {
    throw new Error(`cannot write to the data directory ${directory}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  try {
    for (let broken = false; ; broken = true) {
      if (linked(written, file)) {
        if (broken) await pause(SETTLE_MS);
        if (holderIn(file)?.nonce === own.nonce) return { release: () => releaseOwn(file, own) };
      }
      const holder = lockHolder(directory);
      if (holder) throw new DirectoryLockedError(directory, holder);
      breakStale(file, own);
    }
  } finally {
    rmSync(written, { force: true });
  }
}

/** The living process that holds the directory, null = nobody. */
export function lockHolder(directory: string): LockHolder | null {
  const holder = holderIn(join(directory, 'lock'));
  if (!holder) return null;
  const start = processStart(holder.pid);
  return start === null || (start !== '' && holder.start !== '' && start !== holder.start) ? null : holder;
}

/** Moves a stale lock away; one that turns out to be alive, because another process was faster, goes back. */
function breakStale(file: string, own: LockHolder): void {
  const aside = `${file}.stale.${own.nonce}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const holder = holderIn(aside);
  if (holder && processStart(holder.pid) === holder.start) linked(aside, file);
  rmSync(aside, { force: true });
}

function releaseOwn(file: string, own: LockHolder): void {
  if (holderIn(file)?.nonce === own.nonce) rmSync(file, { force: true });
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function holderIn(file: string): LockHolder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
