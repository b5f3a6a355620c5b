import { readFileSync, rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ROW_KINDS, type EmittedRow } from '../../telephony/rows.ts';

/** A row as it goes to the spool; `Sequence` orders the versions of one row. */
const closingRowSchema = z.object({ kind: z.enum(ROW_KINDS), row: z.looseObject({ Sequence: z.number() }) });
export type ClosingRow = z.infer<typeof closingRowSchema>;

const checkpointSchema = z.object({ atMs: z.number(), rows: z.array(closingRowSchema) });
/** When the floor was last known to live, and the rows that would have ended everything then. */
export type Checkpoint = z.infer<typeof checkpointSchema>;

const fileOf = (directory: string): string => join(directory, 'floor-checkpoint.json');

/** `DATA/floor-checkpoint.json` of a core that died; null = it ended in order, or never ran. */
export function readCheckpoint(directory: string): Checkpoint | null {
  try {
    return checkpointSchema.parse(JSON.parse(readFileSync(fileOf(directory), 'utf8')));
  } catch {
    return null;
  }
}

export function removeCheckpoint(directory: string): void {
  rmSync(fileOf(directory), { force: true });
}

export interface CheckpointOptions {
  directory: string;
  closingRows: () => EmittedRow[];
  nowMs: () => number;
  everyMs: number;
  onTrouble: (message: string) => void;
}

/**
 * Writes a checkpoint again and again, whole or not at all. Not synced: it is for a process that dies; after a lost machine
 * the warehouse's own rows have to do. The returned function ends it.
 */
export function keepCheckpoint({ directory, closingRows, nowMs, everyMs, onTrouble }: CheckpointOptions): () => Promise<void> {
  const file = fileOf(directory);
  let writing: Promise<void> = Promise.resolve();
  let busy = false;
  const write = async (): Promise<void> => {
    const rows = closingRows();
    const text = JSON.stringify({ atMs: nowMs(), rows });
    await writeFile(`${file}.new`, text, { mode: 0o600 });
    await rename(`${file}.new`, file);
  };
  const next = (): void => {
    // A disk slower than the pace gets fewer of them.
    if (busy) return;
    busy = true;
    writing = write().catch((error: unknown) => onTrouble(`the floor's checkpoint was not written: ${String(error)}`)).finally(() => {
      busy = false;
    });
  };
  next();
  const timer = setInterval(next, everyMs);
  return async () => {
    clearInterval(timer);
    await writing;
  };
}
