import type { Queue as QueueSettings } from '../configuration.ts';
import type { Agent } from './agent.ts';
import type { Call } from './call.ts';
import type { Opening } from './opening.ts';

/** One agent's skill for one queue, and its place among the ready agents of that level. */
export class Skill {
  readonly agent: Agent;
  readonly queue: Queue;
  readonly level: number;
  /** The agent's next skill: a chain, as a list of each agent's own is two cache misses more. */
  nextOfAgent: Skill | null = null;
  next: Skill | null = null;
  previous: Skill | null = null;

  constructor(agent: Agent, queue: Queue, level: number) {
    this.agent = agent;
    this.queue = queue;
    this.level = level;
  }
}

/** Counters of a queue since the start; a visit counts when its fate is known. */
export interface QueueCounters {
  queued: number;
  answered: number;
  answeredInTarget: number;
  abandoned: number;
  shortAbandoned: number;
  overflowed: number;
  noAgent: number;
  closed: number;
  rerouted: number;
}

/** Calls in order of service, linked through the calls. */
export class CallList {
  head: Call | null = null;
  tail: Call | null = null;
  size = 0;

  /** Keeps the order of entry: a call that comes back after a refused offer stands where it stood. */
  insert(call: Call): void {
    let after = this.tail;
    if (after && comesBefore(call, after)) {
      // Who comes back entered before nearly all: walk from the head.
      let before = this.head;
      while (before && !comesBefore(call, before)) before = before.nextInQueue;
      after = before ? before.previousInQueue : null;
    }
    const next = after ? after.nextInQueue : this.head;
    call.previousInQueue = after;
    call.nextInQueue = next;
    if (after) after.nextInQueue = call;
    else this.head = call;
    if (next) next.previousInQueue = call;
    else this.tail = call;
    this.size += 1;
  }

  remove(call: Call): void {
    const { nextInQueue: next, previousInQueue: previous } = call;
    if (previous) previous.nextInQueue = next;
    else this.head = next;
    if (next) next.previousInQueue = previous;
    else this.tail = previous;
    call.nextInQueue = null;
    call.previousInQueue = null;
    this.size -= 1;
  }
}

/** A queue: who waits, who rings, who is ready by level. Everything that routing asks takes constant time. */
export class Queue {
  readonly number: number;
  settings: QueueSettings;
  priority = 0;
  maximumWaitMs = Infinity;
  ringMs = 0;
  maximumWrapupMs = Infinity;
  opening: Opening | null = null;
  /** No longer configured: takes no more calls. */
  removed = false;
  readonly waiting = new CallList();
  readonly ringing = new CallList();
  readonly #readyHeads: (Skill | null)[] = Array.from({ length: 10 }, () => null);
  readonly #readyTails: (Skill | null)[] = Array.from({ length: 10 }, () => null);
  /** Bit n = somebody of level n is ready. */
  #readyLevels = 0;
  readyCount = 0;
  loggedIn = 0;
  talking = 0;
  dirty = false;
  readonly counters: QueueCounters = { queued: 0, answered: 0, answeredInTarget: 0, abandoned: 0, shortAbandoned: 0, overflowed: 0, noAgent: 0, closed: 0, rerouted: 0 };

  constructor(settings: QueueSettings) {
    this.number = settings.number;
    this.settings = settings;
  }

  apply(settings: QueueSettings, opening: Opening | null): void {
    this.settings = settings;
    this.opening = opening;
    this.removed = false;
    this.priority = settings.priority;
    this.maximumWaitMs = settings.maximumWaitSeconds === null ? Infinity : settings.maximumWaitSeconds * 1000;
    this.ringMs = settings.ringTimeoutSeconds * 1000;
    this.maximumWrapupMs = settings.maximumWrapupSeconds === null ? Infinity : settings.maximumWrapupSeconds * 1000;
  }

  isOpen(nowMs: number): boolean {
    return !this.removed && (this.opening === null || this.opening.isOpen(nowMs));
  }

  /** Best level, then longest idle. */
  bestReady(): Agent | null {
    return this.#readyHeads[31 - Math.clz32(this.#readyLevels)]?.agent ?? null;
  }

  addReady(skill: Skill): void {
    const { level } = skill;
    const tail = this.#readyTails[level] ?? null;
    skill.previous = tail;
    skill.next = null;
    if (tail) tail.next = skill;
    else {
      this.#readyHeads[level] = skill;
      this.#readyLevels |= 1 << level;
    }
    this.#readyTails[level] = skill;
    this.readyCount += 1;
  }

  removeReady(skill: Skill): void {
    const { level, next, previous } = skill;
    if (previous) previous.next = next;
    else this.#readyHeads[level] = next;
    if (next) next.previous = previous;
    else this.#readyTails[level] = previous;
    if (!next && !previous) this.#readyLevels &= ~(1 << level);
    skill.next = null;
    skill.previous = null;
    this.readyCount -= 1;
  }

  /** Before skills are linked anew. */
  clearAgents(): void {
    this.#readyHeads.fill(null);
    this.#readyTails.fill(null);
    this.#readyLevels = 0;
    this.readyCount = 0;
    this.loggedIn = 0;
  }
}

/** Longer wait first; of equal waits the earlier call. */
export function comesBefore(a: Call, b: Call): boolean {
  return a.enteredMs < b.enteredMs || (a.enteredMs === b.enteredMs && a.number < b.number);
}
