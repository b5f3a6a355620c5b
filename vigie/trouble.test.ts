import { expect, test } from 'vitest';
import { remedyOf } from './trouble.ts';

test.each([
  ['TransactionContext Error: Failed to commit: Could not write file "warehouse.duckdb.wal": No space left on device', 'The disk is full'],
  ['ENOSPC: no space left on device, write', 'The disk is full'],
  ['EROFS: read-only file system, open', 'read only'],
  ["EACCES: permission denied, mkdir '/data'", 'This user may not'],
])('%s', (message, advice) => {
  expect(remedyOf(new Error('the import failed', { cause: new Error(message) }))).toContain(advice);
});

test('of what it does not know it says nothing', () => {
  expect(remedyOf(new Error('the price of permission slips'))).toBeNull();
});
