import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import type { z } from 'zod';

export interface KeptFileOptions {
  file: string;
  /** What stands in it now. */
  content: () => unknown;
  everyMs: number;
  /** What it is called in messages. */
  name: string;
  onTrouble: (message: string) => void;
}

/**
 * Writes JSON again and again, whole or not at all. Not synced: it is for a process that dies; after a lost machine something
 * else has to do. The returned function ends it, with a last version where that is wanted.
 */
export function keepFile({ file, content, everyMs, name, onTrouble }: KeptFileOptions): (how?: { last: boolean }) => Promise<void> {
  let writing: Promise<void> = Promise.resolve();
  let busy = false;
  const write = async (): Promise<void> => {
    const text = JSON.stringify(content());
    await writeFile(`${file}.new`, text, { mode: 0o600 });
    await rename(`${file}.new`, file);
  };
  const next = (): void => {
    // A disk slower than the pace gets fewer of them.
    if (busy) return;
    busy = true;
    writing = write().catch((error: unknown) => onTrouble(`${name} was not written: ${String(error)}`)).finally(() => {
      busy = false;
    });
  };
  next();
  const timer = setInterval(next, everyMs);
  return async ({ last } = { last: false }) => {
    clearInterval(timer);
    await writing;
    if (!last) return;
    next();
    await writing;
  };
}

/** Null = it is not there, or is not what it should be. */
export function readKeptFile<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
