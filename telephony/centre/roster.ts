import { Random } from '../random.ts';
import type { Centre, Shift } from './centre-schema.ts';
import { holidays } from './holidays.ts';
import { people, type Person } from './people.ts';
import { isoDate, isoWeekday, ZoneTime } from './zone-time.ts';

/** One agent's day of work. */
export interface Duty {
  person: Person;
  fromMs: number;
  toMs: number;
  pauses: PlannedPause[];
}

export interface PlannedPause {
  reason: string;
  fromMs: number;
  lengthMs: number;
}

/** Who works when. A day's duties depend on the seed and the day only, not on where a simulation begins. */
export class Roster {
  readonly people: readonly Person[];
  readonly #centre: Centre;
  readonly #seed: Random;
  readonly #zones: Map<string, ZoneTime>;
  readonly #shifts: Map<string, Shift>;
  readonly #holidays: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(centre: Centre, seed: number | string) {
    this.people = people(centre);
    this.#centre = centre;
    this.#seed = new Random(seed, 'roster');
    this.#zones = new Map(centre.sites.map(({ id, zone }) => [id, new ZoneTime(zone)]));
    this.#shifts = new Map(centre.shifts.map((shift) => [shift.id, shift]));
    this.#holidays = holidays(centre);
  }

  /** Duties that begin on this local day (days since 1970-01-01), each in its site's zone. */
  of(day: number): Duty[] {
    return this.people.flatMap((person) => this.#duty(person, day) ?? []);
  }

  #duty(person: Person, day: number): Duty | null {
    const { team, place, agent } = person;
    const behaviour = this.#centre.agentBehaviour;
    const weekday = this.#holidays.get(agent.site)?.has(isoDate(day)) ? 7 : isoWeekday(day);
    if (team.daysOff[place % team.daysOff.length]?.includes(weekday)) return null;
    const random = this.#seed.stream(`${agent.number} ${day}`);
    if (random.chance(behaviour.absenceShare)) return null;

    // Weeks since a Monday: 1970-01-05 is day 4.
    const week = Math.floor((day - 4) / 7);
    const shift = this.#shifts.get(team.shifts[(place + week) % team.shifts.length] ?? '');
    const zone = this.#zones.get(agent.site);
    if (!shift || !zone) throw new Error(`agent ${agent.number}: no shift or site`);
    const begin = minuteOfDay(shift.from);
    const end = minuteOfDay(shift.to) + (shift.to <= shift.from ? 24 * 60 : 0);
    const around = (spreadSeconds: number): number => (random.next() - 0.5) * 2000 * spreadSeconds;
    const fromMs = zone.instantMs(day, begin) + around(behaviour.loginSpreadSeconds);
    const toMs = zone.instantMs(day, end) + around(behaviour.logoutSpreadSeconds);
    // Breaks are staggered: not the whole team goes at once.
    const stagger = (random.next() - 0.5) * 110;
    const pauses = shift.pauses.flatMap(({ reason, after, minutes, share }): PlannedPause[] => {
      const lengthMs = minutes * 60_000 * Math.exp(behaviour.pauseLengthSpread * random.normal());
      const taken = random.chance(share);
      const startMs = fromMs + (after + (after > 60 ? stagger : 0)) * 60_000;
      return taken ? [{ reason, fromMs: startMs, lengthMs }] : [];
    });
    return { person, fromMs: Math.round(fromMs), toMs: Math.round(toMs), pauses };
  }
}

function minuteOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
