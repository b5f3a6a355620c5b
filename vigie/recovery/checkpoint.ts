import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROW_KINDS, type EmittedRow } from '../../telephony/rows.ts';
import { keepFile, readKeptFile } from './kept-file.ts';

/** A row as it goes to the spool; `Sequence` orders the versions of one row. */
const closingRowSchema = z.object({ kind: z.enum(ROW_KINDS), row: z.looseObject({ Sequence: z.number() }) });
export type ClosingRow = z.infer<typeof closingRowSchema>;

const checkpointSchema = z.object({ atMs: z.number(), rows: z.array(closingRowSchema) });
/** When the floor was last known to live, and the rows that would have ended everything then. */
export type Checkpoint = z.infer<typeof checkpointSchema>;

const NAME = "the floor's checkpoint";
const fileOf = (directory: string): string => join(directory, 'floor-checkpoint.json');

/** `DATA/floor-checkpoint.json` of a core that died; null = it ended in order, or never ran. */
export function readCheckpoint(directory: string, onTrouble: (message: string) => void): Checkpoint | null {
  return readKeptFile({ file: fileOf(directory), schema: checkpointSchema, name: NAME, onTrouble });
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

/** Writes a checkpoint again and again. The returned function ends it. */
export function keepCheckpoint({ directory, closingRows, nowMs, everyMs, onTrouble }: CheckpointOptions): () => Promise<void> {
  return keepFile({
    file: fileOf(directory),
    content: () => {
      const rows = closingRows();
      return { atMs: nowMs(), rows };
    },
    everyMs, name: NAME, onTrouble,
  });
}
