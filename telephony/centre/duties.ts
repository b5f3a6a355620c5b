import { CallbackTimer, type Clock } from '../clock.ts';
import type { Command } from '../commands.ts';
import type { Random } from '../random.ts';
import type { AgentState } from '../rows.ts';
import type { PlannedPause, Roster } from './roster.ts';
import type { Worker } from './worker.ts';

const DAY_MS = 86_400_000;
/** No call is in hand; a number that rings for the agent is none yet. */
const FREE: ReadonlySet<AgentState> = new Set(['ready', 'preview', 'dialing']);

export interface DutiesOptions {
  clock: Clock;
  roster: Roster;
  random: Random;
  /** By number. */
  workers: ReadonlyMap<number, Worker>;
  /** False = refused. */
  command: (command: Command) => boolean;
  state: (worker: Worker) => AgentState;
  /** Of the moment of pause between the last dial and the way home. */
  reason: string;
}

/** The agents' comings and goings: they log in, take the breaks of their roster when no call is in hand, and go home. */
export class Duties {
  readonly #options: DutiesOptions;
  #stopped = false;

  constructor(options: DutiesOptions) {
    this.#options = options;
  }

  /** Whoever is on duty now logs in, within `settleMs`; the others come when their time has come. */
  start(settleMs = 0): void {
    const nowMs = this.#options.clock.nowMs();
    const today = Math.floor(nowMs / DAY_MS);
    // Local days begin and shifts end in other UTC days: from yesterday's night shift to tomorrow's early one.
    for (const day of [today - 1, today, today + 1]) this.#assign(day, nowMs, settleMs);
    this.#planDay(today + 2);
  }
  /** Nobody comes or goes by the roster any more. */
  stop(): void {
    this.#stopped = true;
  }

  /** The shift timer is due: login, pauses, logout. */
  turn(worker: Worker): void {
    const { clock } = this.#options;
    const duty = worker.duties[0];
    if (!duty || this.#stopped) return;
    const nowMs = clock.nowMs();
    const agent = worker.number;
    if (!worker.loggedIn) {
      worker.loggedIn = this.#options.command({ kind: 'login', agent });
      worker.pauses = duty.pauses.flatMap((pause) => leftOf(pause, nowMs));
      if (!this.#pauseIfDue(worker)) this.#options.command({ kind: 'ready', agent });
    } else if (worker.pausedUntilMs > 0) {
      worker.pausedUntilMs = 0;
      if (nowMs >= duty.toMs) this.#logout(worker);
      else this.#options.command({ kind: 'ready', agent });
    } else if (FREE.has(this.#options.state(worker))) this.free(worker);
    this.plan(worker);
  }

  /** The next entry of the roster waits for the work in hand. */
  isDue({ duties: [duty], pauses: [pause] }: Worker): boolean {
    const nowMs = this.#options.clock.nowMs();
    return !duty || nowMs >= Math.min(duty.toMs, pause?.fromMs ?? Number.POSITIVE_INFINITY);
  }

  /** Nothing in hand: home, to a pause that is due, or ready. While a number rings for the agent, it is asked for. */
  free(worker: Worker): void {
    if (this.#options.state(worker) === 'dialing') {
      worker.breaking = this.isDue(worker) && this.#options.command({ kind: 'pause', agent: worker.number, reason: worker.pauses[0]?.reason ?? this.#options.reason });
      return;
    }
    const nowMs = this.#options.clock.nowMs();
    const duty = worker.duties[0];
    if (!duty || nowMs >= duty.toMs) this.#logout(worker);
    else if (!this.#pauseIfDue(worker)) this.#options.command({ kind: this.#options.state(worker) === 'wrapup' ? 'end-wrapup' : 'ready', agent: worker.number });
    this.plan(worker);
  }

  #pauseIfDue(worker: Worker): boolean {
    const nowMs = this.#options.clock.nowMs();
    const pause = worker.pauses[0];
    if (!pause || pause.fromMs > nowMs) return false;
    worker.pausedUntilMs = Math.max(nowMs + 20_000, Math.min(nowMs + pause.lengthMs, worker.duties[0]?.toMs ?? nowMs));
    if (this.#options.command({ kind: 'pause', agent: worker.number, reason: pause.reason })) {
      worker.breaking = false;
      worker.pauses.shift();
      return true;
    }
    worker.pausedUntilMs = 0;
    return false;
  }

  #logout(worker: Worker): void {
    this.#options.command({ kind: 'logout', agent: worker.number });
    worker.loggedIn = false;
    worker.breaking = false;
    worker.pauses = [];
    worker.pausedUntilMs = 0;
    worker.duties.shift();
  }

  /** Sets the shift timer to the next thing of the roster; while a call is in hand its end asks again. */
  plan(worker: Worker): void {
    const { clock } = this.#options;
    const duty = worker.duties[0];
    if (!duty) return clock.cancel(worker.shift);
    const nowMs = clock.nowMs();
    if (!worker.loggedIn) clock.set(worker.shift, Math.max(nowMs, duty.fromMs));
    else if (worker.pausedUntilMs > 0) clock.set(worker.shift, worker.pausedUntilMs);
    else {
      const dueMs = Math.min(duty.toMs, worker.pauses[0]?.fromMs ?? Number.POSITIVE_INFINITY);
      if (dueMs > nowMs) clock.set(worker.shift, dueMs);
      else clock.cancel(worker.shift);
    }
  }

  #planDay(day: number): void {
    const { clock } = this.#options;
    clock.set(new CallbackTimer(() => {
      if (this.#stopped) return;
      this.#assign(day, clock.nowMs(), 0);
      this.#planDay(day + 1);
    }), (day - 1) * DAY_MS);
  }

  #assign(day: number, nowMs: number, settleMs: number): void {
    for (const duty of this.#options.roster.of(day)) {
      if (duty.toMs <= nowMs) continue;
      const worker = this.#options.workers.get(duty.person.agent.number);
      if (!worker) continue;
      const fromMs = duty.fromMs <= nowMs ? nowMs + settleMs * this.#options.random.next() : duty.fromMs;
      worker.duties.push({ ...duty, fromMs });
      if (worker.duties.length === 1) this.plan(worker);
    }
  }
}

/** Who begins in the middle of a shift, because the floor only then begins, has part of a pause behind. */
function leftOf(pause: PlannedPause, nowMs: number): PlannedPause[] {
  const endMs = pause.fromMs + pause.lengthMs;
  if (endMs <= nowMs) return [];
  return pause.fromMs >= nowMs ? [pause] : [{ ...pause, fromMs: nowMs, lengthMs: endMs - nowMs }];
}
