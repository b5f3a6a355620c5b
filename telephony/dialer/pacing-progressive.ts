import { NuisanceWindows } from './nuisance-windows.ts';
import type { Pacing, PacingDecision, PacingFloor, PacingState } from './pacing.ts';
import { roomToDial, unestimated } from './pacing-room.ts';

/** One number in flight per free agent: nobody who answers waits, and agents listen to most of the ringing. */
export class ProgressivePacing implements Pacing {
  readonly mode = 'progressive';
  readonly #windows: NuisanceWindows;

  constructor(state?: PacingState) {
    this.#windows = new NuisanceWindows(state?.['windows']);
  }

  decide(floor: PacingFloor): PacingDecision {
    this.#windows.take(floor.events);
    let ready = 0;
    for (const agent of floor.agents) if (agent.state === 'ready') ready += 1;
    const room = roomToDial(floor);
    const wanted = Math.max(0, ready - floor.dials.length - floor.waiting.length);
    const dial = Math.min(wanted, room.most);
    return { dial, cancel: 0, why: { ...unestimated(floor, this.#windows, dial, ready), bound: dial < wanted || room.most === 0 ? room.bound : 'level' } };
  }

  state(): PacingState {
    return { mode: this.mode, version: 1, windows: this.#windows.state() };
  }
}
