import { ROW_KINDS } from '../../telephony/rows.ts';
import type { BatchHead } from './door.ts';
import { BATCH_PATTERN, SOURCE_PATTERN } from './layout.ts';

/** What is wrong with a batch's head, '' = nothing: source and kind become folders, the id a key. */
export function checkHead({ source, kind, batchId }: BatchHead): string {
  if (!SOURCE_PATTERN.test(source)) return `source "${source}": small letters, digits and dashes only`;
  if (!ROW_KINDS.includes(kind)) return `kind "${String(kind)}": one of ${ROW_KINDS.join(', ')}`;
  if (!BATCH_PATTERN.test(batchId)) return 'a batch id is 1 to 128 letters, digits or ._:~@+=-';
  return '';
}

export function countLines(data: Uint8Array): number {
  let lines = 0;
  for (let at = data.indexOf(10); at !== -1; at = data.indexOf(10, at + 1)) lines += 1;
  return lines;
}
