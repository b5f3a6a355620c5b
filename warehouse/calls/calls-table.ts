import { tooManyRows } from '../arrow/too-many-rows.ts';
import type { Engine } from '../engine.ts';
import { readDataState } from '../kpi/data-state.ts';
import { MOST_TABLE_ROWS, type CallsTableQuery, type QueryOptions, type Scope, type TableAnswer } from '../warehouse.ts';
import { selectCalls } from './list-calls.ts';
import { orderSql } from './page-order.ts';
import { question } from './question.ts';

/** All calls of a range as a table. They are counted first: too many are refused before any is read. @throws WarehouseError */
export async function callsTable(engine: Engine, query: CallsTableQuery, scope: Scope, options: QueryOptions = {}): Promise<TableAnswer> {
  const { conditions, parameters, zone, fromMs, toMs } = await selectCalls(engine, query, scope);
  const calls = question('call_rows');
  const { loadMark } = await readDataState(engine);
  const [counted] = await engine.query<{ n: number }>({ sql: question('calls_count', { calls, ...conditions.places }), parameters: parameters.values, ...options });
  if ((counted?.n ?? 0) > MOST_TABLE_ROWS) throw tooManyRows(MOST_TABLE_ROWS);
  const page = question('calls', { calls, ...conditions.places, order: orderSql('oldest', 'c'), 'page order': orderSql('oldest', 'p'), limit: parameters.add(MOST_TABLE_ROWS) });
  const stream = await engine.table({ sql: question('calls_table', { page }), parameters: parameters.values, mostRows: MOST_TABLE_ROWS, ...options });
  return { stream, zone, fromUtc: new Date(fromMs).toISOString(), toUtc: new Date(toMs).toISOString(), loadMark };
}
