import type { Clock } from '../clock.ts';
import { CalledPeople, STANDARD_PEOPLE, type Future, type PeopleBehaviour } from '../dialer/called-people.ts';
import type { DialOrder, Line } from '../media.ts';
import type { CalledNetwork, SimulatedGateway } from '../simulated-gateway.ts';
import type { Centre } from './centre-schema.ts';
import { ZoneTime } from './zone-time.ts';

export interface CalledPartiesOptions {
  centre: Centre;
  clock: Clock;
  gateway: SimulatedGateway;
  seed: string;
}

interface Party {
  zone: ZoneTime;
  /** By hour of the day. */
  behaviour: readonly PeopleBehaviour[];
}

/** Lines that are over are looked for when so many are known. */
const MANY_LINES = 1000;

/** The people whom the campaigns call: who answers follows the campaign, told by the number it shows, and the hour of its site. */
export class CalledParties implements CalledNetwork {
  readonly #clock: Clock;
  readonly #gateway: SimulatedGateway;
  readonly #people: CalledPeople;
  /** By the number shown. */
  readonly #parties = new Map<string, Party>();
  #lines: Line[] = [];

  constructor({ centre, clock, gateway, seed }: CalledPartiesOptions) {
    this.#clock = clock;
    this.#gateway = gateway;
    this.#people = new CalledPeople(clock, gateway, seed);
    gateway.reach(this);
    for (const { site, dialing, people: { personShares, ...others } } of centre.outbound) {
      const zone = new ZoneTime(centre.sites.find(({ id }) => id === site)?.zone ?? 'UTC');
      this.#parties.set(dialing.callerNumber, { zone, behaviour: personShares.map((personShare) => ({ ...others, personShare })) });
    }
  }

  dialed(line: Line, order: DialOrder): void {
    const party = this.#parties.get(line.caller);
    this.#people.behaviour = party?.behaviour[party.zone.hour(this.#clock.nowMs())] ?? STANDARD_PEOPLE;
    if (this.#lines.length >= MANY_LINES) this.#lines = this.#lines.filter(({ channel }) => channel >= 0);
    this.#lines.push(line);
    this.#people.dialed(line, order);
  }

  /** What the line's dial was to come to. @throws Error when it was not dialed. */
  future(line: Line): Future {
    return this.#people.future(line);
  }

  /** Everybody who was called hangs up. */
  hangUpAll(): void {
    for (const line of this.#lines) this.#gateway.callerHangsUp(line);
    this.#lines = [];
  }
}
