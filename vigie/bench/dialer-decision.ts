import type { Pacing, PacingDecision, PacingFloor, PacingState } from '../../telephony/dialer/pacing.ts';
import { PredictivePacing } from '../../telephony/dialer/pacing-predictive.ts';
import { CampaignRun } from '../../telephony/dialer/study/campaign-run.ts';
import { PacedDriver } from '../../telephony/dialer/study/paced-driver.ts';
import { standardSetting } from '../../telephony/dialer/study/scenarios.ts';
import type { Bench } from './bench.ts';
import { quantile } from './quantile.ts';

/** Until estimates are good and all agents talk; decisions before are of another kind. */
const FIRST_SECONDS = 600;
const SECONDS = 900;
const ATMOST_MS = 10;

/** What a second's decisions cost the core: of fifty campaigns that are dialed at once, and of one with all their agents. */
export const dialerDecision: Bench = {
  name: 'dialer-decision',
  describe: `a second's predictive decisions for 500 agents: 50 campaigns of 10, one campaign of 500; ${SECONDS} seconds`,
  unit: 'ms',
  variants: {
    '50 campaigns': () => Promise.resolve(decisions(50, 10)),
    '1 campaign': () => Promise.resolve(decisions(1, 500)),
  },
  ratios: [],
  limits: [
    { name: '500 agents in 50 campaigns, p99', of: '50 campaigns, p99', atMost: ATMOST_MS },
    { name: '500 agents in 1 campaign, p99', of: '1 campaign, p99', atMost: ATMOST_MS },
  ],
};

function decisions(campaigns: number, agents: number): Record<'median' | 'p99' | 'longest', number> {
  const runs = Array.from({ length: campaigns }, (_, index) => {
    const pacing = new TimedPacing();
    return { pacing, run: new CampaignRun(standardSetting(agents, index + 1), new PacedDriver(pacing)) };
  });
  const took: number[] = [];
  for (let second = 0; second < FIRST_SECONDS + SECONDS; second += 1) {
    let ms = 0;
    for (const { pacing, run } of runs) {
      run.second();
      ms += pacing.ms;
    }
    if (second >= FIRST_SECONDS) took.push(ms);
  }
  return { median: quantile(took, 0.5), p99: quantile(took, 0.99), longest: Math.max(...took) };
}

class TimedPacing implements Pacing {
  readonly mode = 'predictive';
  /** What the latest decision took. */
  ms = 0;
  readonly #pacing = new PredictivePacing();

  decide(floor: PacingFloor): PacingDecision {
    const begun = performance.now();
    const decision = this.#pacing.decide(floor);
    this.ms = performance.now() - begun;
    return decision;
  }

  state(): PacingState {
    return this.#pacing.state();
  }
}
