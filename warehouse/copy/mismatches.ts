import type { CopiedTable } from './copied-tables.ts';
import { differences, nullsOf } from './fingerprint.ts';
import type { Fingerprint } from './fingerprint.ts';
import { periodOf } from './parts.ts';
import { dayName } from './periods.ts';

const SHOWN = 10;

/** What differs between both ends of a copy, in words, and the periods that it lies in. */
export function mismatches(table: CopiedTable, source: readonly Fingerprint[], target: readonly Fingerprint[]): { lines: string[]; periods: string[] } {
  const [there, here] = [byDay(source), byDay(target)];
  const lines: string[] = [];
  const periods = new Set<string>();
  for (const day of [...new Set([...there.keys(), ...here.keys()])].toSorted((a, b) => (a ?? 0) - (b ?? 0))) {
    const difference = compare(there.get(day), here.get(day));
    if (difference === null) continue;
    periods.add(periodOf(table, day));
    lines.push(`${table.name}${day === null ? '' : ` of ${dayName(day)}`}: ${difference}`);
  }
  return { lines: lines.length > SHOWN ? [...lines.slice(0, SHOWN), `… and ${lines.length - SHOWN} days more of ${table.name}`] : lines, periods: [...periods] };
}

function compare(source: Fingerprint | undefined, target: Fingerprint | undefined): string | null {
  if (source === undefined || target === undefined || source.rows !== target.rows) return `${source?.rows ?? 0} rows in the source, ${target?.rows ?? 0} in the target`;
  const columns = differences(source, target);
  return columns.length === 0 ? null : columns.map((name) => `${name === 'text' ? 'the texts differ' : `the ${name.startsWith(nullsOf('')) ? 'number' : 'sum'} of ${name} is ${source.sums[name]} in the source, ${target.sums[name]} in the target`}`).join('; ');
}

function byDay(prints: readonly Fingerprint[]): Map<number | null, Fingerprint> {
  return new Map(prints.map((print) => [print.day, print]));
}
