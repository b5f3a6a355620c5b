import type { Calendar } from '../catalogue-query.ts';

/**
 * The hours of a week in few words: `lun.–ven. 08:00–18:00, sam. 09:00–12:00`. Days in a row with the same hours are said once.
 * @param days short names, Monday first.
 */
export function prepareHours(hours: Calendar['hours'], days: readonly string[]): string {
  const ofDay = (weekday: number): string => hours.filter((each) => each.weekday === weekday).map(({ from, to }) => `${from}–${to}`).toSorted().join(' + ');
  const runs: { first: number; last: number; text: string }[] = [];
  for (let weekday = 1; weekday <= 7; weekday++) {
    const text = ofDay(weekday);
    const run = runs.at(-1);
    if (text === '') continue;
    if (run?.text === text && run.last === weekday - 1) run.last = weekday;
    else runs.push({ first: weekday, last: weekday, text });
  }
  return runs.map(({ first, last, text }) => `${days[first - 1]}${last > first ? `–${days[last - 1]}` : ''} ${text}`).join(', ');
}
