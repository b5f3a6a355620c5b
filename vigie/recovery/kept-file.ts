import { readFileSync, renameSync } from 'node:fs';
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

export interface ReadOptions<Schema extends z.ZodType> extends Pick<KeptFileOptions, 'file' | 'name' | 'onTrouble'> { schema: Schema }

/** Null = it is not there, or is not what it should be: then it is put aside, and the trouble is told. */
export function readKeptFile<Schema extends z.ZodType>({ file, schema, name, onTrouble }: ReadOptions<Schema>): z.infer<Schema> | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) onTrouble(`${name} was not read: ${String(error)}`);
    return null;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    renameSync(file, `${file}.aside`);
    onTrouble(`${name} is not what this program writes, it is put aside as ${file}.aside: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}
