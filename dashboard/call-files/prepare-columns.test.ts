import { expect, test } from 'vitest';
import { prepareColumns, withField } from './prepare-columns.ts';

const columns = [{ name: 'Tél', field: 'NUMBER' as const, examples: ['06'] }, { name: 'Nom', field: 'NAME' as const, examples: [] }, { name: 'Ville', field: null, examples: [] }];

test('a column carries the rows that it keeps out, when all were read', () => {
  const reasons = [{ reason: 'invalid-number', words: '', rows: 3, examples: [] }, { reason: 'duplicate-in-file', words: '', rows: 2, examples: [] }, { reason: 'too-many-cells', words: '', rows: 1, examples: [] }];
  expect(prepareColumns(columns, { done: true, contacts: 5, reasons }).map(({ wrong }) => wrong)).toEqual([5, 0, null]);
  expect(prepareColumns(columns, { done: false, contacts: null, reasons: [] }).map(({ wrong }) => wrong)).toEqual([null, null, null]);
  expect(prepareColumns(columns, null).map(({ wrong }) => wrong)).toEqual([null, null, null]);
});

test('a thing is in one column only', () => {
  expect(withField(columns, 'Ville', 'NAME')).toEqual([{ field: 'NUMBER', column: 'Tél' }, { field: 'NAME', column: 'Ville' }]);
  expect(withField(columns, 'Tél', null)).toEqual([{ field: 'NAME', column: 'Nom' }]);
});
