import type { Clock } from '../clock.ts';
import type { Campaign, PauseReason, Status } from '../configuration.ts';
import type { MediaDriver } from '../media.ts';
import type { Random } from '../random.ts';
import type { AutomatonEvents } from '../views.ts';
import type { Agent } from './agent.ts';
import type { CallBook } from './call-book.ts';
import type { CampaignState } from './campaign.ts';
import type { ContactPort } from '../contacts.ts';
import type { CtProxy } from './ct-proxy.ts';
import type { Dialing } from './dialing.ts';
import type { AgentFigures } from './earlier-figures.ts';
import type { LegPool } from './leg.ts';
import type { Ondata } from './ondata.ts';
import type { Opening } from './opening.ts';
import type { Queue } from './queue.ts';
import type { CompiledScenario } from './scenario.ts';
import type { SiteState } from './site.ts';

/** Counters since the start, for tests and health. */
export interface AutomatonCounters {
  calls: number;
  ended: number;
  reroutes: number;
  overflows: number;
  transfers: number;
  abandoned: number;
  /** Outbound: numbers dialed, and persons who answered and got no agent in time. */
  dialed: number;
  nuisance: number;
}

/**
 * Everything that the state machines share. They are functions over it, one file each: ivr, routing,
 * conversation, outbound, transfer, agent-session, supervision.
 */
export interface Floor {
  readonly clock: Clock;
  readonly random: Random;
  readonly media: MediaDriver;
  readonly events: AutomatonEvents;
  readonly ondata: Ondata | null;
  readonly live: CtProxy;
  readonly book: CallBook;
  readonly legs: LegPool;
  readonly counters: AutomatonCounters;
  /** Null = this floor does not dial. */
  readonly contacts: ContactPort | null;
  dialing: Dialing | null;
  readonly agents: Map<number, Agent>;
  readonly queues: Map<number, Queue>;
  readonly campaigns: Map<string, CampaignState>;
  readonly sites: Map<string, SiteState>;
  entryPoints: Map<string, CampaignState>;
  openings: Map<string, Opening>;
  scenarios: Map<string, CompiledScenario>;
  lookupTables: Map<string, Map<string, string>>;
  /** By {@link statusKey}. */
  statuses: Map<string, Status>;
  /** Without those that the automaton gives itself. */
  pauseReasons: Map<string, PauseReason>;
  teams: Set<string>;
  /** Figures of the site's current day from before this run, by agent number. */
  readonly earlierFigures: Map<number, AgentFigures>;
  /** A listener is being told something: no command may come in. */
  telling: boolean;
}

export function statusKey(customer: number, group: number, num: number, detail: number): string {
  return `${customer}/${group}/${num}/${detail}`;
}

/** The queue that a campaign's calls use without a scenario. */
export function campaignQueue(floor: Floor, campaign: Campaign): Queue | null {
  return floor.queues.get(campaign.queue) ?? null;
}
