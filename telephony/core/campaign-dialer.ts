import type { Calendar, Outbound } from '../configuration.ts';
import type { Contact } from '../contacts.ts';
import { NuisanceWindows } from '../dialer/nuisance-windows.ts';
import type { DialResult, Pacing, PacingEvent, PacingReason, PacingState } from '../dialer/pacing.ts';
import type { Agent } from './agent.ts';
import type { Call } from './call.ts';
import type { CampaignState } from './campaign.ts';
import { ContactStock, type StockOptions } from './contact-stock.ts';
import { DialingHistory } from './dialing-history.ts';
import { Opening } from './opening.ts';
import type { Queue } from './queue.ts';
import { ZoneOffsets } from './zone-offsets.ts';

/** `paused`: dials nobody, keeps its contacts for a while · `stopped`: has given them back. */
export type DialingState = 'running' | 'paused' | 'stopped';

/** What a dial that an agent had turned out to be: a person, or what the agent heard instead. */
export type Heard = 'passed' | 'machine' | 'invalid' | 'no-answer';

/** What a supervisor changes of a running campaign; a new configuration of its dialing takes the place of it. */
export type DialingChange = Partial<Pick<Outbound, 'mode' | 'nuisanceLimit' | 'maximumLines' | 'ringSeconds'>>;

/** A campaign's outbound side while the floor runs: whom it may dial, what rings, and what has come of it since the start. */
export class CampaignDialer {
  readonly campaign: CampaignState;
  readonly stock: ContactStock;
  settings: Outbound;
  state: DialingState;
  queue: Queue | null = null;
  /** Agents with the skill for its queue. */
  agents: readonly Agent[] = [];
  #agents: ReadonlySet<Agent> = new Set();
  /** Dials of which nobody knows yet who answers, the longest ringing first. */
  readonly flight = new Set<Call>();
  /** Calls that hold a line, talks included. */
  lines = 0;
  readonly counts = { dialed: 0, persons: 0, passed: 0, nuisance: 0, machine: 0, busy: 0, invalid: 0, 'no-answer': 0, cancelled: 0, interrupted: 0 };
  /** Of the running mode; null = it is not predictive. */
  pacing: Pacing | null = null;
  /** Since the last decision. */
  events: PacingEvent[] = [];
  why: PacingReason | null = null;
  /** When it was last told of in its turn. */
  decidedMs = Number.NEGATIVE_INFINITY;
  /** In every mode: a pacing begins with them, and the screen shows them. */
  readonly windows: NuisanceWindows;
  readonly history = new DialingHistory();
  /** What a pacing has learned: of an earlier run, or before its mode was left. */
  #learned: PacingState | null;
  #configured: string;
  #calendar: Calendar | null = null;
  #openings = new Map<string, Opening>();
  /** Apart from the others: an offset of weeks ahead would drive that of today out of them. */
  #ahead: { zone: string; opening: Opening } | null = null;

  /** @param carried what {@link pacingState} gave under an earlier run. */
  constructor(campaign: CampaignState, settings: Outbound, stock: Omit<StockOptions, 'isOpen' | 'hoursOf' | 'campaign' | 'tenant'>, carried: PacingState | null = null) {
    this.campaign = campaign;
    this.windows = new NuisanceWindows(carried?.['windows']);
    this.#learned = carried;
    this.settings = settings;
    this.state = settings.active ? 'running' : 'stopped';
    this.#configured = JSON.stringify(settings);
    this.stock = new ContactStock({ ...stock, campaign: campaign.did, tenant: campaign.settings.tenant, isOpen: (contact, nowMs) => this.isOpen(contact, nowMs), hoursOf: (zone) => this.#hoursOf(zone) });
  }

  apply(settings: Outbound, calendar: Calendar | null, queue: Queue | null, agents: Agent[]): void {
    const configured = JSON.stringify(settings);
    if (configured !== this.#configured) this.settings = settings;
    this.#configured = configured;
    this.#calendar = calendar;
    this.#openings = new Map();
    this.#ahead = null;
    this.queue = queue;
    this.agents = agents;
    this.#agents = new Set(agents);
  }

  change(change: DialingChange): void {
    this.settings = { ...this.settings, ...change };
  }

  /** By the called party's clock. */
  isOpen({ zone }: Contact, nowMs: number): boolean {
    if (!this.#calendar) return true;
    let opening = this.#openings.get(zone);
    if (!opening) {
      opening = new Opening(this.#calendar, new ZoneOffsets(zone));
      this.#openings.set(zone, opening);
    }
    return opening.isOpen(nowMs);
  }

  #hoursOf(zone: string | null): Opening | null {
    if (!this.#calendar) return null;
    const known = zone ?? this.#calendar.zone;
    if (this.#ahead?.zone !== known) this.#ahead = { zone: known, opening: new Opening(this.#calendar, new ZoneOffsets(known)) };
    return this.#ahead.opening;
  }

  has(agent: Agent): boolean {
    return this.#agents.has(agent);
  }

  /** It may dial now. */
  get dials(): boolean {
    return this.state === 'running' && this.queue !== null && !this.queue.removed;
  }

  get linesLeft(): number {
    return this.settings.maximumLines === null ? Number.MAX_SAFE_INTEGER : Math.max(0, this.settings.maximumLines - this.lines);
  }

  /** A dial's result is known. */
  known(result: DialResult, atMs: number, afterMs: number): void {
    if (result === 'person') this.counts.persons += 1;
    else this.counts[result] += 1;
    this.#tell({ kind: 'dialed', atMs, result, afterMs });
  }

  passed(atMs: number, waitedMs: number): void {
    this.counts.passed += 1;
    this.#answered({ kind: 'passed', atMs, waitedMs });
  }

  /** The agent who had a dial says what it was: it counts as that from now on. The pacing and the windows of nuisance calls keep what was known when it was dialed. */
  heard(before: Heard, now: Heard): void {
    for (const [what, by] of [[before, -1], [now, 1]] as const) {
      this.counts[what] += by;
      if (what === 'passed') this.counts.persons += by;
    }
  }

  nuisance(atMs: number): void {
    this.counts.nuisance += 1;
    this.#answered({ kind: 'nuisance', atMs });
  }

  talked(atMs: number, ms: number): void {
    this.#tell({ kind: 'talked', atMs, ms });
  }

  wrapped(atMs: number, ms: number): void {
    this.#tell({ kind: 'wrapped', atMs, ms });
  }

  /** What must outlive this run; null = nothing is known yet. Whatever a pacing counts, the windows are the campaign's own. */
  pacingState(): PacingState | null {
    const learned = this.pacing?.state() ?? this.#learned;
    if (!learned && this.windows.answers === 0) return null;
    return { ...(learned ?? { mode: 'progressive', version: 1 }), windows: this.windows.state() };
  }

  /** Its mode does not pace any more; should it do so again, it goes on where it was. */
  dropPacing(): void {
    if (this.pacing) this.#learned = this.pacing.state();
    this.pacing = null;
    this.events = [];
    this.why = null;
  }

  #answered(event: PacingEvent): void {
    this.windows.take([event]);
    this.#tell(event);
  }

  #tell(event: PacingEvent): void {
    if (this.pacing) this.events.push(event);
  }
}
