import type { Campaign } from '../configuration.ts';
import type { CallStage } from '../views.ts';
import type { CampaignDialer } from './campaign-dialer.ts';
import type { SiteState } from './site.ts';

/** A campaign as the running automaton keeps it; changes of the configuration replace its settings, not its counters. */
export class CampaignState {
  readonly did: string;
  settings: Campaign;
  customer: number;
  site: SiteState;
  inIvr = 0;
  inQueue = 0;
  withAgent = 0;
  /** Outbound: being dialed. */
  dialing = 0;
  /** Null = it does not dial. */
  dialer: CampaignDialer | null = null;
  /** Over, or not begun: takes no calls. */
  removed = true;
  /** Waits to be published. */
  dirty = false;

  constructor(settings: Campaign, customer: number, site: SiteState) {
    this.did = settings.did;
    this.settings = settings;
    this.customer = customer;
    this.site = site;
  }

  get callsInProgress(): number {
    return this.inIvr + this.inQueue + this.withAgent + this.dialing;
  }

  count(stage: CallStage, by: 1 | -1): void {
    if (stage === 'ivr' || stage === 'message') this.inIvr += by;
    else if (stage === 'waiting' || stage === 'ringing') this.inQueue += by;
    else if (stage === 'talking' || stage === 'held') this.withAgent += by;
    else if (stage === 'dialing') this.dialing += by;
  }
}
