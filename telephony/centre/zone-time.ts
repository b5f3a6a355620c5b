const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * Local time of one zone, fast enough to be asked for every call: the zone's offset is looked up once
 * per quarter of an hour (zones change their offset at such borders).
 */
export class ZoneTime {
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<number, number>();

  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  }

  /** Local time minus UTC, milliseconds. */
  offsetMs(atMs: number): number {
    const quarter = Math.floor(atMs / (HOUR_MS / 4));
    const known = this.#offsets.get(quarter);
    if (known !== undefined) return known;
    if (this.#offsets.size > 10_000) this.#offsets.clear();
    const start = quarter * (HOUR_MS / 4);
    const part = new Map(this.#format.formatToParts(start).map(({ type, value }) => [type, Number(value)]));
    const get = (name: Intl.DateTimeFormatPartTypes): number => part.get(name) ?? 0;
    const offset = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second')) - start;
    this.#offsets.set(quarter, offset);
    return offset;
  }

  /** Local date as days since 1970-01-01. */
  day(atMs: number): number {
    return Math.floor((atMs + this.offsetMs(atMs)) / DAY_MS);
  }

  /** Local hour, 0-23. */
  hour(atMs: number): number {
    return Math.floor((atMs + this.offsetMs(atMs)) / HOUR_MS) % 24;
  }

  /** The instant of a local day and minute of the day (24 × 60 and more = the next day). A time that the spring skips is moved on. */
  instantMs(day: number, minute: number): number {
    const local = day * DAY_MS + minute * 60_000;
    const guess = local - this.offsetMs(local);
    return local - this.offsetMs(guess);
  }
}

/** ISO weekday of a day since 1970-01-01: 1 = Monday … 7 = Sunday. */
export function isoWeekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** `yyyy-MM-dd` of a day since 1970-01-01. */
export function isoDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
