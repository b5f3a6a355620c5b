import type { Calendar } from '../configuration.ts';
import type { ZoneOffsets } from './zone-offsets.ts';

const DAY_MS = 86_400_000;
/** Whoever asks for an instant beyond this is told that there is none. */
const LONGEST_DAYS = 366;

/** A calendar made ready for the question "open now?": arithmetic only. */
export class Opening {
  /** By ISO weekday - 1: pairs of from (inclusive) and to (exclusive), milliseconds of the local day. */
  readonly #weekdays: number[][];
  readonly #holidays: Set<number>;
  readonly #zone: ZoneOffsets;

  constructor(calendar: Calendar, zone: ZoneOffsets) {
    this.#zone = zone;
    const { weekdays } = calendar;
    this.#weekdays = (['1', '2', '3', '4', '5', '6', '7'] as const).map((day) => (weekdays[day] ?? []).flatMap(({ from, to }) => [clockMs(from), clockMs(to)]));
    this.#holidays = new Set(calendar.holidays.map((date) => Date.parse(`${date}T00:00:00Z`) / DAY_MS));
  }

  isOpen(utcMs: number): boolean {
    const localMs = this.#zone.localMs(utcMs);
    const day = Math.floor(localMs / DAY_MS);
    const hours = this.#hoursOf(day);
    const time = localMs - day * DAY_MS;
    for (let i = 0; i + 1 < hours.length; i += 2) if (time >= (hours[i] ?? 0) && time < (hours[i + 1] ?? 0)) return true;
    return false;
  }

  /** For how long it is open between two instants; changes of the clock while it is open are not looked at. */
  openMs(fromMs: number, toMs: number): number {
    const [from, to] = [this.#zone.localMs(fromMs), this.#zone.localMs(toMs)];
    let sum = 0;
    for (let day = Math.floor(from / DAY_MS); day * DAY_MS < to; day += 1) {
      for (const { begins, ends } of this.#stretches(day)) sum += Math.max(0, Math.min(ends, to) - Math.max(begins, from));
    }
    return sum;
  }

  /** The instant by which it will have been open for so long; null = not within a year. Changes of the clock as above. */
  after(fromMs: number, openMs: number): number | null {
    const from = this.#zone.localMs(fromMs);
    const firstDay = Math.floor(from / DAY_MS);
    let left = openMs;
    for (let day = firstDay; day <= firstDay + LONGEST_DAYS; day += 1) {
      for (const { begins, ends } of this.#stretches(day)) {
        const lasts = Math.max(0, ends - Math.max(begins, from));
        if (lasts > 0 && left <= lasts) return this.#utcMs(Math.max(begins, from) + left);
        left -= lasts;
      }
    }
    return null;
  }

  #utcMs(localMs: number): number {
    return localMs - this.#zone.offsetMs(localMs - this.#zone.offsetMs(localMs));
  }

  /** Of a local day, in local milliseconds. */
  #stretches(day: number): { begins: number; ends: number }[] {
    const hours = this.#hoursOf(day);
    return Array.from({ length: hours.length / 2 }, (_, i) => ({ begins: day * DAY_MS + (hours[2 * i] ?? 0), ends: day * DAY_MS + (hours[2 * i + 1] ?? 0) }));
  }

  /** From and to in turn. */
  #hoursOf(day: number): readonly number[] {
    // 1970-01-01 was a Thursday: index 3.
    return this.#holidays.has(day) ? NEVER : this.#weekdays[(day + 3) % 7] ?? NEVER;
  }
}

const NEVER: readonly number[] = [];

function clockMs(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}
