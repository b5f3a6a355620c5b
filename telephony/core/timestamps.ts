const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

// Small tables stay in the processor's cache; one entry per millisecond of a minute did not.
const dashedMinute = Array.from({ length: DAY_MINUTES }, (_, m) => ` ${two(Math.floor(m / 60))}:${two(m % 60)}:`);
const compactMinute = Array.from({ length: DAY_MINUTES }, (_, m) => two(Math.floor(m / 60)) + two(m % 60));
const twoDigits = Array.from({ length: 60 }, (_, s) => two(s));
const dottedSeconds = Array.from({ length: 60 }, (_, s) => `${two(s)}.`);
const threeDigits = Array.from({ length: 1000 }, (_, ms) => three(ms));

/**
 * Writes epoch milliseconds as Hermes does, by arithmetic and tables: `Date` and `Intl` cost more than
 * the whole rest of a call. For local time, pass milliseconds with the zone's offset added. One
 * instance per zone keeps its minute at hand.
 */
export class Timestamps {
  #minute = NaN;
  #minuteMs = 0;
  #day = NaN;
  #dashedDay = '';
  #compactDay = '';
  #dashedPrefix = '';
  #compactPrefix = '';

  /** `yyyy-MM-dd HH:mm:ss.SSS`. */
  dashed(ms: number): string {
    this.#seek(ms);
    const rest = (ms - this.#minuteMs) | 0;
    const second = (rest / 1000) | 0;
    return this.#dashedPrefix + (dottedSeconds[second] ?? '') + (threeDigits[rest - second * 1000] ?? '');
  }

  /** `yyyyMMddHHmmss`. */
  compactSeconds(ms: number): string {
    this.#seek(ms);
    return this.#compactPrefix + (twoDigits[((ms - this.#minuteMs) / 1000) | 0] ?? '');
  }

  /** `yyyyMMddHHmmssfff`. */
  compact(ms: number): string {
    this.#seek(ms);
    const rest = (ms - this.#minuteMs) | 0;
    const second = (rest / 1000) | 0;
    return this.#compactPrefix + (twoDigits[second] ?? '') + (threeDigits[rest - second * 1000] ?? '');
  }

  #seek(ms: number): void {
    const minute = Math.floor(ms / MINUTE_MS);
    if (minute === this.#minute) return;
    const day = Math.floor(minute / DAY_MINUTES);
    if (day !== this.#day) {
      const { year, month, date } = civil(day);
      this.#day = day;
      this.#dashedDay = `${year}-${two(month)}-${two(date)}`;
      this.#compactDay = `${year}${two(month)}${two(date)}`;
    }
    this.#minute = minute;
    this.#minuteMs = minute * MINUTE_MS;
    this.#dashedPrefix = this.#dashedDay + (dashedMinute[minute - day * DAY_MINUTES] ?? '');
    this.#compactPrefix = this.#compactDay + (compactMinute[minute - day * DAY_MINUTES] ?? '');
  }
}

/** Days since 1970-01-01 → date (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
export function civil(day: number): { year: number; month: number; date: number } {
  const z = day + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date: dayOfYear - Math.floor((153 * mp + 2) / 5) + 1 };
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

function three(value: number): string {
  return value < 10 ? `00${value}` : value < 100 ? `0${value}` : `${value}`;
}
