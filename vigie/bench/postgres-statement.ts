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

/**
 * The board's question as PostgreSQL is asked it: one pass over the rows, grouped by the wait too, so that the percentile
 * needs no sorting of rows. Its columns are called as the question's keys and measures.
 */
export function postgresStatement({ by, measures }: Pick<KpiQuery, 'by' | 'measures'>): string {
  const keyed = by.length > 0;
  if ((keyed && by.join() !== BOARD.by.join()) || measures.join() !== BOARD.measures.join()) throw new Error('PostgreSQL is asked the board alone');
  const { time, inbound, queued, took, abandoned, handled } = keyed ? SOURCES.legs : SOURCES.calls;
  const key = keyed ? 'queue, ' : '';
  return `
WITH waits AS (
  SELECT ${key}greatest(wait_s, 0) AS w,
    count(*) FILTER (WHERE ${queued}) AS queued,
    count(*) FILTER (WHERE ${took}) AS answered,
    count(*) FILTER (WHERE (${took}) AND greatest(wait_s, 0) <= target_s) AS answered_in_target,
    count(*) FILTER (WHERE ${abandoned}) AS abandoned,
    count(*) FILTER (WHERE ${handled}) AS handled,
    sum(talk_s) FILTER (WHERE ${handled}) AS talk_s,
    sum(hold_s) FILTER (WHERE ${handled}) AS hold_s,
    sum(wrapup_s) FILTER (WHERE ${handled}) AS wrapup_s
  FROM ${keyed ? 'legs' : 'calls'}
  WHERE ${inbound} AND ${time} >= $1 AND ${time} < $2
  GROUP BY ${key}w
), ranked AS (
  SELECT *, CASE WHEN w < 120 THEN w WHEN w < 600 THEN w - w % 10 + 5 ELSE least(w - w % 60 + 30, 7170) END AS bucket,
    sum(queued) OVER (${keyed ? 'PARTITION BY queue ' : ''}ORDER BY CASE WHEN w < 120 THEN w WHEN w < 600 THEN w - w % 10 + 5 ELSE least(w - w % 60 + 30, 7170) END) AS below,
    sum(queued) OVER (${keyed ? 'PARTITION BY queue' : ''}) AS every
  FROM waits
)
SELECT ${keyed ? 'queue AS k0, ' : ''}
  sum(queued)::float8 AS m0, sum(answered)::float8 AS m1, sum(abandoned)::float8 AS m2,
  (sum(answered_in_target) / nullif(sum(queued), 0))::float8 AS m3, (sum(abandoned) / nullif(sum(queued), 0))::float8 AS m4, (sum(answered) / nullif(sum(queued), 0))::float8 AS m5,
  (sum(w * answered) / nullif(sum(answered), 0))::float8 AS m6, (sum(w * queued) / nullif(sum(queued), 0))::float8 AS m7,
  (max(w) FILTER (WHERE queued > 0))::float8 AS m8, (min(bucket) FILTER (WHERE queued > 0 AND below * 10 >= every * 9))::float8 AS m9,
  (sum(talk_s) / nullif(sum(handled), 0))::float8 AS m10, (sum(wrapup_s) / nullif(sum(handled), 0))::float8 AS m11,
  ((sum(talk_s) + sum(hold_s) + sum(wrapup_s)) / nullif(sum(handled), 0))::float8 AS m12
FROM ranked${keyed ? ' GROUP BY queue ORDER BY queue' : ''}`;
}
