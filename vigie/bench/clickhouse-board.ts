import type { Engine } from '../../warehouse/engine.ts';
import type { KpiQuery } from '../../warehouse/warehouse.ts';
import { askInTurn, type Question } from './ask-in-turn.ts';
import type { Bench } from './bench.ts';
import { BOARD, QUEUES, statementOf, totalsOf } from './board-question.ts';
import { A_YEAR, TEN_YEARS, type History } from './generated-calls.ts';
import { quantile } from './quantile.ts';
import { makeStoredOnClickHouse, openStoredOnClickHouse } from './stored-on-clickhouse.ts';

/** The boards of day-board on a ClickHouse server: each statement's way over HTTP. */
export const clickhouseBoard: Bench = {
  name: 'clickhouse-board',
  describe: 'on ClickHouse: an open day by queue over 10,000,000 stored calls and over ten times the days; totals of a year and of a week',
  unit: 'ms',
  async prepare() {
    for (const history of [A_YEAR, TEN_YEARS]) await makeStoredOnClickHouse(history);
  },
  variants: { boards: () => boards(A_YEAR, TEN_YEARS, { warmUp: 50, times: 150 }) },
  ratios: [
    { name: 'a day, ten times the days / one year', of: 'boards, a day over ten times the days', to: 'boards, a day', atMost: 1.5, inTurn: true },
    { name: 'totals of a year / of a week', of: 'boards, totals of a year', to: 'boards, totals of a week', atMost: 3, inTurn: true },
  ],
};

export async function boards(small: History, large: History, patience: { warmUp: number; times: number }): Promise<Record<string, number>> {
  const [few, many] = [await openStoredOnClickHouse(small), await openStoredOnClickHouse(large)];
  try {
    const asked: Record<string, Question> = {
      'a day': await asking(few.engine, BOARD, QUEUES),
      'a day over ten times the days': await asking(many.engine, BOARD, QUEUES),
      'totals of a week': await asking(few.engine, totalsOf(7), 1),
      'totals of a year': await asking(few.engine, totalsOf(small.days - 1), 1),
    };
    const taken = await askInTurn(Object.values(asked), patience);
    return Object.fromEntries(Object.keys(asked).map((name, index) => [name, quantile(taken[index] ?? [], 0.5)]));
  } finally {
    await few.close();
    await many.close();
  }
}

async function asking(engine: Engine, query: KpiQuery, rows: number): Promise<Question> {
  const statement = await statementOf(engine, query);
  return { rows, ask: async () => (await engine.query(statement)).length };
}
