import type { Engine } from '../../warehouse/engine.ts';
import { catalogue } from '../../warehouse/kpi/catalogue.ts';
import { resolveQuery } from '../../warehouse/kpi/resolve-query.ts';
import { FULL_SCOPE, type KpiQuery } from '../../warehouse/warehouse.ts';
import { askInTurn, type Question } from './ask-in-turn.ts';
import type { Bench } from './bench.ts';
import { BOARD, statementOf, totalsOf } from './board-question.ts';
import { A_YEAR, type History } from './generated-calls.ts';
import type { PostgresServer } from './postgres-server.ts';
import { postgresStatement } from './postgres-statement.ts';
import { quantile } from './quantile.ts';
import { makeStoredCalls, openAlone } from './stored-calls.ts';
import { makeStoredOnClickHouse, openStoredOnClickHouse } from './stored-on-clickhouse.ts';
import { makeStoredOnPostgres, openStoredOnPostgres } from './stored-on-postgres.ts';

type Row = Record<string, unknown>;
type Ask = () => Promise<Row[]>;
interface Patience { warmUp: number; times: number }

const AFTER_DAY = { warmUp: 40, times: 100 };
/** All were asked once before, to be compared. */
const AFTER_YEAR = { warmUp: 0, times: 2 };
/** Of the numbers of two engines, relative. */
const SAME = 1e-9;

/** The same rows and the same questions on three engines, each with all processors: how an operational database answers, and what ours add. */
export const postgresBoard: Bench = {
  name: 'postgres-board',
  describe: '10,000,000 calls and legs on DuckDB, ClickHouse and PostgreSQL: a day by queue, a year by queue and in total from rows, all with equal results; what rollups add',
  unit: 'ms',
  async prepare() {
    await makeStoredCalls(A_YEAR);
    await makeStoredOnPostgres(A_YEAR);
    await makeStoredOnClickHouse(A_YEAR);
  },
  variants: { boards: () => boardsOfThree(A_YEAR, AFTER_DAY, AFTER_YEAR) },
  ratios: ['DuckDB', 'ClickHouse'].flatMap((engine) => [
    { name: `a year by queue from rows, PostgreSQL / ${engine}`, of: 'boards, a year by queue, PostgreSQL', to: `boards, a year by queue, ${engine}`, atLeast: 10, inTurn: true },
    { name: `a year's totals from rows, PostgreSQL / ${engine}`, of: "boards, a year's totals, PostgreSQL", to: `boards, a year's totals, ${engine}`, atLeast: 10, inTurn: true },
    { name: `a day by queue, ${engine} / PostgreSQL`, of: `boards, a day, ${engine}`, to: 'boards, a day, PostgreSQL', atMost: 1, inTurn: true },
  ]),
};

/** Medians, named by question and engine. @throws Error when engines disagree. */
export async function boardsOfThree(history: History, afterDay: Patience, afterYear: Patience): Promise<Record<string, number>> {
  const duckdb = openAlone(history, 2);
  const postgres = await openStoredOnPostgres(history);
  const clickhouse = await openStoredOnClickHouse(history);
  try {
    const year = totalsOf(history.days - 1);
    const board = async (name: string, query: KpiQuery, rollups: boolean, patience: Patience): Promise<Record<string, number>> => {
      const asked: Record<string, Ask> = { DuckDB: await ours(duckdb, query, 'rows'), ClickHouse: await ours(clickhouse.engine, query, 'rows'), PostgreSQL: theirs(postgres, query) };
      if (rollups) Object.assign(asked, { 'DuckDB with rollups': await ours(duckdb, query, 'rollups'), 'ClickHouse with rollups': await ours(clickhouse.engine, query, 'rollups') });
      return medians(name, asked, patience);
    };
    return { ...await board('a day', BOARD, false, afterDay), ...await board('a year by queue', { ...BOARD, from: year.from, to: year.to }, true, afterYear), ...await board("a year's totals", year, true, afterYear) };
  } finally {
    await clickhouse.close();
    await postgres.stop();
    await duckdb.close();
  }
}

async function medians(name: string, asked: Record<string, Ask>, patience: Patience): Promise<Record<string, number>> {
  const [[, expected] = ['', []], ...others] = await Promise.all(Object.entries(asked).map(async ([engine, ask]) => [engine, await ask()] as const));
  for (const [engine, rows] of others) agree(`${name} on ${engine}`, rows, expected);
  const questions = Object.values(asked).map((ask): Question => ({ ask: async () => (await ask()).length, rows: expected.length }));
  const taken = await askInTurn(questions, patience);
  return Object.fromEntries(Object.keys(asked).map((engine, index) => [`${name}, ${engine}`, quantile(taken[index] ?? [], 0.5)]));
}

async function ours(engine: Engine, query: KpiQuery, from: 'rows' | 'rollups'): Promise<Ask> {
  const statement = await statementOf(engine, query, from);
  return () => engine.query(statement);
}

function theirs({ client }: PostgresServer, query: KpiQuery): Ask {
  const { fromMs, toMs } = resolveQuery(query, FULL_SCOPE, catalogue().measures, query.zone ?? 'UTC');
  const text = postgresStatement(query);
  const values = [fromMs, toMs].map((utcMs) => new Date(utcMs).toISOString().slice(0, -1));
  return async () => (await client.query<Row>({ text, values })).rows;
}

/** @throws Error naming the first number that differs. */
function agree(what: string, rows: Row[], expected: Row[]): void {
  if (rows.length !== expected.length || rows.length === 0) throw new Error(`${what}: ${rows.length} rows instead of ${expected.length}`);
  for (const [index, row] of expected.entries()) {
    for (const [column, value] of Object.entries(row)) {
      const other = rows[index]?.[column];
      const same = typeof value === 'number' && typeof other === 'number' ? Math.abs(value - other) <= SAME * Math.max(1, Math.abs(value)) : value === other;
      if (!same) throw new Error(`${what}: ${column} of row ${index + 1} is ${String(other)} instead of ${String(value)}`);
    }
  }
}
