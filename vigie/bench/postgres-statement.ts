import type { KpiQuery } from '../../warehouse/warehouse.ts';
import { BOARD } from './board-question.ts';

/** What the board's question reads: legs by queue, calls without one. */
const SOURCES = {
  legs: {
    time: 'entered_at', inbound: "direction = 'inbound' AND queue <> ''",
    queued: "outcome IN ('answered', 'abandoned', 'overflowed', 'no-agent', 'interrupted') OR (outcome = 'in-progress' AND answered_at IS NOT NULL)",
    took: "outcome = 'answered' OR (outcome = 'in-progress' AND answered_at IS NOT NULL)", abandoned: "outcome = 'abandoned'", handled: "outcome = 'answered'",
  },
  calls: {
    time: 'started_at', inbound: "direction = 'inbound'",
    queued: 'queued AND closed IS NOT TRUE AND (answered OR row_state >= 2)', took: 'queued AND closed IS NOT TRUE AND answered',
    abandoned: 'queued AND closed IS NOT TRUE AND row_state >= 2 AND abandoned AND answered IS NOT TRUE', handled: 'queued AND closed IS NOT TRUE AND answered AND row_state >= 2',
  },
};

/** From how many seconds a wait is told in which steps, as the measure says it. */
const bucketOf = (w: string): string => `CASE WHEN ${w} < 120 THEN ${w} WHEN ${w} < 600 THEN ${w} - ${w} % 10 + 5 ELSE least(${w} - ${w} % 60 + 30, 7170) END`;

type Asked = Pick<KpiQuery, 'by' | 'measures'>;

/** The board's question as one asks an operational database: one SELECT over its rows. Its columns are called as the question's keys and measures. */
export function plainStatement(asked: Asked): string {
  const { table, key, where, queued, took, abandoned, handled } = read(asked);
  const w = 'greatest(wait_s, 0)';
  const over = (sum: string, of: string): string => `(${sum} / nullif(${of}, 0))::float8`;
  const count = (of: string): string => `count(*) FILTER (WHERE ${of})`;
  const total = (what: string, of: string): string => `sum(${what}) FILTER (WHERE ${of})::float8`;
  return `
SELECT ${key === '' ? '' : `${key} AS k0, `}
  ${count(queued)}::float8 AS m0, ${count(took)}::float8 AS m1, ${count(abandoned)}::float8 AS m2,
  ${over(`${count(`(${took}) AND ${w} <= target_s`)}::float8`, count(queued))} AS m3, ${over(`${count(abandoned)}::float8`, count(queued))} AS m4, ${over(`${count(took)}::float8`, count(queued))} AS m5,
  ${over(total(w, took), count(took))} AS m6, ${over(total(w, queued), count(queued))} AS m7,
  (max(${w}) FILTER (WHERE ${queued}))::float8 AS m8, (percentile_disc(0.9) WITHIN GROUP (ORDER BY ${bucketOf(w)}) FILTER (WHERE ${queued}))::float8 AS m9,
  ${over(total('talk_s', handled), count(handled))} AS m10, ${over(total('wrapup_s', handled), count(handled))} AS m11,
  ${over(total('talk_s + hold_s + wrapup_s', handled), count(handled))} AS m12
FROM ${table} WHERE ${where}${key === '' ? '' : ` GROUP BY ${key} ORDER BY ${key}`}`;
}

/** The same as a good hand writes it when that was too slow: grouped by the wait first, so that the percentile needs no sorting of rows, and both processors work. */
export function tunedStatement(asked: Asked): string {
  const { table, key, where, queued, took, abandoned, handled } = read(asked);
  const keyed = key === '' ? '' : `${key}, `;
  const partition = key === '' ? '' : `PARTITION BY ${key}`;
  return `
WITH waits AS (
  SELECT ${keyed}greatest(wait_s, 0) AS w,
    count(*) FILTER (WHERE ${queued}) AS queued,
    count(*) FILTER (WHERE ${took}) AS answered,
    count(*) FILTER (WHERE (${took}) AND greatest(wait_s, 0) <= target_s) AS answered_in_target,
    count(*) FILTER (WHERE ${abandoned}) AS abandoned,
    count(*) FILTER (WHERE ${handled}) AS handled,
    sum(talk_s) FILTER (WHERE ${handled}) AS talk_s,
    sum(hold_s) FILTER (WHERE ${handled}) AS hold_s,
    sum(wrapup_s) FILTER (WHERE ${handled}) AS wrapup_s
  FROM ${table}
  WHERE ${where}
  GROUP BY ${keyed}w
), ranked AS (
  SELECT *, ${bucketOf('w')} AS bucket, sum(queued) OVER (${partition} ORDER BY ${bucketOf('w')}) AS below, sum(queued) OVER (${partition}) AS every
  FROM waits
)
SELECT ${key === '' ? '' : `${key} AS k0, `}
  sum(queued)::float8 AS m0, sum(answered)::float8 AS m1, sum(abandoned)::float8 AS m2,
  (sum(answered_in_target) / nullif(sum(queued), 0))::float8 AS m3, (sum(abandoned) / nullif(sum(queued), 0))::float8 AS m4, (sum(answered) / nullif(sum(queued), 0))::float8 AS m5,
  (sum(w * answered) / nullif(sum(answered), 0))::float8 AS m6, (sum(w * queued) / nullif(sum(queued), 0))::float8 AS m7,
  (max(w) FILTER (WHERE queued > 0))::float8 AS m8, (min(bucket) FILTER (WHERE queued > 0 AND below * 10 >= every * 9))::float8 AS m9,
  (sum(talk_s) / nullif(sum(handled), 0))::float8 AS m10, (sum(wrapup_s) / nullif(sum(handled), 0))::float8 AS m11,
  ((sum(talk_s) + sum(hold_s) + sum(wrapup_s)) / nullif(sum(handled), 0))::float8 AS m12
FROM ranked${key === '' ? '' : ` GROUP BY ${key} ORDER BY ${key}`}`;
}

function read({ by, measures }: Asked): { table: string; key: string; where: string; queued: string; took: string; abandoned: string; handled: string } {
  const keyed = by.length > 0;
  if ((keyed && by.join() !== BOARD.by.join()) || measures.join() !== BOARD.measures.join()) throw new Error('PostgreSQL is asked the board alone');
  const { time, inbound, ...fates } = keyed ? SOURCES.legs : SOURCES.calls;
  return { table: keyed ? 'legs' : 'calls', key: keyed ? 'queue' : '', where: `${inbound} AND ${time} >= $1 AND ${time} < $2`, ...fates };
}
