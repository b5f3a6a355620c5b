import type { Engine } from '../../warehouse/engine.ts';
import { catalogue } from '../../warehouse/kpi/catalogue.ts';
import { resolveQuery } from '../../warehouse/kpi/resolve-query.ts';
import { FULL_SCOPE, type KpiQuery } from '../../warehouse/warehouse.ts';
import { askInTurn, type Question } from './ask-in-turn.ts';
import type { Bench } from './bench.ts';
import { BOARD, statementOf, totalsOf } from './board-question.ts';
import { A_YEAR, type History } from './generated-calls.ts';
import type { PostgresServer } from './postgres-server.ts';
import { plainStatement, tunedStatement } from './postgres-statement.ts';
import { quantile } from './quantile.ts';
import { makeStoredCalls, openAlone } from './stored-calls.ts';
import { makeStoredOnClickHouse, openStoredOnClickHouse } from './stored-on-clickhouse.ts';
import { makeStoredOnPostgres, openStoredOnPostgres, type PostgresCare } from './stored-on-postgres.ts';

type Row = Record<string, unknown>;
type Ask = () => Promise<Row[]>;
interface Patience { warmUp: number; times: number }

const AFTER_DAY = { warmUp: 40, times: 100 };
/** All were asked once before, to be compared. */
const AFTER_YEAR = { warmUp: 0, times: 2 };
/** Of the numbers of two engines, relative. */
const SAME = 1e-9;

const CARES: readonly PostgresCare[] = ['as installed', 'tuned'];

/**
 * The same rows and the same questions on three engines, each with all processors: how an operational database answers, and what ours
 * add. PostgreSQL stands there twice, each time asked in turn with ours: as Debian installs it, asked as one asks it (what the bounds
 * are for), and tuned, asked by a statement that is written for it.
 */
export const postgresBoard: Bench = {
  name: 'postgres-board',
  describe: '10,000,000 calls and legs on DuckDB, ClickHouse and PostgreSQL, as installed with a plain statement and tuned with one of a good hand: a day by queue, a year by queue and in total from rows, all with equal results; what rollups add',
  unit: 'ms',
  async prepare() {
    await makeStoredCalls(A_YEAR);
    await makeStoredOnPostgres(A_YEAR);
    await makeStoredOnClickHouse(A_YEAR);
  },
  variants: { boards: () => boardsOfThree(A_YEAR, AFTER_DAY, AFTER_YEAR) },
  ratios: CARES.flatMap((care) => ['DuckDB', 'ClickHouse'].flatMap((engine) => {
    const board = (of: string, name: string): string => `boards, ${of}, ${named(name, care)}`;
    const [slower, faster] = care === 'tuned' ? [{}, {}] : [{ atLeast: 10 }, { atMost: 1 }];
    return [
      { name: `a year by queue from rows, PostgreSQL ${care} / ${engine}`, of: board('a year by queue', 'PostgreSQL'), to: board('a year by queue', engine), ...slower, inTurn: true },
      { name: `a year's totals from rows, PostgreSQL ${care} / ${engine}`, of: board("a year's totals", 'PostgreSQL'), to: board("a year's totals", engine), ...slower, inTurn: true },
      { name: `a day by queue, ${engine} / PostgreSQL ${care}`, of: board('a day', engine), to: board('a day', 'PostgreSQL'), ...faster, inTurn: true },
    ];
  })),
};

function named(engine: string, care: PostgresCare): string {
  return engine === 'PostgreSQL' ? `PostgreSQL ${care}` : `${engine} beside PostgreSQL ${care}`;
}

/** Medians, named by question and engine. @throws Error when engines disagree. */
export async function boardsOfThree(history: History, afterDay: Patience, afterYear: Patience): Promise<Record<string, number>> {
  const duckdb = openAlone(history, 2);
  const clickhouse = await openStoredOnClickHouse(history);
  try {
    const year = totalsOf(history.days - 1);
    const measured: Record<string, number> = {};
    for (const care of CARES) {
      const postgres = await openStoredOnPostgres(history, care);
      try {
        const board = async (name: string, query: KpiQuery, rollups: boolean, patience: Patience): Promise<void> => {
          const asked: Record<string, Ask> = { [named('DuckDB', care)]: await ours(duckdb, query, 'rows'), [named('ClickHouse', care)]: await ours(clickhouse.engine, query, 'rows'), [named('PostgreSQL', care)]: theirs(postgres, query, care) };
          if (rollups) Object.assign(asked, { 'DuckDB with rollups': await ours(duckdb, query, 'rollups'), 'ClickHouse with rollups': await ours(clickhouse.engine, query, 'rollups') });
          Object.assign(measured, await medians(name, asked, patience));
        };
        const once = care === 'as installed';
        await board('a day', BOARD, false, afterDay);
        await board('a year by queue', { ...BOARD, from: year.from, to: year.to }, once, afterYear);
        await board("a year's totals", year, once, afterYear);
      } finally {
        await postgres.stop();
      }
    }
    return measured;
  } finally {
    await clickhouse.close();
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

function theirs({ client }: PostgresServer, query: KpiQuery, care: PostgresCare): Ask {
  const { fromMs, toMs } = resolveQuery(query, FULL_SCOPE, catalogue().measures, query.zone ?? 'UTC');
  const text = care === 'tuned' ? tunedStatement(query) : plainStatement(query);
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
