import type { CountryCode } from 'libphonenumber-js/max';
import { completeMapping } from './columns.ts';
import { openCallFile } from './open-call-file.ts';
import { phoneParser } from './phone-numbers.ts';

/** Reads a file of numbers, some at a time: E.164, and of how many filled rows. @throws CallFileRefused */
export async function* readNumbers(path: string, country: CountryCode, column?: string): AsyncGenerator<{ numbers: string[]; rows: number }> {
  const { header, rows: read } = await openCallFile(path);
  // A file of one column needs no name.
  const only = column ?? (header.length === 1 ? header[0] : undefined);
  const at = header.indexOf(completeMapping(header, only === undefined ? {} : { number: only }).number);
  const phone = phoneParser(country);
  for await (const { rows } of read()) {
    const filled = rows.filter((cells) => cells.some((cell) => cell !== ''));
    const numbers = filled.flatMap((cells) => phone((cells[at] ?? '').trim().replace(/^'(?=[+0-9])/, '')) ?? []);
    yield { numbers: numbers.map(({ digits }) => `+${digits}`), rows: filled.length };
  }
}
