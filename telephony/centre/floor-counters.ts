import type { Clock } from '../clock.ts';
import type { CentreConfiguration, Queue } from '../configuration.ts';
import { END_REASONS, type EndReason } from '../rows.ts';
import type { AgentView, AutomatonEvents, CallView } from '../views.ts';

const MINUTE_MS = 60_000;

/** Counts of one minute. Seconds are whole, floored visit by visit or call by call. */
export interface MinuteCounts {
  /** Calls only: a queue has no offered calls besides the queued ones. */
  offered: number;
  queued: number;
  answered: number;
  answeredInTarget: number;
  abandoned: number;
  shortAbandoned: number;
  /** Of a call: known when it is over. */
  overflowed: number;
  noAgent: number;
  /** Answered and over: what an agent's part, or the whole call, cost is known. */
  handled: number;
  /** Of the handled. */
  transferred: number;
  waitSeconds: number;
  talkSeconds: number;
}

type Fate = 'answered' | 'abandoned' | 'overflowed' | 'noAgent';

/** One stay in one queue. */
interface Visit {
  queue: number;
  enteredMs: number;
}

interface FollowedCall {
  startedMs: number;
  visit: Visit | null;
  /** Of the first visit: its queue, and its wait once it is over. */
  first: Visit | null;
  firstWaitMs: number | null;
  overflowed: boolean;
  fate: Fate | null;
  transferred: boolean;
  /** A consulted transfer was completed: the next `connected` begins no new visit. */
  handedOver: boolean;
  talkMs: number;
  ended: boolean;
  /** Agents who still hold it; the talk is counted when it is ended. */
  consultation: Visit | null;
}

/** An agent's part in a call. */
interface Part {
  call: FollowedCall;
  visit: Visit;
  talkMs: number;
  /** Start of the running talk of the agent, and of the caller; null = none runs. */
  talkingSinceMs: number | null;
  callerSinceMs: number | null;
}

/**
 * Counters kept on the floor, from the automaton's events and never from its rows, by the rules of the
 * warehouse: visits by the minute in which they entered their queue, calls by the minute in which they
 * started, both once their fate is known. What the warehouse computes from the rows must equal them.
 */
export class FloorCounters implements AutomatonEvents {
  /** By queue, then by minute (epoch ms of its start). */
  readonly byQueue = new Map<number, Map<number, MinuteCounts>>();
  /** By minute, each call once. */
  readonly calls = new Map<number, MinuteCounts>();
  readonly #clock: Clock;
  readonly #queues: ReadonlyMap<number, Queue>;
  readonly #open = new Map<string, FollowedCall>();
  readonly #parts = new Map<number, Part>();

  constructor(clock: Clock, configuration: CentreConfiguration) {
    this.#clock = clock;
    this.#queues = new Map(configuration.queues.map((queue) => [queue.number, queue]));
  }

  callStarted(call: CallView): void {
    if (call.isConsultation) return;
    this.#open.set(call.id, {
      startedMs: call.startedMs, visit: null, first: null, firstWaitMs: null, overflowed: false, fate: null,
      transferred: false, handedOver: false, talkMs: 0, ended: false, consultation: null,
    });
    this.#minute(this.calls, call.startedMs).offered += 1;
  }

  queued(call: CallView, queue: number): void {
    this.#enter(call, queue);
  }

  ringing(_agent: AgentView, call: CallView): void {
    this.#enter(call, call.queue);
  }

  overflowed(call: CallView, from: number): void {
    const followed = this.#open.get(call.id);
    if (!followed) return;
    this.#leave(call, this.#enter(call, from), 'overflowed');
    if (!call.isConsultation && followed.fate === null) followed.overflowed = true;
  }

  connected(agent: AgentView, call: CallView): void {
    const followed = this.#open.get(call.id);
    if (!followed) return;
    const nowMs = this.#clock.nowMs();
    const held = this.#parts.get(agent.number);
    if (followed.handedOver && held) {
      followed.handedOver = false;
      held.callerSinceMs = nowMs;
      return;
    }
    const visit = this.#enter(call, call.queue) ?? { queue: 0, enteredMs: nowMs };
    this.#leave(call, visit, 'answered');
    this.#parts.set(agent.number, { call: followed, visit, talkMs: 0, talkingSinceMs: nowMs, callerSinceMs: call.isConsultation ? null : nowMs });
    if (!call.isConsultation && followed.fate === null) this.#fate(followed, 'answered');
  }

  transferred(call: CallView, from: number, mode: 'blind' | 'consulted'): void {
    const followed = this.#open.get(call.id);
    const visit = this.#parts.get(from)?.visit;
    if (!followed) return;
    followed.handedOver = mode === 'consulted';
    followed.transferred = true;
    if (visit && visit.queue > 0) this.#at(visit).transferred += 1;
  }

  agentStateChanged(agent: AgentView): void {
    const part = this.#parts.get(agent.number);
    if (!part) return;
    const nowMs = this.#clock.nowMs();
    if (agent.state === 'talk') {
      part.talkingSinceMs ??= nowMs;
      if (part.callerSinceMs === null && agent.call && !agent.call.isConsultation) part.callerSinceMs = nowMs;
      return;
    }
    if (part.talkingSinceMs !== null) part.talkMs += nowMs - part.talkingSinceMs;
    if (part.callerSinceMs !== null) part.call.talkMs += nowMs - part.callerSinceMs;
    part.talkingSinceMs = null;
    part.callerSinceMs = null;
    if (agent.state === 'hold') return;
    this.#parts.delete(agent.number);
    if (part.visit.queue > 0) {
      const counts = this.#at(part.visit);
      counts.handled += 1;
      counts.talkSeconds += Math.floor(part.talkMs / 1000);
    }
    this.#countTalk(part.call);
  }

  callEnded(call: CallView, reason: EndReason): void {
    const followed = this.#open.get(call.id);
    if (!followed) return;
    if (call.isConsultation) {
      // One that nobody answered had no fate.
      followed.consultation = null;
      return;
    }
    this.#open.delete(call.id);
    followed.ended = true;
    const fate = reason === END_REASONS.noAgent ? 'noAgent' : reason === END_REASONS.maximumWait ? 'overflowed' : 'abandoned';
    const visit = fate === 'noAgent' ? this.#enter(call, call.queue, followed) : followed.visit;
    if (visit) {
      this.#leave(call, visit, fate, followed);
      if (followed.fate === null) this.#fate(followed, fate);
    }
    const counts = this.#minute(this.calls, followed.startedMs);
    if (followed.overflowed && followed.fate !== null && followed.fate !== 'overflowed') counts.overflowed += 1;
    if (followed.fate === 'answered') {
      counts.handled += 1;
      if (followed.transferred) counts.transferred += 1;
    }
    this.#countTalk(followed);
  }

  /** The running visit, begun now if there is none. Null for an agent called directly. */
  #enter(call: CallView, queue: number, followed = this.#open.get(call.id)): Visit | null {
    if (!followed || queue === 0) return null;
    const running = call.isConsultation ? followed.consultation : followed.visit;
    if (running) return running;
    const visit = { queue, enteredMs: this.#clock.nowMs() };
    if (call.isConsultation) followed.consultation = visit;
    else {
      followed.visit = visit;
      followed.first ??= visit;
    }
    return visit;
  }

  #leave(call: CallView, visit: Visit | null, fate: Fate, followed = this.#open.get(call.id)): void {
    if (!followed || !visit || visit.queue === 0) return;
    if (call.isConsultation) followed.consultation = null;
    else followed.visit = null;
    const waitMs = this.#clock.nowMs() - visit.enteredMs;
    if (visit === followed.first) followed.firstWaitMs ??= waitMs;
    this.#count(this.#at(visit), fate, visit.queue, waitMs);
  }

  /** What became of the call, once. */
  #fate(followed: FollowedCall, fate: Fate): void {
    followed.fate = fate;
    this.#count(this.#minute(this.calls, followed.startedMs), fate, followed.first?.queue ?? 0, followed.firstWaitMs ?? 0);
  }

  #count(counts: MinuteCounts, fate: Fate, queue: number, waitMs: number): void {
    const settings = this.#queues.get(queue);
    const waitSeconds = Math.floor(waitMs / 1000);
    counts.queued += 1;
    counts[fate] += 1;
    counts.waitSeconds += waitSeconds;
    if (fate === 'answered' && waitSeconds <= (settings?.targetSeconds ?? 20)) counts.answeredInTarget += 1;
    if (fate === 'abandoned' && waitSeconds <= (settings?.shortAbandonSeconds ?? 5)) counts.shortAbandoned += 1;
  }

  #countTalk(followed: FollowedCall): void {
    if (!followed.ended || [...this.#parts.values()].some(({ call }) => call === followed)) return;
    this.#minute(this.calls, followed.startedMs).talkSeconds += Math.floor(followed.talkMs / 1000);
    followed.talkMs = 0;
  }

  #at(visit: Visit): MinuteCounts {
    let minutes = this.byQueue.get(visit.queue);
    if (!minutes) this.byQueue.set(visit.queue, (minutes = new Map()));
    return this.#minute(minutes, visit.enteredMs);
  }

  #minute(minutes: Map<number, MinuteCounts>, atMs: number): MinuteCounts {
    const start = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
    let counts = minutes.get(start);
    if (!counts) {
      counts = noCounts();
      minutes.set(start, counts);
    }
    return counts;
  }
}

export function noCounts(): MinuteCounts {
  return { offered: 0, queued: 0, answered: 0, answeredInTarget: 0, abandoned: 0, shortAbandoned: 0, overflowed: 0, noAgent: 0, handled: 0, transferred: 0, waitSeconds: 0, talkSeconds: 0 };
}
