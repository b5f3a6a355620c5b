import { CallbackTimer, type Clock } from '../clock.ts';
import type { DialOrder, Line } from '../media.ts';
import { Random } from '../random.ts';
import type { CalledNetwork, SimulatedGateway } from '../simulated-gateway.ts';

/** How a population answers its telephones, and how long a talk with it takes. */
export interface PeopleBehaviour {
  /** Shares of the dials; the rest rings out. */
  personShare: number;
  machineShare: number;
  busyShare: number;
  invalidShare: number;
  /** Seconds to the answer of a person or machine: a fixed part, and an exponential one of this mean. */
  answerFixedSeconds: number;
  answerMeanSeconds: number;
  /** Until the network says busy or invalid. */
  refusalSeconds: number;
  /** Share of the persons who are taken for machines. */
  mistakenShare: number;
  talkMeanSeconds: number;
  talkVariation: number;
  wrapupMeanSeconds: number;
}

/** A person answers 20 % of the dials, a machine 15 %, 10 % are busy or wrong numbers, the rest rings out. */
export const STANDARD_PEOPLE: PeopleBehaviour = {
  personShare: 0.2, machineShare: 0.15, busyShare: 0.08, invalidShare: 0.02,
  answerFixedSeconds: 2, answerMeanSeconds: 8, refusalSeconds: 4, mistakenShare: 0.02,
  talkMeanSeconds: 150, talkVariation: 0.8, wrapupMeanSeconds: 30,
};

/** What will come of one dial of a number. */
export interface Future {
  kind: 'person' | 'machine' | 'busy' | 'invalid' | 'silence';
  afterMs: number;
  /** A person whom detection takes for a machine. */
  mistaken: boolean;
  talkMs: number;
  wrapupMs: number;
}

/**
 * The people at the other end of what is dialed. The n-th dial of a number has the same future whoever dials it and when:
 * only so can two ways of dialing be compared.
 */
export class CalledPeople implements CalledNetwork {
  readonly #clock: Clock;
  readonly #gateway: SimulatedGateway;
  readonly #seed: number | string;
  readonly #dials = new Map<string, number>();
  readonly #futures = new WeakMap<Line, Future>();
  /** From now on; futures that are drawn already stay. */
  behaviour: PeopleBehaviour;
  /** Persons whom detection took for machines: only a simulation knows them. */
  mistaken = 0;

  constructor(clock: Clock, gateway: SimulatedGateway, seed: number | string, behaviour: PeopleBehaviour = STANDARD_PEOPLE) {
    this.#clock = clock;
    this.#gateway = gateway;
    this.#seed = seed;
    this.behaviour = behaviour;
    gateway.reach(this);
  }

  dialed(line: Line, { machineMs }: DialOrder): void {
    const dials = this.#dials.get(line.dnis) ?? 0;
    this.#dials.set(line.dnis, dials + 1);
    const future = this.#draw(new Random(this.#seed, `${line.dnis} ${dials}`));
    this.#futures.set(line, future);
    const { kind, afterMs } = future;
    if (kind === 'silence') return;
    this.#after(afterMs, () => {
      if (kind === 'busy' || kind === 'invalid') this.#gateway.progress(line, kind);
      else if (machineMs === null || (kind === 'person' && !future.mistaken)) this.#gateway.progress(line, 'person');
      else {
        this.#gateway.progress(line, 'answered');
        this.#after(machineMs, () => {
          if (kind === 'person' && line.channel >= 0) this.mistaken += 1;
          this.#gateway.progress(line, 'machine');
        });
      }
    });
  }

  /** Of the line's dial. @throws Error when it was not dialed. */
  future(line: Line): Future {
    const future = this.#futures.get(line);
    if (!future) throw new Error(`${line.dnis} was not dialed`);
    return future;
  }

  #draw(random: Random): Future {
    const { personShare, machineShare, busyShare, invalidShare, answerFixedSeconds, answerMeanSeconds, refusalSeconds, mistakenShare, talkMeanSeconds, talkVariation, wrapupMeanSeconds } = this.behaviour;
    const share = random.next();
    const kinds = [['person', personShare], ['machine', machineShare], ['busy', busyShare], ['invalid', invalidShare]] as const;
    let below = 0;
    const kind = kinds.find(([, each]) => share < (below += each))?.[0] ?? 'silence';
    const answerMs = Math.round(1000 * (answerFixedSeconds + random.exponential(answerMeanSeconds)));
    return {
      kind,
      afterMs: kind === 'busy' || kind === 'invalid' ? refusalSeconds * 1000 : answerMs,
      mistaken: random.chance(mistakenShare),
      talkMs: Math.max(1000, Math.round(1000 * random.lognormal(talkMeanSeconds, talkVariation))),
      wrapupMs: Math.round(1000 * random.exponential(wrapupMeanSeconds)),
    };
  }

  #after(ms: number, work: () => void): void {
    this.#clock.set(new CallbackTimer(work), this.#clock.nowMs() + ms);
  }
}
