import type { CountryCode } from 'libphonenumber-js/max';
import { completeMapping, guessMapping, type Field, type Mapping } from './columns.ts';
import { rowReader, type Reason } from './contact-of-row.ts';
import { NumberSet } from './number-set.ts';
import { openCallFile } from './open-call-file.ts';
import { phoneParser } from './phone-numbers.ts';

export interface Preview {
  format: 'csv' | 'xlsx';
  delimiter: string | null;
  encoding: string | null;
  header: string[];
  mapping: Mapping;
  rows: { line: number; cells: string[]; number: string | null; zone: string | null; reason: Reason | null; detail: string | null }[];
  /** Rows with at least one filled cell, and those that would be contacts; null when only the first rows were looked at. */
  counts: { rows: number; contacts: number; reasons: Partial<Record<Reason, number>> } | null;
  /** The first rows with each reason. */
  examples: Partial<Record<Reason, { line: number; detail: string }[]>>;
}

export interface PreviewOptions {
  path: string;
  country: CountryCode;
  zone: string;
  mapping?: Partial<Record<Field, string>>;
  /** Every row is read, not the first ones only. */
  whole?: boolean;
}

const SHOWN = 20;
const EXAMPLES = 3;

/**
 * What an import would make of a file: its first rows, and with `whole` every row's verdict, but for what only the store knows. Writes nothing.
 * `onRows` hears how many were read; an aborted signal ends it with the signal's reason.
 */
export async function previewCallFile({ path, country, zone, mapping: said, whole = false }: PreviewOptions, { onRows, signal }: { onRows?: (rows: number) => void; signal?: AbortSignal } = {}): Promise<Preview> {
  const { format, delimiter, encoding, header, rows: read } = await openCallFile(path);
  const guessed = guessMapping(header);
  const mapping = (said?.number ?? guessed.number ?? '') === '' ? null : completeMapping(header, said);
  const reader = mapping ? rowReader({ header, mapping, phone: phoneParser(country), zone }) : null;
  const shown: Preview['rows'] = [];
  const seen = new NumberSet();
  const reasons: Partial<Record<Reason, number>> = {};
  const examples: Preview['examples'] = {};
  let [all, contacts] = [0, 0];
  for await (const { first, rows } of read()) {
    signal?.throwIfAborted();
    for (const [index, cells] of rows.entries()) {
      if (cells.every((cell) => cell === '')) continue;
      all++;
      const outcome = reader?.(cells) ?? null;
      const contact = outcome && 'contact' in outcome ? outcome.contact : null;
      const twice = contact !== null && !seen.add(contact.number);
      const reason = twice ? 'duplicate-in-file' : outcome && 'reason' in outcome ? outcome.reason : null;
      const detail = twice ? `+${contact.number}` : outcome && 'detail' in outcome ? outcome.detail : null;
      if (reason !== null) {
        reasons[reason] = (reasons[reason] ?? 0) + 1;
        const some = (examples[reason] ??= []);
        if (some.length < EXAMPLES) some.push({ line: first + index, detail: detail ?? '' });
      } else if (contact) contacts++;
      if (shown.length < SHOWN) shown.push({ line: first + index, cells, number: contact ? `+${contact.number}` : null, zone: outcome && 'zone' in outcome ? outcome.zone.zone : null, reason, detail });
    }
    onRows?.(all);
    if (!whole && shown.length >= SHOWN) break;
  }
  return { format, delimiter, encoding, header, mapping: mapping ?? withoutNumber(said ?? guessed), rows: shown, counts: whole ? { rows: all, contacts, reasons } : null, examples };
}

/** Nobody has said yet which column holds the number. */
function withoutNumber(mapping: Mapping): Mapping {
  return Object.fromEntries(Object.entries(mapping).filter(([field, column]) => field !== 'number' && column !== ''));
}
