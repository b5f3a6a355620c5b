import { pulled } from '../arrow/pulled.ts';
import { openTableWriter } from '../arrow/table-writer.ts';
import type { ColumnKind, ColumnValue, TableColumn } from '../arrow/table-column.ts';
import type { Engine } from '../engine.ts';
import { MOST_TABLE_ROWS, WarehouseError, type Dimension, type Interval, type KpiQuery, type KpiRow, type QueryOptions, type Scope, type TableAnswer } from '../warehouse.ts';
import { readClosedDays } from './closed-days.ts';
import { readDataState } from './data-state.ts';
import { defaultZone } from './default-zone.ts';
import { QUARTER_MS, isBelowQuarter } from './interval.ts';
import { kpi } from './kpi.ts';
import { asOf, compiledQuery, resolvedQuery } from './remembered-query.ts';
import type { ResolvedQuery } from './resolve-query.ts';

const DAY_MS = 86_400_000;

/**
 * The groups of a question as a table: one statement whose rows leave the engine as they are. By an interval alone, where
 * intervals without rows have a row too, there are few: they are the rows of `kpi`.
 *
 * @throws WarehouseError `invalid-query`, and what the engine throws.
 */
export async function kpiTable(engine: Engine, query: KpiQuery, scope: Scope, options: QueryOptions = {}): Promise<TableAnswer> {
  if (query.compareTo !== undefined) throw new WarehouseError('invalid-query', 'a table has no earlier period beside it: ask that one by itself');
  if (query.totals) throw new WarehouseError('invalid-query', 'a table has no row of totals among its groups: ask without groups');
  const resolved = resolvedQuery(query, scope, query.zone ?? await defaultZone(engine, query, scope));
  const { interval, dimensions, clock, fromMs, toMs } = resolved;
  const about = { zone: clock.zone, fromUtc: new Date(fromMs).toISOString(), toUtc: new Date(toMs).toISOString() };
  if (interval !== null && dimensions.length === 0) {
    const { rows, loadMark } = await kpi(engine, query, scope, options);
    return { stream: await tableOf(columnsOf(resolved), rows), ...about, loadMark };
  }
  const { loadMark } = await readDataState(engine);
  // A day that a load opens from here on is told as it was before it.
  const { nowMs = Date.now(), ...limits } = options;
  const { sql, parameters } = asOf(compiledQuery(resolved, await readClosedDays(engine), 'rows'), nowMs);
  const order = resolved.by.length === 0 ? '' : ` ORDER BY ${resolved.by.map((_key, index) => `t.k${index}`).join(', ')}`;
  const stream = await engine.table({ sql: `SELECT ${columnsSql(resolved).join(', ')} FROM (${sql}) AS t${order}`, parameters, mostRows: MOST_TABLE_ROWS, ...limits });
  return { stream, ...about, loadMark };
}

function columnsSql({ by, measures }: ResolvedQuery): string[] {
  return [
    ...by.map((key, index) => `${keySql(key, `t.k${index}`)} AS "${key}"`),
    ...measures.map(({ info }, index) => `CAST(t.m${index} AS ${info.unit === 'count' ? 'BIGINT' : 'DOUBLE'}) AS "${info.id}"`),
  ];
}

/** A key, which counts minutes or quarter-hours where it is an interval's, as a column for readers. */
function keySql(key: Dimension | Interval, sql: string): string {
  switch (keyKind(key)) {
    case 'instant': return `CAST(instant_ms(CAST(${sql} AS BIGINT) * ${isBelowQuarter(intervalOf(key)) ? 60_000 : QUARTER_MS}) AS TIMESTAMP)`;
    case 'date': return `CAST(CAST('1970-01-01' AS DATE) + CAST(floor(${sql} / 96) AS INTEGER) AS DATE)`;
    case 'int': return `CAST(${sql} AS INTEGER)`;
    default: return `CAST(${sql} AS VARCHAR)`;
  }
}

function intervalOf(key: Dimension | Interval): Interval | null {
  return key === '1min' || key === '5min' ? key : null;
}

function keyKind(key: Dimension | Interval): ColumnKind {
  switch (key) {
    case '1min': case '5min': case '15min': case '30min': case '60min': return 'instant';
    case 'day': case 'week': case 'month': return 'date';
    case 'hour': case 'weekday': return 'int';
    default: return 'text';
  }
}

function columnsOf({ by, measures }: ResolvedQuery): TableColumn[] {
  return [...by.map((key) => ({ name: key, kind: keyKind(key) })), ...measures.map(({ info }): TableColumn => ({ name: info.id, kind: info.unit === 'count' ? 'bigint' : 'double' }))];
}

/** Rows that are in memory. */
function tableOf(columns: TableColumn[], rows: KpiRow[]): Promise<ReadableStream<Uint8Array>> {
  const ending = new AbortController();
  return pulled(async (give) => {
    const writer = await openTableWriter(columns);
    for (const row of rows) columns.forEach(({ name, kind }, index) => writer.add(index, cell(kind, row[name] ?? null)));
    await give(Buffer.concat([writer.head(), rows.length > 0 ? writer.batch() : new Uint8Array(0), writer.end()]), ending.signal);
  }, () => ending.abort());
}

function cell(kind: ColumnKind, value: string | number | null): ColumnValue {
  if (value === null) return null;
  if (kind === 'instant') return Date.parse(String(value));
  // A month is told without its day.
  return kind === 'date' ? Date.parse(String(value).padEnd(10, '-01')) / DAY_MS : value;
}
