import type { LoadTarget } from '../../load-plan.ts';

/** Notes the UTC days of rows, so that closed ones open again. An agent's state touches every day that it lasts. */
export function touched(target: LoadTarget, mark: number, rows: string): string {
  const days = {
    calls: 'toDate(started_at)',
    legs: 'arrayJoin([toDate(entered_at), toDate(started_at)])',
    agent_states: "arrayJoin(arrayMap(day -> toDate(assumeNotNull(started_at)) + day, range(toUInt16(least(dateDiff('day', assumeNotNull(started_at), addMilliseconds(assumeNotNull(started_at), assumeNotNull(duration_ms)), 'UTC'), 7) + 1))))",
  }[target];
  return `INSERT INTO store.touched_days SELECT '${target}', day, ${mark} FROM (SELECT DISTINCT ${days} AS day FROM (${rows})) WHERE isNotNull(day)`;
}
