import { z } from 'zod';
import { ZoneClock } from '../../kpi/zone-clock.ts';
import { instant, line, slug } from './events.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);

/** Who is on call: a week that repeats, on the wall clock of a zone, and exceptions to it. */
export const onCallSchema = z.object({
  id: slug,
  label: line,
  zone: z.string().refine(isZone, { error: 'not an IANA time zone' }),
  /** By ISO weekday (1 = Monday). A shift that ends before it begins, or when it begins, ends on the next day. */
  shifts: z.array(z.object({ weekday: z.number().int().min(1).max(7), from: clock, to: clock, contact: z.uuid() })),
  /** Instead of the shifts; null = nobody. The last one that holds wins. */
  exceptions: z.array(z.object({ from: instant, to: instant, contact: z.uuid().nullable() })).default([]),
});
export type OnCall = z.infer<typeof onCallSchema>;

const DAY = 86_400_000;

/** Who is on call at an instant, each once. A wall clock that shows an hour twice has the same people in both, one that skips it calls nobody for it. */
export function onCallAt({ zone, shifts, exceptions }: OnCall, atMs: number): string[] {
  const exception = exceptions.findLast(({ from, to }) => Date.parse(from) <= atMs && atMs < Date.parse(to));
  if (exception) return exception.contact === null ? [] : [exception.contact];
  const localMs = atMs + ZoneClock.of(zone).offsetAt(atMs);
  const day = Math.floor(localMs / DAY);
  const time = localMs - day * DAY;
  // 1970-01-01 was a Thursday.
  const [today, yesterday] = [weekdayOf(day), weekdayOf(day - 1)];
  const found = shifts.filter(({ weekday, from, to }) => {
    const [begins, ends] = [clockMs(from), clockMs(to)];
    if (begins < ends) return weekday === today && begins <= time && time < ends;
    return (weekday === today && begins <= time) || (weekday === yesterday && time < ends);
  });
  return [...new Set(found.map(({ contact }) => contact))];
}

function weekdayOf(day: number): number {
  return ((day + 3) % 7) + 1;
}

function clockMs(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}

function isZone(zone: string): boolean {
  try {
    ZoneClock.of(zone);
    return true;
  } catch {
    return false;
  }
}
