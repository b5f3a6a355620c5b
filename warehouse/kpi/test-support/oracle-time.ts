import type { Interval } from '../../warehouse.ts';

export interface LocalParts { year: number; month: number; day: number; hour: number; minute: number; offsetMinutes: number; weekday: number }

const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, LocalParts>();

/** The wall clock by the runtime's own calendar, field by field. */
export function localParts(utcMs: number, zone: string): LocalParts {
  const key = `${zone} ${Math.floor(utcMs / 60_000)}`;
  const parts = known.get(key) ?? readParts(utcMs, zone);
  known.set(key, parts);
  return parts;
}

function readParts(utcMs: number, zone: string): LocalParts {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' });
    formats.set(zone, format);
  }
  const field = new Map(format.formatToParts(utcMs).map((part) => [part.type, Number(part.value)]));
  const get = (name: Intl.DateTimeFormatPartTypes): number => field.get(name) ?? Number.NaN;
  const [year, month, day, hour, minute] = [get('year'), get('month'), get('day'), get('hour'), get('minute')];
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  const offsetMinutes = Math.round((asUtc - Math.floor(utcMs / 60_000) * 60_000) / 60_000);
  return { year, month, day, hour, minute, offsetMinutes, weekday: ((new Date(asUtc).getUTCDay() + 6) % 7) + 1 };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** The text of the interval that an instant belongs to. */
export function intervalOf(utcMs: number, interval: Interval, zone: string): string {
  const at = localParts(utcMs, zone);
  const date = `${at.year}-${two(at.month)}-${two(at.day)}`;
  if (interval === 'month') return date.slice(0, 7);
  if (interval === 'day') return date;
  if (interval === 'week') return new Date(Date.UTC(at.year, at.month - 1, at.day - (at.weekday - 1))).toISOString().slice(0, 10);
  const length = Number.parseInt(interval, 10);
  const minutes = Math.floor((at.hour * 60 + at.minute) / length) * length;
  const offset = Math.abs(at.offsetMinutes);
  return `${date}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00${at.offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(offset / 60))}:${two(offset % 60)}`;
}

/** Midnight of a local date, found by walking; only for zones in which it exists. */
export function midnight(date: string, zone: string): number {
  const wanted = Date.parse(`${date}T00:00:00Z`);
  for (let at = wanted - 16 * 3_600_000; at <= wanted + 16 * 3_600_000; at += 900_000) {
    const local = localParts(at, zone);
    if (Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute) === wanted) return at;
  }
  throw new Error(`no midnight on ${date} in ${zone}`);
}
