import { expect, test } from 'vitest';
import { prepareCsv } from './prepare-csv.ts';

const key = (value: string) => ({ field: 'queue', value, name: value });
const rows = [
  { id: '1', keys: [key('Prépayé; "A"')], cells: [{ value: 0.8125, before: null }, { value: 12, before: 10 }] },
  { id: '2', keys: [key('=1+1')], cells: [{ value: null, before: 0.5 }, { value: -3, before: 4 }] },
];
const sheet = { fields: ['file'], measures: ['NS', 'Reçus'], rows, label: ({ value }: { value: string }) => value };

test('French spreadsheets get semicolons and decimal commas, no value is empty, names stay text', () => {
  expect(prepareCsv({ ...sheet, before: null, locale: 'fr' })).toBe('\uFEFFfile;NS;Reçus\r\n"Prépayé; ""A""";0,8125;12\r\n\'=1+1;;-3\r\n');
});

test('a comparison is a column beside each measure', () => {
  expect(prepareCsv({ ...sheet, before: 'avant', locale: 'en' }).split('\r\n')).toEqual(['\uFEFFfile,NS,NS (avant),Reçus,Reçus (avant)', '"Prépayé; ""A""",0.8125,,12,10', "'=1+1,,0.5,-3,4", '']);
});
