import type { Clock } from '../clock.ts';
import type { AgentView, AutomatonEvents, CallView } from '../views.ts';

const MINUTE_MS = 60_000;

/** Dials of one minute, by the start of each. */
export interface DialCounts {
  dialed: number;
  /** An agent heard somebody, or a machine. */
  heard: number;
  nuisance: number;
  /** Heard and over, with whole seconds of talk, floored dial by dial. */
  handled: number;
  talkSeconds: number;
}

interface FollowedDial {
  campaign: string;
  startedMs: number;
  heard: boolean;
  talkMs: number;
  ended: boolean;
}

/** Counts what campaigns dial on the floor, from the automaton's events and never from its rows; {@link FloorCounters} counts those who call. */
export class DialCounters implements AutomatonEvents {
  /** By campaign, then by minute (epoch ms of its start). */
  readonly byCampaign = new Map<string, Map<number, DialCounts>>();
  readonly #clock: Clock;
  readonly #open = new Map<string, FollowedDial>();
  /** Who talks with somebody who was dialed, and since when; null = on hold. */
  readonly #parts = new Map<number, { dial: FollowedDial; sinceMs: number | null }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  dialed({ id, campaign, startedMs }: CallView): void {
    const dial = { campaign, startedMs, heard: false, talkMs: 0, ended: false };
    this.#open.set(id, dial);
    this.#countsOf(dial).dialed += 1;
  }

  nuisance({ id }: CallView): void {
    const dial = this.#open.get(id);
    if (dial) this.#countsOf(dial).nuisance += 1;
  }

  connected({ number }: AgentView, { id }: CallView): void {
    const dial = this.#open.get(id);
    if (!dial) return;
    if (!dial.heard) this.#countsOf(dial).heard += 1;
    dial.heard = true;
    this.#parts.set(number, { dial, sinceMs: this.#clock.nowMs() });
  }

  agentStateChanged({ number, state }: AgentView): void {
    const part = this.#parts.get(number);
    if (!part) return;
    const nowMs = this.#clock.nowMs();
    if (part.sinceMs !== null) part.dial.talkMs += nowMs - part.sinceMs;
    part.sinceMs = state === 'talk' ? nowMs : null;
    if (state === 'talk' || state === 'hold') return;
    this.#parts.delete(number);
    this.#countTalk(part.dial);
  }

  callEnded({ id }: CallView): void {
    const dial = this.#open.get(id);
    if (!dial) return;
    this.#open.delete(id);
    dial.ended = true;
    this.#countTalk(dial);
  }

  #countTalk(dial: FollowedDial): void {
    if (!dial.ended || !dial.heard || [...this.#parts.values()].some((part) => part.dial === dial)) return;
    const counts = this.#countsOf(dial);
    counts.handled += 1;
    counts.talkSeconds += Math.floor(dial.talkMs / 1000);
  }

  #countsOf({ campaign, startedMs }: FollowedDial): DialCounts {
    let minutes = this.byCampaign.get(campaign);
    if (!minutes) this.byCampaign.set(campaign, (minutes = new Map()));
    const start = Math.floor(startedMs / MINUTE_MS) * MINUTE_MS;
    let counts = minutes.get(start);
    if (!counts) minutes.set(start, (counts = { dialed: 0, heard: 0, nuisance: 0, handled: 0, talkSeconds: 0 }));
    return counts;
  }
}
