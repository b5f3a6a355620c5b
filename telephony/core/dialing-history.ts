import type { LiveDialingMinute } from '../live.ts';
import type { Agent } from './agent.ts';
import type { CampaignDialer } from './campaign-dialer.ts';

const MINUTE_MS = 60_000;
const KEPT_MINUTES = 60;
/** Time between two samples beyond this was no dialing. */
const LONGEST_STEP_MS = 2_000;

type Counts = Pick<LiveDialingMinute, 'dialed' | 'persons' | 'passed' | 'nuisance' | 'machines'>;
type Sampled = Pick<CampaignDialer, 'counts' | 'lines' | 'campaign'>;

/** How a campaign has dialed: minute by minute for an hour, and what its agents did with their time since the start. */
export class DialingHistory {
  /** The oldest first; a new list with each minute. */
  minutes: readonly LiveDialingMinute[] = [];
  /** Of agents in talks of this campaign, and of agents logged in. */
  talkMs = 0;
  agentMs = 0;
  #fromMs = Number.NaN;
  #sampledMs = Number.NaN;
  #before: Counts = { dialed: 0, persons: 0, passed: 0, nuisance: 0, machines: 0 };
  readonly #sums = { ms: 0, agents: 0, ready: 0, lines: 0, talk: 0 };

  /** Once a second while it dials. `present` are its agents who are logged in. True = a minute has ended. */
  sample({ counts, lines, campaign }: Sampled, present: readonly Agent[], nowMs: number): boolean {
    const fromMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
    const ended = fromMs !== this.#fromMs && this.#sums.ms > 0;
    if (ended) this.#end(countsOf(counts));
    this.#fromMs = fromMs;
    const ms = Math.min(LONGEST_STEP_MS, nowMs - this.#sampledMs) || 0;
    this.#sampledMs = nowMs;
    let [ready, talking] = [0, 0];
    for (const { state, leg } of present) {
      if (state === 'ready') ready += 1;
      else if (state === 'talk' && leg?.call?.campaignState === campaign) talking += 1;
    }
    const sums = this.#sums;
    sums.ms += ms;
    sums.agents += present.length * ms;
    sums.ready += ready * ms;
    sums.lines += lines * ms;
    sums.talk += talking * ms;
    this.talkMs += talking * ms;
    this.agentMs += present.length * ms;
    return ended;
  }

  #end(counts: Counts): void {
    const { ms, agents, ready, lines, talk } = this.#sums;
    // An agent may say in the next minute that nobody was there: the minute after takes that, so that none has less than nothing.
    const since = (what: keyof Counts): number => Math.max(0, counts[what] - this.#before[what]);
    this.minutes = [...this.minutes.slice(1 - KEPT_MINUTES), {
      fromMs: this.#fromMs,
      dialed: since('dialed'), persons: since('persons'), passed: since('passed'), nuisance: since('nuisance'), machines: since('machines'),
      agents: tenths(agents / ms), readyAgents: tenths(ready / ms), lines: tenths(lines / ms), talkSeconds: Math.round(talk / 1000),
    }];
    const most = (what: keyof Counts): number => Math.max(counts[what], this.#before[what]);
    this.#before = { dialed: most('dialed'), persons: most('persons'), passed: most('passed'), nuisance: most('nuisance'), machines: most('machines') };
    Object.assign(this.#sums, { ms: 0, agents: 0, ready: 0, lines: 0, talk: 0 });
  }
}

function countsOf({ dialed, persons, passed, nuisance, machine }: CampaignDialer['counts']): Counts {
  return { dialed, persons, passed, nuisance, machines: machine };
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
