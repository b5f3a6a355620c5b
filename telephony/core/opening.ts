import type { Calendar } from '../configuration.ts';
import type { ZoneOffsets } from './zone-offsets.ts';

const DAY_MS = 86_400_000;

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
    if (this.#holidays.has(day)) return false;
    // 1970-01-01 was a Thursday: index 3.
    const hours = this.#weekdays[(day + 3) % 7];
    if (!hours) return false;
    const time = localMs - day * DAY_MS;
    for (let i = 0; i + 1 < hours.length; i += 2) if (time >= (hours[i] ?? 0) && time < (hours[i + 1] ?? 0)) return true;
    return false;
  }
}

function clockMs(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}
