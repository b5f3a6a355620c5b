/**
 * Watches whether persons answer as often as the estimate says: two cumulative sums of log-likelihood ratios (Page, *Continuous
 * inspection schemes*, 1954), for twice and for half the expected rate.
 */
export class AnswerChange {
  #up = 0;
  #upExpected = 0;
  #upSeen = 0;
  #down = 0;
  #downExpected = 0;
  #downSeen = 0;

  /** One interval: how many answers were expected, how many came. */
  take(expected: number, seen: number): void {
    this.#up += seen * Math.LN2 - expected;
    this.#upExpected += expected;
    this.#upSeen += seen;
    if (this.#up <= 0) [this.#up, this.#upExpected, this.#upSeen] = [0, 0, 0];
    this.#down += expected / 2 - seen * Math.LN2;
    this.#downExpected += expected;
    this.#downSeen += seen;
    if (this.#down <= 0) [this.#down, this.#downExpected, this.#downSeen] = [0, 0, 0];
  }

  /** By how much answers may outrun the estimate: 1 without evidence, towards what was seen as the evidence grows. */
  get factor(): number {
    if (this.#up <= SUSPECT) return 1;
    const belief = Math.min(1, (this.#up - SUSPECT) / (CERTAIN - SUSPECT));
    return 1 + belief * (this.#upSeen / Math.max(0.5, this.#upExpected) - 1);
  }

  /** The rate has changed: its ratio to the estimate, told once. Null = it has not. */
  changed(): number | null {
    if (this.#up < CERTAIN && this.#down < CERTAIN) return null;
    const ratio = this.#up >= CERTAIN ? this.#upSeen / Math.max(0.5, this.#upExpected) : (this.#downSeen + 0.5) / (this.#downExpected + 0.5);
    [this.#up, this.#upExpected, this.#upSeen, this.#down, this.#downExpected, this.#downSeen] = [0, 0, 0, 0, 0, 0];
    return ratio;
  }
}

/**
 * Evidence in units of log likelihood. At 6 some rates that had not changed were told a dozen times in ten hours, and the caution after each
 * cost 10 agents up to two hundredths of their time; a real jump is met by {@link AnswerChange.factor} long before it is certain.
 */
const SUSPECT = 2;
const CERTAIN = 9;
