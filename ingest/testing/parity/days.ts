const DAY_MS = 86_400_000;

/**
 * Sixty UTC days in three stretches: the week-end in which Europe goes back to winter time; the change of a year; and nearly eight weeks with
 * the end of a February of 29 days, the borders of two months, and the changes of the clock in America, Europe and, back, in Australia.
 */
export const STRETCHES = [
  { from: '2023-10-28', to: '2023-10-31' }, { from: '2023-12-31', to: '2024-01-03' }, { from: '2024-02-28', to: '2024-04-22' },
] as const;

/** Days before this one are closed as soon as their rows are there; some are opened again by {@link LATE_DAYS}. */
export const CLOSED_BEFORE = Date.parse('2024-03-03');
/** Of the closed days those that late rows open again: the first one is closed anew, the last one stays open. */
const LATE_DAYS: Readonly<Record<string, 2 | 3>> = { '2023-10-29': 2, '2024-01-01': 3 };

export const DAYS: readonly number[] = STRETCHES.flatMap(({ from, to }) => {
  const first = Date.parse(from);
  return Array.from({ length: (Date.parse(to) - first) / DAY_MS }, (_, index) => first + index * DAY_MS);
});

/** Instants at which a clock jumps, a day or a year begins somewhere, within the days. */
const JUMPS = ['2023-10-29T01:00:00Z', '2023-12-31T23:00:00Z', '2024-01-01T00:00:00Z', '2024-02-29T23:00:00Z', '2024-03-10T07:00:00Z', '2024-03-31T01:00:00Z', '2024-03-31T22:00:00Z', '2024-04-06T16:00:00Z'].map((text) => Date.parse(text));

/** Where an off-by-one would show: on a border of an interval or one millisecond before it. */
export function bordersOf(day: number): number[] {
  const hours = [0, 5.75, 8.25, 9.5, 14, 18.25, 21, 22, 23];
  const borders = [...hours.map((hour) => day + hour * 3_600_000), day + DAY_MS, ...JUMPS.filter((at) => at >= day && at < day + DAY_MS)];
  return borders.flatMap((at) => [at, at - 1]).filter((at) => at >= day && at < day + DAY_MS);
}

/** In which file a late row of a day comes; null: such a day's rows are never late. */
export function lateStage(day: number, second: boolean): 2 | 3 | null {
  if (day >= CLOSED_BEFORE) return second ? 3 : 2;
  return LATE_DAYS[new Date(day).toISOString().slice(0, 10)] ?? null;
}

export function isOneOfTheDays(at: number): boolean {
  return DAYS.includes(Math.floor(at / DAY_MS) * DAY_MS);
}
