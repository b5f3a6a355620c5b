import type { NuisanceWindows } from './nuisance-windows.ts';
import type { PacingEvent, PacingFloor } from './pacing.ts';

/** The risk that keeps the reserve where it should be, before the campaign has taught its own. */
const FIRST_RISK = 0.04;
const LOWEST_RISK = 0.005;
const HIGHEST_RISK = 0.2;
/** So little that the reserve grows even so. */
const ALWAYS_RISK = 0.002;
/** Live answers after which the limit holds at every moment; until then a few nuisance calls are lent. */
const START_ANSWERS = 150;
const START_LENT = 1;
/** How fast the usual risk follows the reserve, per live answer. */
const FOLLOW = 0.001;

/**
 * Which risk a dial may take: a usual risk times how full the reserve is. The reserve is what the tightest window still allows; each live
 * answer adds 3 % of a nuisance call to it, each nuisance call takes one. As the risk falls with the reserve, few windows come
 * near the limit and none has to stop at it; the usual risk is what holds the reserve at its size.
 */
export class RiskBudget {
  #usual = FIRST_RISK;
  #left = 0;
  #answersPerMs = 0;
  #answers = 0;
  #countedMs = Number.NaN;

  constructor(known?: unknown) {
    if (typeof known === 'number' && known >= LOWEST_RISK && known <= HIGHEST_RISK) this.#usual = known;
  }

  /** Nuisance calls that the tightest window still allows. */
  get left(): number {
    return this.#left;
  }

  take(events: readonly PacingEvent[]): void {
    for (const { kind } of events) if (kind === 'passed' || kind === 'nuisance') this.#answers += 1;
  }

  /** The highest risk that a dial may take now, 0..1. */
  allowed(floor: PacingFloor, windows: NuisanceWindows): number {
    const { limits, nowMs, agents } = floor;
    const seconds = Math.max(0, Math.min(2, (nowMs - this.#countedMs) / 1000)) || 0;
    this.#countedMs = nowMs;
    // Answers per ms of the last ten minutes or so.
    this.#answersPerMs += (seconds / 600) * (this.#answers / Math.max(0.001, seconds * 1000) - this.#answersPerMs);
    const earning = 0.3 * limits.nuisanceShare * this.#answersPerMs;
    this.#left = Math.min(...limits.windowsMs.map((windowMs) => windows.allowance(nowMs, windowMs, limits.nuisanceShare, earning)));
    const reserve = reserveOf(agents.length);
    const lent = START_LENT * Math.max(0, 1 - windows.answers / START_ANSWERS);
    const fullness = Math.max(0, this.#left + lent) / reserve;
    if (windows.answers > START_ANSWERS) {
      this.#usual *= Math.exp(FOLLOW * this.#answers * Math.max(-1, Math.min(1, this.#left / reserve - 1)));
      this.#usual = Math.min(HIGHEST_RISK, Math.max(LOWEST_RISK, this.#usual));
    }
    this.#answers = 0;
    return Math.max(ALWAYS_RISK, this.#usual * (fullness < 1 ? fullness * fullness : Math.min(3, fullness)));
  }

  state(): number {
    return this.#usual;
  }
}

/** Nuisance calls kept in hand: a bad minute costs more of them where more agents are. */
function reserveOf(agents: number): number {
  return 6 + 0.1 * agents;
}
