import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { WarehouseError } from '../warehouse.ts';
import { COPIED_TABLES, STATE_TABLE } from './copied-tables.ts';
import type { CopiedTable } from './copied-tables.ts';
import type { CopiedColumn, CopiedNote, CopyEnd } from './copy-end.ts';
import { digest, fingerprints, present } from './fingerprint.ts';
import type { Fingerprint } from './fingerprint.ts';
import { mismatches } from './mismatches.ts';
import { emptyPart, partName, partsOf } from './parts.ts';
import type { Part } from './parts.ts';
import { beginCopy, FINISHED, forget, loadMark, note, STATE } from './record.ts';
import type { CopyRecord } from './record.ts';
import { ROWS_A_FILE, slicesOf } from './slices.ts';
import { checkSchemas, sameColumns } from './schema-check.ts';

export interface CopyOptions {
  from: CopyEnd;
  to: CopyEnd;
  /** A folder for the file of one part at a time; made where absent, removed in the end where empty. */
  folder: string;
  /** Of one file, about: more of a day go by in several, cut at whole hours. Default {@link ROWS_A_FILE}. */
  rowsAFile?: number;
  onProgress?: (step: CopyProgress) => void;
}

export type CopyProgress =
  | { stage: 'counting' | 'checking'; table: string; month: string | null }
  | { stage: 'copying'; table: string; period: string; parts: number; ofParts: number; rows: number };

export interface CopyResult {
  /** Rows by table, as both ends hold them now. */
  tables: Record<string, number>;
  /** UTC days that have calls, legs or agents' states. */
  days: number;
  /** Parts that this run copied, and those that were there from an earlier one. */
  copiedParts: number;
  keptParts: number;
  copiedRows: number;
}

interface Planned { table: CopiedTable; columns: CopiedColumn[]; prints: Fingerprint[] }

/**
 * Carries a warehouse's whole history over: facts, quarantine, the ledger of loads, days and their rollups, the copies of the
 * configuration, the state. Each part is written by one engine as Parquet and read by the other, and noted on the target when it
 * is there; a part that was cut off is replaced. Run again it goes on, and copies what changed in the source since. In the end
 * both ends are counted and summed by UTC day.
 *
 * @throws WarehouseError `unavailable` when it refuses, or naming tables and days that differ.
 */
export async function copyWarehouse(options: CopyOptions): Promise<CopyResult> {
  const { from, to, folder } = options;
  await checkSchemas(from, to);
  await checkRest(from, to);
  const record = await beginCopy(from, to);
  const mark = await loadMark(from);
  const planned: Planned[] = [];
  for (const table of COPIED_TABLES) {
    const columns = await sameColumns(from, to, table);
    planned.push({ table, columns, prints: await told(options, 'counting', from, table, columns) });
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    const done = await copyParts(options, planned, record);
    await checkRest(from, to);
    if (await loadMark(from) !== mark) throw new WarehouseError('unavailable', `Rows came into ${from.label} while it was copied: stop what loads into it and copy again, which goes on from here`);
    for (const { table, columns, prints } of planned) {
      await check(options, table, prints, await told(options, 'checking', to, table, columns));
    }
    await copyState(options, mark);
    const days = planned.filter(({ table }) => /^store\.(calls|legs|agent_states)$/.test(table.name)).flatMap(({ prints }) => prints.map(({ day }) => day));
    return { ...done, days: new Set(days).size, tables: Object.fromEntries(planned.map(({ table, prints }) => [table.name, prints.reduce((sum, { rows }) => sum + rows, 0)])) };
  } finally {
    removeEmpty(folder);
  }
}

/** The fingerprints of a table, with what is looked at told as progress. */
function told({ onProgress }: CopyOptions, stage: 'counting' | 'checking', end: CopyEnd, table: CopiedTable, columns: CopiedColumn[]): Promise<Fingerprint[]> {
  onProgress?.({ stage, table: table.name, month: null });
  return fingerprints(end, table, columns, (month) => onProgress?.({ stage, table: table.name, month }));
}

async function copyParts(options: CopyOptions, planned: Planned[], record: CopyRecord): Promise<Pick<CopyResult, 'copiedParts' | 'keptParts' | 'copiedRows'>> {
  const parts = planned.flatMap(({ table, columns, prints }) => [...partsOf(table, prints), ...goneParts(table, prints, record)].map((part) => ({ part, columns })));
  const missing = parts.filter(({ part }) => record.get(partName(part)) !== part.fingerprint);
  if (missing.length > 0) await forget(options.to, options.from.label, [FINISHED]);
  let copiedRows = 0;
  for (const [index, { part, columns }] of missing.entries()) {
    options.onProgress?.({ stage: 'copying', table: part.table.name, period: part.period, parts: index, ofParts: missing.length, rows: copiedRows });
    await copyPart(options, part, columns);
    copiedRows += part.rows;
  }
  return { copiedParts: missing.length, keptParts: parts.length - missing.length, copiedRows };
}

/** What was copied once and is not in the source any more. */
function goneParts(table: CopiedTable, prints: Fingerprint[], record: CopyRecord): Part[] {
  const there = new Set(partsOf(table, prints).map((part) => part.period));
  const noted = [...record.keys()].filter((name) => name.startsWith(`${table.name} `)).map((name) => name.slice(table.name.length + 1));
  return noted.filter((period) => !there.has(period)).map((period) => emptyPart(table, period));
}

async function copyPart({ from, to, folder, rowsAFile = ROWS_A_FILE }: CopyOptions, part: Part, columns: CopiedColumn[]): Promise<void> {
  const { table, rows, fingerprint } = part;
  try {
    const slices = await slicesOf(from, part, rowsAFile);
    for (const [index, where] of slices.entries()) {
      const note = index === slices.length - 1 ? { source: from.label, part: partName(part), fingerprint } : null;
      await copySlice({ from, to, table, columns, where, note }, rows > 0 ? folder : null);
    }
  } catch (error) {
    throw new WarehouseError('unavailable', `${partName(part)} could not be copied: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

interface Slice { from: CopyEnd; to: CopyEnd; table: CopiedTable; columns: CopiedColumn[]; where: string | null; note: CopiedNote | null }

async function copySlice({ from, to, table, columns, where, note }: Slice, folder: string | null): Promise<void> {
  if (folder === null) return to.replace({ table: table.name, columns, where, note }, null);
  // Never the same name again: DuckDB keeps what it read of a file, and knows a new one by the second of its writing.
  const file = join(folder, `${randomUUID()}.parquet`);
  try {
    const values = columns.map(({ name, type }) => (type === 'json' || type === 'date' ? `CAST(${name} AS VARCHAR) AS ${name}` : table.missing?.[name] === undefined ? name : `${present(name, table)} AS ${name}`));
    await from.unload(`SELECT ${values.join(', ')} FROM ${table.rows ?? table.name} AS t${where === null ? '' : ` WHERE ${where}`}`, file);
    await to.replace({ table: table.name, columns, where, note }, file);
  } finally {
    rmSync(file, { force: true });
  }
}

/** @throws WarehouseError naming the days that differ; they are copied again the next time. */
async function check({ from, to }: CopyOptions, table: CopiedTable, source: Fingerprint[], target: Fingerprint[]): Promise<void> {
  const { lines, periods } = mismatches(table, source, target);
  if (lines.length === 0) return;
  await forget(to, from.label, [...periods.map((period) => partName({ table, period })), FINISHED]);
  throw new WarehouseError('unavailable', `${to.label} differs from ${from.label}:\n${lines.map((line) => `  ${line}`).join('\n')}\nCopy again: these days are copied anew`);
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody keeps something there.
  }
}

/** The mark is noted before it is there, so that a copy that was cut off between knows it as its own. */
async function copyState(options: CopyOptions, mark: number): Promise<void> {
  const { from, to } = options;
  const columns = await sameColumns(from, to, STATE_TABLE);
  const prints = await fingerprints(from, STATE_TABLE, columns);
  await note(to, { source: from.label, part: STATE, fingerprint: String(mark) });
  await copyPart(options, { ...emptyPart(STATE_TABLE, 'all'), rows: 1, fingerprint: String(mark) }, columns);
  await check(options, STATE_TABLE, prints, await fingerprints(to, STATE_TABLE, columns));
  await note(to, { source: from.label, part: FINISHED, fingerprint: digest(prints) });
}

async function checkRest(...ends: CopyEnd[]): Promise<void> {
  for (const end of ends) {
    const why = await end.unrest();
    if (why !== null) throw new WarehouseError('unavailable', `${end.label}: ${why}`);
  }
}
