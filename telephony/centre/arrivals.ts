import { Random } from '../random.ts';
import type { Centre, EntryPoint } from './centre-schema.ts';
import { poisson } from './draw.ts';
import { holidays } from './holidays.ts';
import { isoDate, isoWeekday, ZoneTime } from './zone-time.ts';

export const HOUR_MS = 3_600_000;

/**
 * When callers call: a Poisson stream per entry point whose rate follows the hour and the weekday of the
 * site, with the noise of days and hours. An hour's calls depend on the seed and the hour only, not on
 * where a simulation begins.
 */
export class Arrivals {
  readonly #centre: Centre;
  readonly #seed: Random;
  readonly #zones: Map<string, ZoneTime>;
  readonly #holidays: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(centre: Centre, seed: number | string) {
    this.#centre = centre;
    this.#seed = new Random(seed, 'arrivals');
    this.#zones = new Map(centre.sites.map(({ id, zone }) => [id, new ZoneTime(zone)]));
    this.#holidays = holidays(centre);
  }

  /** Times of the calls in the UTC hour that begins at `hourMs`, ascending epoch milliseconds. */
  inHour(entry: EntryPoint, hourMs: number): number[] {
    const random = this.#seed.stream(`${entry.did} ${hourMs}`);
    const expected = this.expected(entry, hourMs) * Math.exp(this.#centre.callerBehaviour.hourNoise * random.normal());
    const times = Array.from({ length: poisson(random, expected) }, () => hourMs + random.next() * HOUR_MS);
    return times.sort((a, b) => a - b);
  }

  /** Expected calls of that hour, the day's noise and surge included. */
  expected(entry: EntryPoint, hourMs: number): number {
    const zone = this.#zones.get(entry.site);
    const profile = this.#centre.profiles[entry.profile];
    if (!zone || !profile) throw new Error(`entry point ${entry.did}: unknown site ${entry.site} or profile ${entry.profile}`);
    const day = zone.day(hourMs);
    const hour = zone.hour(hourMs);
    const weekday = this.#holidays.get(entry.site)?.has(isoDate(day)) ? 7 : isoWeekday(day);
    const total = profile.reduce((sum, weight) => sum + weight, 0);
    return entry.callsPerDay * (entry.weekdays[weekday - 1] ?? 1) * ((profile[hour] ?? 0) / total) * this.#dayFactor(entry, day, hour);
  }

  #dayFactor(entry: EntryPoint, day: number, hour: number): number {
    const { dayNoise, surge } = this.#centre.callerBehaviour;
    const random = this.#seed.stream(`${entry.did} day ${day}`);
    const factor = Math.exp(dayNoise * random.normal());
    const surges = random.chance(surge.shareOfDays);
    const first = 8 + random.integer(12);
    return surges && hour >= first && hour < first + surge.hours ? factor * surge.factor : factor;
  }
}
