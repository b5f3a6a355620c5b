import type { KpiKey } from './kpi-query.ts';
import type { TableRow } from './prepare-table.ts';

interface Sheet { fields: readonly string[]; measures: readonly string[]; rows: readonly TableRow[]; /** How a compared value's column is called; null = nothing is compared. */ before: string | null; label: (key: KpiKey) => string; locale: string }

/**
 * The rows in view as CSV, in the order in view: names as read, values unrounded. French spreadsheets take a comma
 * for the decimals and so a semicolon between the columns. No value is an empty cell.
 */
export function prepareCsv({ fields, measures, rows, before, label, locale }: Sheet): string {
  const french = locale.startsWith('fr');
  const number = (value: number | null | undefined) => (value === null || value === undefined ? '' : french ? String(value).replace('.', ',') : String(value));
  const separator = french ? ';' : ',';
  const line = (cells: string[]) => cells.map((cell) => quoted(cell, separator)).join(separator);
  const head = [...fields, ...measures.flatMap((name) => (before === null ? [name] : [name, `${name} (${before})`]))];
  return `\uFEFF${[head, ...rows.map((row) => [...row.keys.map(label), ...row.cells.flatMap((cell) => (before === null ? [number(cell.value)] : [number(cell.value), number(cell.before)]))])].map(line).join('\r\n')}\r\n`;
}

/** A spreadsheet must read a name as text, never as a formula. */
function quoted(cell: string, separator: string): string {
  const text = /^[=+@\t\r]|^-(?![\d.,]+$)/.test(cell) ? `'${cell}` : cell;
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
