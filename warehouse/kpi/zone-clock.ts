import { WarehouseError } from '../warehouse.ts';

/** While one offset from UTC is in force. `fromMs` inclusive. */
export interface OffsetPeriod { fromMs: number; offsetMs: number }

const HOUR = 3_600_000;
const QUARTER = 900_000;

/**
 * A zone's offsets, found once with the runtime's time-zone data and remembered. SQL gets them as
 * numbers, so every engine computes local time alike, whatever data it carries itself.
 */
export class ZoneClock {
  readonly zone: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #years = new Map<number, OffsetPeriod[]>();

  /** @throws WarehouseError `invalid-query` when the runtime does not know the zone. */
  private constructor(zone: string) {
    this.zone = zone;
    try {
      this.#format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    } catch (cause) {
      throw new WarehouseError('invalid-query', `${JSON.stringify(zone)} is not a time zone: give an IANA name such as Europe/Paris`, { cause });
    }
  }

  static readonly #known = new Map<string, ZoneClock>();
  static of(zone: string): ZoneClock {
    const known = ZoneClock.#known.get(zone);
    if (known) return known;
    const clock = new ZoneClock(zone);
    ZoneClock.#known.set(zone, clock);
    return clock;
  }

  offsetAt(utcMs: number): number {
    let offset = 0;
    for (const period of this.periods(utcMs, utcMs + 1)) offset = period.offsetMs;
    return offset;
  }

  /** The offsets in force from `fromMs` to `toMs` (exclusive); the first starts at `fromMs` or before. */
  periods(fromMs: number, toMs: number): OffsetPeriod[] {
    const found: OffsetPeriod[] = [];
    for (let year = yearOf(fromMs); year <= yearOf(Math.max(fromMs, toMs - 1)); year++) {
      for (const period of this.#year(year)) {
        if (found.at(-1)?.offsetMs === period.offsetMs) continue;
        if (period.fromMs <= fromMs) found.length = 0;
        else if (period.fromMs >= toMs) break;
        found.push(period);
      }
    }
    return found;
  }

  /** The instant of a local wall clock (as if it were UTC). A skipped time moves forward, a repeated one is its first showing. */
  toUtc(localMs: number): number {
    const candidates = [this.offsetAt(localMs - 26 * HOUR), this.offsetAt(localMs + 26 * HOUR)].map((offset) => localMs - offset);
    const real = candidates.filter((utcMs) => utcMs + this.offsetAt(utcMs) === localMs);
    if (real.length > 0) return Math.min(...real);
    // Skipped: read it with the offset before the gap, which lands after it.
    return Math.max(...candidates);
  }

  /** `2026-01-01T08:15:00+01:00` */
  format(utcMs: number): string {
    const offset = this.offsetAt(utcMs);
    const minutes = Math.abs(Math.round(offset / 60_000));
    const sign = offset < 0 ? '-' : '+';
    const pad = (value: number): string => String(value).padStart(2, '0');
    return `${new Date(utcMs + offset).toISOString().slice(0, 19)}${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  }

  #year(year: number): OffsetPeriod[] {
    const known = this.#years.get(year);
    if (known) return known;
    const start = Date.UTC(year, 0, 1);
    const end = Date.UTC(year + 1, 0, 1);
    const offsetMs = this.#read(start);
    // New Year is no change of the offset: then the period began some time before.
    const begun = this.#read(start - QUARTER) === offsetMs ? Date.UTC(year - 1, 0, 1) : start;
    const periods: OffsetPeriod[] = [{ fromMs: begun, offsetMs }];
    let before = start;
    for (let at = start + 12 * HOUR; before < end - QUARTER; at += 12 * HOUR) {
      const now = Math.min(at, end - QUARTER);
      const last = periods.at(-1);
      if (last && this.#read(now) !== last.offsetMs) {
        const changed = this.#change(before, now);
        periods.push({ fromMs: changed, offsetMs: this.#read(changed) });
      }
      before = now;
    }
    this.#years.set(year, periods);
    return periods;
  }

  /** The first quarter-hour after `before` with the offset of `after`. */
  #change(before: number, after: number): number {
    let low = before / QUARTER;
    let high = after / QUARTER;
    const offset = this.#read(before);
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#read(middle * QUARTER) === offset) low = middle;
      else high = middle;
    }
    return high * QUARTER;
  }

  #read(utcMs: number): number {
    const text = this.#format.format(utcMs);
    const match = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
    if (!match) throw new Error(`cannot read the offset of ${this.zone} from ${text}`);
    const [, sign, hours = '0', minutes = '0'] = match;
    // Whole quarter-hours since 1972 everywhere; older local mean times are rounded to them.
    const offset = Math.round((Number(hours) * HOUR + Number(minutes) * 60_000) / QUARTER) * QUARTER;
    return sign === '-' ? -offset : offset;
  }
}

function yearOf(utcMs: number): number {
  return new Date(utcMs).getUTCFullYear();
}
