import { NuisanceWindows } from './nuisance-windows.ts';
import type { Pacing, PacingDecision, PacingFloor, PacingState } from './pacing.ts';
import { roomToDial, unestimated } from './pacing-room.ts';

export type VicidialMethod = 'HARD_LIMIT' | 'AVERAGE' | 'TAPERED';

export interface VicidialSetting {
  method: VicidialMethod;
  /** Agents that should be free on average (adaptive_dl_diff_target). */
  target: number;
  /** The share above which the method acts (adaptive_dropped_percentage). */
  dropShare: number;
  /** How long a day of calling is, ms: what TAPERED counts down to; then today's drops and answers are counted anew. */
  dayMs: number;
}

interface VicidialState {
  level: number;
  startMs: number;
  adaptedMs: number;
  drops: number;
  answers: number;
  /** One entry a second of the last minute: agents ready minus calls waiting; drops and answers of that second. */
  differences: number[];
  recent: { drops: number; answers: number }[];
}

const ADAPT_MS = 15_000;
const HIGHEST_LEVEL = 3;

/**
 * VICIdial's adaptive dial level, by the constants it publishes (AST_VDadapt.pl): the level follows the difference of free agents and
 * waiting calls over the last minute, and falls by the method's own rule while today's drops are over the limit. Dials fill
 * level × (agents free or talking); agents in wrap-up are paused for it.
 */
export class VicidialPacing implements Pacing {
  readonly mode = 'vicidial';
  readonly #setting: VicidialSetting;
  readonly #windows: NuisanceWindows;
  #state: VicidialState;

  constructor(setting: VicidialSetting, state?: PacingState) {
    this.#setting = setting;
    this.#windows = new NuisanceWindows(state?.['windows']);
    const known = state?.['level'];
    this.#state = { level: typeof known === 'number' && known >= 1 && known <= HIGHEST_LEVEL ? known : 1, startMs: -1, adaptedMs: -1, drops: 0, answers: 0, differences: [], recent: [] };
  }

  decide(floor: PacingFloor): PacingDecision {
    const state = this.#state;
    if (state.startMs < 0) [state.startMs, state.adaptedMs] = [floor.nowMs, floor.nowMs];
    else if (floor.nowMs >= state.startMs + this.#setting.dayMs) [state.startMs, state.drops, state.answers] = [floor.nowMs, 0, 0];
    this.#windows.take(floor.events);
    let [ready, talking] = [0, 0];
    for (const agent of floor.agents) {
      if (agent.state === 'ready') ready += 1;
      else if (agent.state === 'talking') talking += 1;
    }
    this.#count(floor, ready);
    if (floor.nowMs - state.adaptedMs >= ADAPT_MS) {
      state.adaptedMs = floor.nowMs;
      state.level = this.#adapted(floor);
    }
    const room = roomToDial(floor);
    const wanted = Math.max(0, Math.floor(state.level * (ready + talking)) - talking - floor.waiting.length - floor.dials.length);
    const dial = Math.min(wanted, room.most);
    const why = { ...unestimated(floor, this.#windows, dial, ready), level: state.level, bound: dial < wanted || room.most === 0 ? room.bound : 'level' as const };
    return { dial, cancel: 0, why };
  }

  state(): PacingState {
    return { mode: this.mode, version: 1, level: this.#state.level, windows: this.#windows.state() };
  }

  #count(floor: PacingFloor, ready: number): void {
    const state = this.#state;
    let [drops, answers] = [0, 0];
    for (const event of floor.events) {
      if (event.kind === 'nuisance') drops += 1;
      if (event.kind === 'nuisance' || event.kind === 'passed') answers += 1;
    }
    state.drops += drops;
    state.answers += answers;
    state.differences.push(ready - floor.waiting.length);
    state.recent.push({ drops, answers });
    if (state.differences.length > 60) {
      state.differences.shift();
      state.recent.shift();
    }
  }

  #adapted({ agents, nowMs }: PacingFloor): number {
    const { level, differences, recent, drops, answers, startMs } = this.#state;
    const { method, target, dropShare, dayMs } = this.#setting;
    if (agents.length === 0) return level;
    const difference = differences.reduce((sum, value) => sum + value, 0) / differences.length;
    let next = level * (1 + (difference + target) / agents.length);
    if (answers > 50 && drops / answers > dropShare) {
      if (method === 'HARD_LIMIT') next = 1;
      else if (method === 'AVERAGE') next = level / 2;
      else next = level * (Math.max(0, startMs + dayMs - nowMs) / 3_600_000 / 10);
    }
    let [lately, latelyDropped] = [0, 0];
    for (const second of recent) {
      lately += second.answers;
      latelyDropped += second.drops;
    }
    if (lately > 20 && latelyDropped / lately > 0.5) next = level / 2;
    return Math.min(HIGHEST_LEVEL, Math.max(1, next));
  }
}
