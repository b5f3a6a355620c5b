import { FORGET_AFTER_DAYS, SMALL_QUESTION_MS } from '../engine.ts';
import type { Engine } from '../engine.ts';
import { GONE_SQL, TOUCHED_SQL, forgetClosedDays } from './closed-days.ts';
import { utcDay } from './segments.ts';

const DAY_MS = 86_400_000;

/**
 * Moves the day before which rows are gone, as far as days are closed: their rollups answer from then on. Told first, done
 * afterwards, some days later, so that whoever does not know yet still reads what is right.
 */
export async function forgetOldRows(engine: Engine, now: { utcMs: number }): Promise<void> {
  const days = await engine.keptDays();
  if (days === null) return;
  const [state] = await engine.query<{ gone: string | null; open: string | null }>({
    sql: `SELECT CAST((${GONE_SQL}) AS VARCHAR) AS gone, CAST(min(t.day) AS VARCHAR) AS open FROM (${TOUCHED_SQL}) AS t LEFT JOIN store.closed_days AS c ON c.day = t.day
      WHERE (c.day IS NULL OR c.load_mark < t.load_mark) AND t.day >= coalesce((${GONE_SQL}), CAST('1970-01-01' AS DATE))`,
    timeoutMs: SMALL_QUESTION_MS,
  });
  const [gone, open] = [state?.gone ?? '', state?.open ?? null];
  const wanted = utcDay(now.utcMs - days * DAY_MS);
  const limit = open !== null && open < wanted ? open : wanted;
  if (limit <= gone) return;
  await engine.execute({ sql: 'INSERT INTO store.gone SELECT CAST($limit AS DATE)', parameters: { limit } });
  forgetClosedDays(engine);
  await engine.forget(utcDay(Date.parse(limit) - FORGET_AFTER_DAYS * DAY_MS));
}
