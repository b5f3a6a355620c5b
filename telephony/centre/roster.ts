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

/** A pause that the agent will take, when it really begins and as long as it really is. */
export interface PlannedPause {
  reason: string;
  fromMs: number;
  lengthMs: number;
}

/** What the planners wrote down: the shift and its pauses to the minute. What becomes of it is the {@link Duty}. */
export interface PlannedShift {
  person: Person;
  fromMs: number;
  toMs: number;
  pauses: { reason: string; fromMs: number; toMs: number }[];
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Pauses are planned on a grid of so many minutes. */
const GRID_MINUTES = 5;

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
    return this.people.flatMap((person) => this.#day(person, day)?.duty ?? []);
  }

  /** The planned shifts that touch a range, also of those who will not come; any past or coming day. Epoch ms. */
  planned(fromMs: number, toMs: number): PlannedShift[] {
    const shifts: PlannedShift[] = [];
    // Local days begin and shifts end in other UTC days.
    for (let day = Math.floor(fromMs / DAY_MS) - 1; day <= Math.floor(toMs / DAY_MS) + 1; day += 1)
      for (const person of this.people) {
        const shift = this.#day(person, day)?.planned;
        if (shift && shift.fromMs < toMs && shift.toMs > fromMs) shifts.push(shift);
      }
    return shifts;
  }

  /** Null = a day off; duty null = absent. */
  #day(person: Person, day: number): { planned: PlannedShift; duty: Duty | null } | null {
    const { team, place, agent } = person;
    const behaviour = this.#centre.agentBehaviour;
    const weekday = this.#holidays.get(agent.site)?.has(isoDate(day)) ? 7 : isoWeekday(day);
    if (team.daysOff[place % team.daysOff.length]?.includes(weekday)) return null;
    const random = this.#seed.stream(`${agent.number} ${day}`);
    const absent = random.chance(behaviour.absenceShare);

    // Weeks since a Monday: 1970-01-05 is day 4.
    const week = Math.floor((day - 4) / 7);
    const shift = this.#shifts.get(team.shifts[(place + week) % team.shifts.length] ?? '');
    const zone = this.#zones.get(agent.site);
    if (!shift || !zone) throw new Error(`agent ${agent.number}: no shift or site`);
    const begin = minuteOfDay(shift.from);
    const end = minuteOfDay(shift.to) + (shift.to <= shift.from ? 24 * 60 : 0);
    const around = (spreadSeconds: number): number => (random.next() - 0.5) * 2000 * spreadSeconds;
    const planned: PlannedShift = { person, fromMs: zone.instantMs(day, begin), toMs: zone.instantMs(day, end), pauses: [] };
    const fromMs = planned.fromMs + around(behaviour.loginSpreadSeconds);
    const toMs = planned.toMs + around(behaviour.logoutSpreadSeconds);
    // Breaks are staggered: not the whole team goes at once.
    const stagger = (random.next() - 0.5) * 110;
    const pauses = shift.pauses.flatMap(({ reason, after, minutes, share }): PlannedPause[] => {
      const lengthMs = minutes * MINUTE_MS * Math.exp(behaviour.pauseLengthSpread * random.normal());
      if (!random.chance(share)) return [];
      const beginMinute = after + (after > 60 ? stagger : 0);
      const plannedMs = planned.fromMs + Math.round(beginMinute / GRID_MINUTES) * GRID_MINUTES * MINUTE_MS;
      planned.pauses.push({ reason, fromMs: plannedMs, toMs: plannedMs + minutes * MINUTE_MS });
      return [{ reason, fromMs: fromMs + beginMinute * MINUTE_MS, lengthMs }];
    });
    return { planned, duty: absent ? null : { person, fromMs: Math.round(fromMs), toMs: Math.round(toMs), pauses } };
  }
}

function minuteOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
