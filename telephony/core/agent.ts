import { Timer } from '../clock.ts';
import type { Agent as AgentSettings } from '../configuration.ts';
import type { AgentState } from '../rows.ts';
import type { Contact } from '../contacts.ts';
import type { AgentView } from '../views.ts';
import type { CampaignDialer } from './campaign-dialer.ts';
import type { Call } from './call.ts';
import type { Leg } from './leg.ts';
import type { Skill } from './queue.ts';
import type { SiteState } from './site.ts';
import { high, joined, low } from './small-time.ts';

/** One for all: an empty list of each agent's own is a cache miss per call. */
export const NOBODY: readonly string[] = [];

/** An agent's place. As a timer it is due when the ringing or the wrap-up has lasted long enough. */
export class Agent extends Timer implements AgentView {
  readonly number: number;
  readonly index: number;
  settings: AgentSettings;
  customer: number;
  site: SiteState;
  /** Not configured now: cannot log in, is logged out when the call is over. */
  removed = false;

  firstSkill: Skill | null = null;
  state: AgentState = 'logged_out';
  #sinceHigh = 0;
  #sinceLow = 0;
  pauseReason = '';
  /** What the rows of the current state say about the call in hand. */
  stateCallId = '';
  stateQueue = 0;
  stateCampaign = '';
  loggedInSinceMs = 0;
  sessionId = '';

  call: Call | null = null;
  consultation: Call | null = null;
  /** The leg in hand, or the one that the wrap-up belongs to. */
  leg: Leg | null = null;
  /** The contact that the agent looks at, and the campaign's dialer it came from. */
  preview: Contact | null = null;
  previewOf: CampaignDialer | null = null;
  /** Reason of the pause to take when the call is over, null = none. */
  pendingPause: string | null = null;

  /** Counts the midnights of the site: figures of another day are not today's. */
  day = 0;
  answeredToday = 0;
  arguedToday = 0;
  positiveToday = 0;
  recorded = false;
  listenedBy: readonly string[] = NOBODY;
  dirty = false;
  readonly #due: (agent: Agent) => void;

  constructor(settings: AgentSettings, index: number, customer: number, site: SiteState, due: (agent: Agent) => void) {
    super();
    this.number = settings.number;
    this.index = index;
    this.settings = settings;
    this.customer = customer;
    this.site = site;
    this.#due = due;
  }

  override approach(): number {
    let sum = this.slot + this.number + this.#sinceLow + this.stateQueue + this.day + this.answeredToday;
    for (let skill = this.firstSkill; skill; skill = skill.nextOfAgent) sum += skill.level;
    return sum;
  }

  override fire(): void {
    this.#due(this);
  }

  get sinceMs(): number {
    return joined(this.#sinceHigh, this.#sinceLow);
  }

  set sinceMs(ms: number) {
    this.#sinceHigh = high(ms);
    this.#sinceLow = low(ms);
  }

  get pausePending(): boolean {
    return this.pendingPause !== null || (this.removed && this.state !== 'logged_out');
  }
}
