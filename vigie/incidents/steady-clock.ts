import { uptime } from 'node:os';

/** Where time is read: the wall's, which people and other programs set, and one that only runs. Milliseconds. */
export interface TimeSources {
  wallMs(): number;
  /** Begins anywhere and never goes back. It should go on while the machine is suspended. */
  monotonicMs(): number;
}

export interface ClockJump {
  /** How far the wall's clock went beyond the time that has passed; negative = backwards. */
  byMs: number;
  /** Steady time of the look that saw it. */
  atMs: number;
}

/** Time that passes like real time, in whole milliseconds, whatever happens to the wall's clock. */
export interface SteadyClock {
  nowMs(): number;
  /** Looks at the wall's clock: small corrections are followed slowly, a jump is told and not followed. */
  look(): ClockJump | null;
  /** Takes the wall's time over, for when nothing runs that a jump could change. */
  settle(): void;
  /** What is written down has happened: it is not earlier from now on. */
  notBefore(ms: number): void;
}

/** Less than this a time server corrects all day. */
const JUMP_MS = 2000;
/** Of the time that passed, as a time server slews at most: an hour is wrong by less than two seconds. */
const SLEW_SHARE = 0.0005;

/** The machine's clocks. Linux' uptime counts while the machine is suspended, which Node's own monotonic time does not. */
export const machineTime: TimeSources = {
  wallMs: () => Date.now(),
  monotonicMs: process.platform === 'linux' ? () => uptime() * 1000 : () => performance.now(),
};

/** @param startMs what is known to have happened before. */
export function createSteadyClock({ wallMs, monotonicMs }: TimeSources, startMs = Number.NEGATIVE_INFINITY): SteadyClock {
  let floorMs = startMs;
  /** Steady − monotonic. */
  let offsetMs = Math.max(wallMs(), floorMs) - monotonicMs();
  /** Wall − steady, as far as it is no error: jumps that were not followed. */
  let gapMs = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  let lookedMs = monotonicMs();

  const nowMs = (): number => (lastMs = Math.floor(Math.max(lastMs, floorMs, offsetMs + monotonicMs())));
  const stand = (steadyMs: number): void => {
    offsetMs = steadyMs - monotonicMs();
    gapMs = wallMs() - steadyMs;
    lastMs = steadyMs;
  };
  stand(nowMs());

  return {
    nowMs,
    look() {
      const monotonic = monotonicMs();
      const passedMs = Math.max(0, monotonic - lookedMs);
      lookedMs = monotonic;
      const errorMs = wallMs() - (offsetMs + monotonic) - gapMs;
      if (Math.abs(errorMs) >= JUMP_MS) {
        gapMs += errorMs;
        return { byMs: errorMs, atMs: nowMs() };
      }
      offsetMs += Math.max(-passedMs * SLEW_SHARE, Math.min(passedMs * SLEW_SHARE, errorMs));
      return null;
    },
    settle: () => stand(Math.max(wallMs(), floorMs)),
    notBefore(ms) {
      if (ms > nowMs()) stand(ms);
      floorMs = Math.max(floorMs, ms);
    },
  };
}
