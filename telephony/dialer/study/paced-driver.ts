import type { Pacing, PacingDecision, PacingFloor, PacingWaiting } from '../pacing.ts';
import type { CampaignRun, Driver } from './campaign-run.ts';

/** Asks the pacing once a second and does what it says. */
export class PacedDriver implements Driver {
  last: PacingDecision | null = null;

  constructor(readonly pacing: Pacing) {}

  tick(run: CampaignRun): void {
    const { events } = run;
    run.events = [];
    const waiting: readonly PacingWaiting[] = run.waiting.map(({ answeredMs, startedMs }) => ({ answeredMs: answeredMs ?? startedMs }));
    const floor: PacingFloor = { nowMs: run.clock.nowMs(), agents: run.agents, dials: run.dials, waiting, contactsLeft: run.contactsLeft, limits: run.setting.limits, events };
    const decision = this.pacing.decide(floor);
    this.last = decision;
    if (decision.cancel > 0) run.cancel(decision.cancel);
    for (let i = 0; i < decision.dial; i += 1) run.dial();
  }
}
