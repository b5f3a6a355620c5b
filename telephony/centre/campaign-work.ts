import type { Clock } from '../clock.ts';
import type { Command } from '../commands.ts';
import type { Random } from '../random.ts';
import { SYSTEM_STATUSES } from '../rows.ts';
import type { CallView } from '../views.ts';
import type { CalledParties } from './called-parties.ts';
import type { Centre, OutboundCampaign } from './centre-schema.ts';
import { drawMs } from './draw.ts';
import type { Step, Worker } from './worker.ts';

/** Until an agent who listens has understood that a machine talks. */
const MACHINE_HEARD_MS = 8_000;
const LOOK_MS = 15_000;
/** Nobody promises a call for 10:07:43. */
const PROMISE_MS = 300_000;

export interface CampaignWorkOptions {
  centre: Centre;
  clock: Clock;
  random: Random;
  parties: CalledParties;
  command: (command: Command) => boolean;
}

/** A talk with somebody whom the dialer called. */
export interface DialedTalk {
  /** Null = a campaign that the centre's file does not know: such talks stay unqualified. */
  campaign: OutboundCampaign | null;
  machine: boolean;
  wrapupMs: number;
}

export interface NextStep { step: Step; afterMs: number }

/** What agents of outbound campaigns do besides: they look contacts up, talk as long as the called person's future says, qualify, and promise call-backs. */
export class CampaignWork {
  readonly #options: CampaignWorkOptions;
  readonly #campaigns: ReadonlyMap<string, OutboundCampaign>;

  constructor(options: CampaignWorkOptions) {
    this.#options = options;
    this.#campaigns = new Map(options.centre.outbound.map((campaign) => [campaign.did, campaign]));
  }

  /** A contact is put before the agent. */
  look({ person }: Worker, promised: boolean): NextStep {
    const { random, centre } = this.#options;
    const preview = centre.outbound.find(({ queue }) => person.agent.skills.some((skill) => skill.queue === queue))?.preview;
    if (!preview) return { step: 'dial', afterMs: LOOK_MS };
    return { step: !promised && random.chance(preview.skipShare) ? 'skip' : 'dial', afterMs: drawMs(random, preview.look) * person.speed };
  }

  talk(worker: Worker, call: CallView): NextStep {
    const { kind, talkMs, wrapupMs } = this.#options.parties.future(call.line);
    const machine = kind === 'machine';
    worker.dialed = { campaign: this.#campaigns.get(call.campaign) ?? null, machine, wrapupMs: machine ? 1000 : wrapupMs * worker.person.speed };
    return machine ? { step: 'hang-up', afterMs: MACHINE_HEARD_MS } : { step: 'end-talk', afterMs: talkMs * worker.person.speed };
  }

  qualify(agent: number, callId: string, { campaign, machine }: DialedTalk): void {
    const { random, clock, command } = this.#options;
    if (!campaign) return;
    const { outcomes, statusGroup, callBacks } = campaign;
    const outcome = machine ? { group: 0, num: SYSTEM_STATUSES.machine, callBack: false } : outcomes[random.weighted(outcomes.map(({ weight }) => weight))];
    if (!outcome) return;
    command({ kind: 'qualify', agent, callId, group: outcome.group ?? statusGroup, num: outcome.num, detail: 0, comments: '' });
    if (!outcome.callBack) return;
    const atMs = Math.ceil((clock.nowMs() + drawMs(random, callBacks.after)) / PROMISE_MS) * PROMISE_MS;
    command({ kind: 'call-back', agent, callId, atMs, own: random.chance(callBacks.ownShare) });
  }
}
