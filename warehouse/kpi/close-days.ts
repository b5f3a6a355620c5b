import type { Engine, QueryRequest } from '../engine.ts';
import { WarehouseError } from '../warehouse.ts';
import { inTurn } from '../load/in-turn.ts';
import { catalogue } from './catalogue.ts';
import type { Catalogue } from './catalogue.ts';
import { GONE_SQL, TOUCHED_SQL, forgetClosedDays } from './closed-days.ts';
import { forgetOldRows } from './forget-old-rows.ts';
import { inlineFact } from './fact-source.ts';
import { QUARTER_MS } from './interval.ts';
import { Parameters } from './parameters.ts';
import { utcDay } from './segments.ts';

const DAY_MS = 86_400_000;
const CLOSING = 'closing';

/**
 * Writes the rollups of the UTC days that are over and whose rows changed since they were closed, or that never
 * were. Each day in a transaction of its own where the engine has them, oldest first; where it has none, a day that was cut off
 * is closed anew, because its own entry comes last. Of several processes one closes at a time, and the next one looks again. A load that touches a closed day re-opens it by its
 * younger mark; until it is closed again its rows are read.
 * @returns the closed days, `yyyy-mm-dd`.
 */
export async function closeDays(engine: Engine, now: { utcMs: number }): Promise<{ closed: string[] }> {
  const today = utcDay(now.utcMs);
  const closed: string[] = [];
  for (const { day } of await openDays(engine, today)) {
    const done = await engine.alone(CLOSING, (alone) => inTurn(engine, async () => {
      if ((await openDays(engine, today, day)).length === 0) return false;
      await closeDay(engine, catalogue(), day, alone);
      return true;
    }));
    forgetClosedDays(engine);
    if (done) closed.push(day);
  }
  await forgetOldRows(engine, now);
  return { closed };
}

/** Before today, or only this one of them. */
function openDays(engine: Engine, today: string, only?: string): Promise<{ day: string }[]> {
  return engine.query<{ day: string }>({
    sql: `SELECT CAST(t.day AS VARCHAR) AS day FROM (${TOUCHED_SQL}) AS t LEFT JOIN store.closed_days AS c ON c.day = t.day
      WHERE t.day < CAST($today AS DATE) AND (c.day IS NULL OR c.load_mark < t.load_mark) AND t.load_mark <= (SELECT load_mark FROM store.closing_mark)
        AND t.day >= coalesce((${GONE_SQL}), CAST('1970-01-01' AS DATE))${only === undefined ? '' : ' AND t.day = CAST($only AS DATE)'} ORDER BY t.day`,
    parameters: { today, ...(only === undefined ? {} : { only }) },
  });
}

/** @param alone SQL that is true while no other process closes. @throws WarehouseError `unavailable` when that is over before all is written. */
async function closeDay(engine: Engine, shipped: Catalogue, day: string, alone: string): Promise<void> {
  const fromMs = Date.parse(`${day}T00:00:00Z`);
  const quarters = { first_quarter: fromMs / QUARTER_MS, end_quarter: (fromMs + DAY_MS) / QUARTER_MS };
  await engine.transaction(async ({ query, execute }) => {
    const inside = {
      query,
      // Whoever was held up for longer than his turn takes nothing away from whoever closed the day meanwhile.
      async execute(request: QueryRequest) {
        if ((await query({ sql: `SELECT 1 AS there WHERE ${alone}` })).length === 0) throw new WarehouseError('unavailable', `closing ${day} took so long that another process may have begun it: it is closed later`);
        await execute({ ...request, queryId: CLOSING });
      },
    };
    // What comes after this mark is not seen for sure: its days stay open.
    const [mark] = await inside.query<{ load_mark: number }>({ sql: 'SELECT load_mark FROM store.closing_mark' });
    for (const rollup of shipped.rollups) {
      const fact = shipped.facts.get(rollup.fact);
      if (!fact) throw new Error(`the rollup ${rollup.id} is of an unknown fact ${rollup.fact}`);
      const parameters = new Parameters();
      const source = rollup.unit === 'day' ? '' : inlineFact(fact, { fromMs, toMs: fromMs + DAY_MS }, parameters, { target: null, short: null });
      const ofTheDay = `FROM ${rollup.table} WHERE quarter >= $first_quarter AND quarter < $end_quarter`;
      // Deleting is dear on a server, and most days are closed once.
      if ((await inside.query({ sql: `SELECT 1 AS there ${ofTheDay} LIMIT 1`, parameters: quarters })).length > 0) await inside.execute({ sql: `DELETE ${ofTheDay}`, parameters: quarters });
      await inside.execute({ sql: rollup.insert.replace(`FROM facts.${fact.id}`, () => `FROM ${source} AS f`), parameters: { ...parameters.values, ...quarters } });
    }
    await inside.execute({ sql: 'DELETE FROM store.closed_days WHERE day = CAST($day AS DATE)', parameters: { day } });
    const entry = { day, mark: mark?.load_mark ?? 0 };
    await inside.execute({ sql: `INSERT INTO store.closed_days (day, load_mark) SELECT CAST($day AS DATE), $mark WHERE ${alone}`, parameters: entry });
    // What this closing has seen need not be kept.
    await inside.execute({ sql: 'DELETE FROM store.touched_days WHERE day = CAST($day AS DATE) AND load_mark <= $mark', parameters: entry });
  });
}
