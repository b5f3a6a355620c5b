import { VirtualClock } from '../../clock.ts';
import type { DialResult, PacingEvent, PacingLimits } from '../pacing.ts';
import { contactFuture, type ContactFuture } from './contact-future.ts';
import { type StudyResult, worstWindowShare } from './observed.ts';
import type { CampaignNature } from './standard-campaign.ts';
import { StudyAgent, StudyDial } from './study-timers.ts';

export interface RunSetting {
  nature: CampaignNature;
  limits: PacingLimits;
  seed: number;
  hours: number;
  /** How many agents are there at this time (ms from the start). Who goes finishes the call first, unless `abrupt`. */
  agentsAt(atMs: number): number;
  abrupt?: boolean;
  contacts: number;
  startMs: number;
}

/** Told after each second lived: ms since the start, contacts taken. */
export type OnSecond = (atMs: number, contacts: number) => void;

/** What drives a run: a pacing once a second, or the clairvoyant at any instant. */
export interface Driver {
  tick(run: CampaignRun): void;
  /** A talk began or an agent came: the agent is free again at this time, which only the clairvoyant may know. */
  free?(run: CampaignRun, atMs: number): void;
}

const TICK_MS = 1000;
const HOUR_MS = 3_600_000;

/** One campaign lived on a virtual clock, without a telephone: every dial meets the future of its contact. */
export class CampaignRun {
  readonly clock: VirtualClock;
  readonly agents: StudyAgent[] = [];
  readonly dials: StudyDial[] = [];
  readonly waiting: StudyDial[] = [];
  events: PacingEvent[] = [];
  nextContact = 0;
  readonly #ready: StudyAgent[] = [];
  readonly #answers: StudyResult['answers'] = [];
  readonly #sums = { talkMs: 0, busyMs: 0, loggedMs: 0, idleMs: 0, passed: 0, nuisances: 0, taken: 0, cancelled: 0, lines: 0, peak: 0, ticks: 0 };
  readonly #endMs: number;
  #talking = 0;

  constructor(readonly setting: RunSetting, readonly driver: Driver) {
    this.clock = new VirtualClock(setting.startMs);
    this.#endMs = setting.startMs + Math.round(setting.hours * HOUR_MS);
  }

  get contactsLeft(): number {
    return this.setting.contacts - this.nextContact;
  }

  /** Time since the start. */
  sinceStart(): number {
    return this.clock.nowMs() - this.setting.startMs;
  }

  live(onSecond?: OnSecond): StudyResult {
    while (!this.over) {
      this.second();
      onSecond?.(this.sinceStart(), this.nextContact);
    }
    return this.result();
  }

  /** The hours are over, or the file: nothing to dial, nobody on a line, no wrap-up. */
  get over(): boolean {
    if (this.clock.nowMs() >= this.#endMs) return true;
    return this.contactsLeft <= 0 && this.dials.length === 0 && this.waiting.length === 0 && this.#ready.length === this.agents.length && this.#sums.ticks > 0;
  }

  second(): void {
    this.#staff();
    this.driver.tick(this);
    const lines = this.dials.length + this.waiting.length + this.#talking;
    this.#sums.lines += lines;
    if (lines > this.#sums.peak) this.#sums.peak = lines;
    this.#sums.ticks += 1;
    this.clock.run(Math.min(this.clock.nowMs() + TICK_MS, this.#endMs));
  }

  /** What the time lived so far gave. */
  result(): StudyResult {
    for (const agent of this.agents) this.#account(agent);
    const sums = this.#sums;
    const hours = this.sinceStart() / HOUR_MS;
    return {
      hours,
      busyShare: sums.busyMs / sums.loggedMs,
      talkMinutesPerHour: (60 * sums.talkMs) / sums.loggedMs,
      waitSeconds: sums.idleMs / 1000 / sums.passed,
      nuisanceShare: sums.nuisances / (sums.nuisances + sums.passed),
      worstDayShare: worstWindowShare(this.#answers),
      passed: sums.passed,
      nuisances: sums.nuisances,
      takenForMachine: sums.taken,
      dials: this.nextContact,
      cancelled: sums.cancelled,
      contactsPerHour: this.nextContact / hours,
      lines: sums.lines / sums.ticks,
      peakLines: sums.peak,
      answers: this.#answers,
    };
  }

  future(index: number): ContactFuture {
    return contactFuture(this.setting.nature, this.setting.seed, index, this.sinceStart());
  }

  dial(): void {
    this.dialFuture(this.reserve());
  }

  /** Takes the next contact without dialing it yet. */
  reserve(): ContactFuture {
    const future = this.future(this.nextContact);
    this.nextContact += 1;
    return future;
  }

  dialFuture(future: ContactFuture): void {
    const dial = new StudyDial(this, future);
    dial.index = this.dials.length;
    this.dials.push(dial);
    this.clock.set(dial, dial.startedMs + dial.future.afterMs);
  }

  cancel(count: number): void {
    const mayMs = this.clock.nowMs() - this.setting.limits.minimumRingMs;
    const ringing = this.dials.filter((dial) => dial.answeredMs === null && dial.startedMs <= mayMs).sort((a, b) => a.startedMs - b.startedMs);
    for (const dial of ringing.slice(0, count)) {
      this.clock.cancel(dial);
      this.#sums.cancelled += 1;
      this.ended(dial, 'cancelled');
    }
  }

  /** A dial's timer: its answer or end; for a machine the recognition; for a waiting person the end of patience. */
  due(dial: StudyDial): void {
    const nowMs = this.clock.nowMs();
    const { outcome, afterMs } = dial.future;
    if (dial.isWaiting) {
      this.waiting.splice(this.waiting.indexOf(dial), 1);
      this.#sums.nuisances += 1;
      this.#answers.push({ atMs: this.sinceStart(), nuisance: true });
      this.events.push({ kind: 'nuisance', atMs: nowMs });
    } else if (dial.answeredMs !== null) {
      if (outcome === 'taken-for-machine') this.#sums.taken += 1;
      this.ended(dial, 'machine');
    } else if (outcome === 'machine' || outcome === 'taken-for-machine') {
      dial.answeredMs = nowMs;
      this.clock.set(dial, nowMs + this.setting.nature.recognitionMs);
    } else if (outcome === 'person') {
      dial.answeredMs = nowMs;
      this.ended(dial, 'person');
      const agent = this.#ready.shift();
      if (agent) this.#pass(dial, agent);
      else {
        dial.isWaiting = true;
        this.waiting.push(dial);
        this.clock.set(dial, nowMs + this.setting.nature.patienceMs);
      }
    } else this.ended(dial, outcome === 'refused' ? 'busy' : 'no-answer', afterMs);
  }

  ended(dial: StudyDial, result: DialResult, afterMs = (dial.answeredMs ?? this.clock.nowMs()) - dial.startedMs): void {
    const last = this.dials.pop();
    if (last && last !== dial) {
      this.dials[dial.index] = last;
      last.index = dial.index;
    }
    this.events.push({ kind: 'dialed', atMs: this.clock.nowMs(), result, afterMs });
  }

  /** An agent's timer: the end of a talk or of a wrap-up. */
  turn(agent: StudyAgent): void {
    const nowMs = this.clock.nowMs();
    const ms = nowMs - agent.sinceMs;
    this.#account(agent);
    if (agent.state === 'talking') {
      this.#talking -= 1;
      this.events.push({ kind: 'talked', atMs: nowMs, ms });
      agent.state = 'wrapup';
      this.clock.set(agent, nowMs + agent.wrapupMs);
    } else {
      this.events.push({ kind: 'wrapped', atMs: nowMs, ms });
      this.#makeReady(agent);
    }
  }

  #makeReady(agent: StudyAgent): void {
    agent.state = 'ready';
    if (agent.leaves) {
      this.agents.splice(this.agents.indexOf(agent), 1);
      return;
    }
    const person = this.waiting.shift();
    if (!person) {
      this.#ready.push(agent);
      return;
    }
    this.clock.cancel(person);
    this.#pass(person, agent);
  }

  #pass(dial: StudyDial, agent: StudyAgent): void {
    const nowMs = this.clock.nowMs();
    this.#account(agent);
    this.#sums.passed += 1;
    this.#talking += 1;
    this.#answers.push({ atMs: this.sinceStart(), nuisance: false });
    this.events.push({ kind: 'passed', atMs: nowMs, waitedMs: nowMs - (dial.answeredMs ?? nowMs) });
    agent.state = 'talking';
    agent.wrapupMs = dial.future.wrapupMs;
    const endMs = nowMs + Math.ceil(dial.future.talkMs * this.setting.nature.talkFactor(this.sinceStart()));
    this.clock.set(agent, endMs);
    this.driver.free?.(this, endMs + agent.wrapupMs);
  }

  #account(agent: StudyAgent): void {
    const nowMs = this.clock.nowMs();
    const ms = nowMs - agent.sinceMs;
    agent.sinceMs = nowMs;
    const sums = this.#sums;
    sums.loggedMs += ms;
    if (agent.state === 'talking') sums.talkMs += ms;
    if (agent.state === 'ready') sums.idleMs += ms;
    else sums.busyMs += ms;
  }

  #staff(): void {
    const wanted = this.setting.agentsAt(this.sinceStart());
    let staying = 0;
    for (const agent of this.agents) if (!agent.leaves) staying += 1;
    for (; staying < wanted; staying += 1) {
      const agent = new StudyAgent(this);
      this.agents.push(agent);
      this.driver.free?.(this, this.clock.nowMs());
      this.#makeReady(agent);
    }
    while (staying > wanted) {
      const agent = this.agents.find((each) => !each.leaves);
      if (!agent) break;
      staying -= 1;
      agent.leaves = true;
      if (agent.state !== 'ready' && !this.setting.abrupt) continue;
      this.#account(agent);
      this.clock.cancel(agent);
      if (agent.state === 'talking') this.#talking -= 1;
      if (agent.state === 'ready') this.#ready.splice(this.#ready.indexOf(agent), 1);
      this.agents.splice(this.agents.indexOf(agent), 1);
    }
  }
}
