import { Timer } from '../../clock.ts';
import type { PacingAgent, PacingDial } from '../pacing.ts';
import type { CampaignRun } from './campaign-run.ts';
import type { ContactFuture } from './contact-future.ts';

export class StudyAgent extends Timer implements PacingAgent {
  state: 'ready' | 'talking' | 'wrapup' = 'ready';
  sinceMs: number;
  wrapupMs = 0;
  leaves = false;

  constructor(readonly run: CampaignRun) {
    super();
    this.sinceMs = run.clock.nowMs();
  }

  override fire(): void {
    this.run.turn(this);
  }
}

export class StudyDial extends Timer implements PacingDial {
  readonly startedMs: number;
  answeredMs: number | null = null;
  isWaiting = false;
  index = 0;

  constructor(readonly run: CampaignRun, readonly future: ContactFuture) {
    super();
    this.startedMs = run.clock.nowMs();
  }

  override fire(): void {
    this.run.due(this);
  }
}
