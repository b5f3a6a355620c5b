import type { OutboundOptions } from '../automaton.ts';
import { CallbackTimer } from '../clock.ts';
import type { CentreConfiguration } from '../configuration.ts';
import type { Contact, ContactPort, NumberRefusal } from '../contacts.ts';
import type { Pacing, PacingState } from '../dialer/pacing.ts';
import type { Agent } from './agent.ts';
import { setState } from './agent-session.ts';
import type { CampaignState } from './campaign.ts';
import { CampaignDialer } from './campaign-dialer.ts';
import type { Floor } from './floor.ts';
import { dial, notReached } from './outbound.ts';
import { askPacing, SHORTEST_RING_MS } from './pacing-view.ts';
import { becomeFree } from './routing.ts';

/** Unless it is said otherwise. */
const DECIDE_EVERY_MS = 1000;
/** Of a campaign for which nobody works, or that does not dial: the shares of its windows move on, the minutes of the night are enough for them. */
const IDLE_EVERY_MS = 60_000;
/** Contacts taken ahead of need: so many, and so many for each agent at work. */
const LEAST_STOCK = 20;
const STOCK_PER_AGENT = 4;
const MOST_STOCK = 2000;

/** Makes the pacing of a predictive campaign; `carried` is what an earlier run's pacing of it wrote down. */
export type PacingMaker = (campaign: string, carried: PacingState | null) => Pacing;

/** All outbound campaigns of a floor, and the loop that decides for them every second. */
export class Dialing {
  readonly #floor: Floor;
  readonly #port: ContactPort;
  readonly #makePacing: PacingMaker;
  readonly #carried: Map<string, PacingState>;
  readonly #everyMs: number;
  /** Nobody works for any campaign that dials, and nothing rings: the next turn may be a minute away. */
  #idle = false;
  readonly #timer = new CallbackTimer(() => this.#turn());
  readonly #stopListening: () => void;
  /** Of the highest priority first. */
  #dialers: CampaignDialer[] = [];

  constructor(floor: Floor, { contacts: port, pacing, pacingStates = {}, decideEveryMs = DECIDE_EVERY_MS }: OutboundOptions) {
    this.#floor = floor;
    this.#port = port;
    this.#makePacing = pacing;
    this.#everyMs = decideEveryMs;
    this.#carried = new Map(Object.entries(pacingStates));
    port.begin(floor.clock.nowMs());
    this.#stopListening = port.onWithdrawn((numbers) => {
      const withdrawn = new Set(numbers);
      for (const dialer of this.#dialers) {
        dialer.stock.withdraw(withdrawn);
        for (const agent of dialer.agents) {
          if (agent.previewOf !== dialer || !agent.preview || !withdrawn.has(agent.preview.number)) continue;
          this.dropPreview(agent);
          becomeFree(floor, agent);
        }
      }
    });
  }

  /** After campaigns, queues and agents are in place. */
  configure({ calendars }: CentreConfiguration): void {
    const floor = this.#floor;
    const dialers: CampaignDialer[] = [];
    for (const campaign of floor.campaigns.values()) {
      const outbound = campaign.removed ? null : campaign.settings.outbound;
      if (outbound === null) {
        if (campaign.dialer) {
          this.stop(campaign.dialer);
          this.#keep(campaign.dialer);
        }
        campaign.dialer = null;
        continue;
      }
      campaign.dialer ??= new CampaignDialer(campaign, outbound, { port: this.#port, arrived: () => this.#soon() }, this.#carried.get(campaign.did) ?? null);
      const queue = floor.queues.get(campaign.settings.queue) ?? null;
      campaign.dialer.apply(outbound, calendars.find(({ id }) => id === outbound.calendar) ?? null, queue, agentsOf(floor, campaign));
      dialers.push(campaign.dialer);
    }
    this.#dialers = dialers.sort((a, b) => (b.queue?.priority ?? 0) - (a.queue?.priority ?? 0));
    this.#soon();
  }

  start(dialer: CampaignDialer): void {
    dialer.state = 'running';
    this.#floor.live.campaign(dialer.campaign);
    this.#soon();
  }

  pause(dialer: CampaignDialer): void {
    dialer.state = 'paused';
    this.#floor.live.campaign(dialer.campaign);
  }

  /** What rings goes on; contacts in stock and in preview go back. */
  stop(dialer: CampaignDialer): void {
    dialer.state = 'stopped';
    dialer.stock.giveAllBack();
    for (const agent of dialer.agents) {
      if (agent.previewOf !== dialer) continue;
      this.dropPreview(agent);
      becomeFree(this.#floor, agent);
    }
    this.#floor.live.campaign(dialer.campaign);
  }

  /** An agent has nothing to do, and no call waits: a call-back of their own, or the next number of a campaign that dials for its agents. */
  serve(agent: Agent): void {
    for (const dialer of this.#dialers) {
      if (!dialer.dials || !dialer.has(agent)) continue;
      if (this.#idle) this.#soon();
      const nowMs = this.#floor.clock.nowMs();
      const { mode } = dialer.settings;
      const contact = dialer.stock.nextOf(agent.number, nowMs) ?? (mode === 'preview' || mode === 'progressive' ? dialer.stock.next(nowMs) : null);
      if (!contact) continue;
      if (mode === 'preview' || mode === 'manual') this.#preview(dialer, agent, contact);
      else if (dialer.linesLeft === 0 || !dial(this.#floor, dialer, contact, agent)) {
        dialer.stock.putBack(contact, nowMs);
        continue;
      }
      return;
    }
  }

  /** A ready agent asks for a contact to look up. False = there is none now. */
  ask(agent: Agent): boolean {
    const nowMs = this.#floor.clock.nowMs();
    for (const dialer of this.#dialers) {
      if (!dialer.dials || !dialer.has(agent) || (dialer.settings.mode !== 'manual' && dialer.settings.mode !== 'preview')) continue;
      const contact = dialer.stock.nextOf(agent.number, nowMs) ?? dialer.stock.next(nowMs);
      if (!contact) continue;
      this.#preview(dialer, agent, contact);
      return true;
    }
    return false;
  }

  /** Dials the contact in preview. False = its hours are over meanwhile, or no channel is free. */
  accept(agent: Agent): 'dialing' | 'closed' | 'no-line' {
    const { preview, previewOf: dialer } = agent;
    if (!preview || !dialer) return 'closed';
    if (!dialer.isOpen(preview, this.#floor.clock.nowMs())) {
      this.dropPreview(agent);
      becomeFree(this.#floor, agent);
      return 'closed';
    }
    if (dialer.linesLeft === 0 || !dial(this.#floor, dialer, preview, agent)) return 'no-line';
    agent.preview = null;
    agent.previewOf = null;
    return 'dialing';
  }

  /** Asks for a number that the agent has typed, and dials it if the agent is still free then. */
  dialNumber(dialer: CampaignDialer, agent: Agent, number: string, answer: (what: 'dialing' | 'no-line' | 'away' | 'agent' | NumberRefusal) => void): void {
    const { did: campaign, settings } = dialer.campaign;
    const arrived = (taken: Contact | NumberRefusal | null): void => {
      if (taken === null || typeof taken === 'string') return answer(taken ?? 'away');
      const mayDial = agent.state === 'ready' && dialer.dials && dialer.isOpen(taken, this.#floor.clock.nowMs());
      if (mayDial && dialer.linesLeft > 0 && dial(this.#floor, dialer, taken, agent)) return answer('dialing');
      this.#port.giveBack(campaign, [taken]);
      answer(mayDial ? 'no-line' : 'agent');
    };
    const own = dialer.stock.take(number);
    if (own) arrived(own);
    else this.#port.takeNumber({ campaign, tenant: settings.tenant, number, agent: agent.number, atMs: this.#floor.clock.nowMs() }, arrived);
  }

  skip(agent: Agent): void {
    const { preview, previewOf: dialer } = agent;
    if (preview && dialer) this.#port.skip(dialer.campaign.did, preview, agent.number, this.#floor.clock.nowMs());
    agent.preview = null;
    agent.previewOf = null;
    becomeFree(this.#floor, agent);
  }

  /** The contact goes back; the agent's next state is the caller's. */
  dropPreview(agent: Agent): void {
    const { preview, previewOf: dialer } = agent;
    agent.preview = null;
    agent.previewOf = null;
    if (preview && dialer) this.#port.giveBack(dialer.campaign.did, [preview]);
  }

  /** What the pacings want to have kept, by campaign. */
  states(): Record<string, PacingState> {
    for (const dialer of this.#dialers) this.#keep(dialer);
    return Object.fromEntries(this.#carried);
  }

  /** Ids of the calls of which nobody knows yet whether a person is reached and has an agent: no window counts them. */
  undecided(): string[] {
    return [...this.#floor.book.openCalls()].flatMap(({ dial: own, id }) => (own?.result === null ? [id] : []));
  }

  /** Ends dialing: what rings is given up, what was taken goes back. Talks go on. */
  end(): void {
    for (const dialer of this.#dialers) this.stop(dialer);
    for (const dialer of this.#dialers) for (const call of dialer.flight) notReached(this.#floor, call, 'interrupted');
    this.close();
  }

  close(): void {
    this.#floor.clock.cancel(this.#timer);
    this.#stopListening();
    for (const dialer of this.#dialers) dialer.stock.giveAllBack();
  }

  #keep(dialer: CampaignDialer): void {
    const state = dialer.pacingState();
    if (state) this.#carried.set(dialer.campaign.did, state);
  }

  #preview(dialer: CampaignDialer, agent: Agent, contact: Contact): void {
    const { events } = this.#floor;
    agent.preview = contact;
    agent.previewOf = dialer;
    setState(this.#floor, agent, 'preview');
    agent.stateCampaign = dialer.campaign.did;
    if (!events.previewed) return;
    this.#floor.telling = true;
    events.previewed(agent, contact);
    this.#floor.telling = false;
  }

  #soon(): void {
    this.#idle = false;
    if (this.#hasTurns()) this.#floor.clock.set(this.#timer, this.#floor.clock.nowMs());
  }

  #turn(): void {
    const { clock } = this.#floor;
    const nowMs = clock.nowMs();
    // Each agent counts for one campaign only: two that both expect the same agent would dial for two.
    const counted = new Set<Agent>();
    this.#idle = true;
    for (const dialer of this.#dialers) {
      const isDue = nowMs - dialer.decidedMs >= IDLE_EVERY_MS;
      if (!dialer.dials) {
        if (isDue) this.#tell(dialer, nowMs);
        continue;
      }
      const present = dialer.agents.filter(({ state }) => state !== 'logged_out');
      if (present.length === 0 && dialer.flight.size === 0) {
        dialer.stock.giveAllBack();
        if (!isDue) continue;
      } else {
        this.#idle = false;
        dialer.stock.want(Math.min(MOST_STOCK, LEAST_STOCK + STOCK_PER_AGENT * present.length), present.map(({ number }) => number), nowMs);
      }
      for (const agent of present) if (agent.state === 'ready') this.serve(agent);
      if (dialer.settings.mode === 'predictive') {
        const own = present.filter((agent) => !counted.has(agent));
        this.#pace(dialer, own, nowMs);
        if (dialer.stock.left + dialer.flight.size > 0) for (const agent of own) counted.add(agent);
      } else if (dialer.pacing) dialer.dropPacing();
      // Until it has had somebody to dial, its agents' time says nothing.
      if (dialer.counts.dialed > 0 && dialer.history.sample(dialer, present, nowMs)) this.#floor.live.dialing(dialer.campaign);
      this.#tell(dialer, nowMs);
    }
    if (this.#hasTurns()) clock.set(this.#timer, nowMs + (this.#idle ? IDLE_EVERY_MS : this.#everyMs));
  }

  /** Some campaign dials, or has windows that move on. */
  #hasTurns(): boolean {
    return this.#dialers.some(({ dials, windows }) => dials || windows.answers > 0);
  }

  #tell(dialer: CampaignDialer, nowMs: number): void {
    dialer.decidedMs = nowMs;
    this.#floor.live.campaign(dialer.campaign);
  }

  #pace(dialer: CampaignDialer, agents: readonly Agent[], nowMs: number): void {
    dialer.pacing ??= this.#makePacing(dialer.campaign.did, dialer.pacingState());
    const decision = askPacing(dialer, agents, nowMs);
    if (!decision) return;
    let cancel = decision.cancel;
    for (const call of dialer.flight) {
      if (cancel <= 0) break;
      if (!call.dial || call.dial.answeredMs >= 0 || nowMs - call.dial.startedMs < SHORTEST_RING_MS) continue;
      cancel -= 1;
      notReached(this.#floor, call, 'cancelled');
    }
    for (let n = Math.min(decision.dial, dialer.linesLeft); n > 0; n -= 1) {
      const contact = dialer.stock.next(nowMs);
      if (!contact) return;
      if (dial(this.#floor, dialer, contact, null)) continue;
      dialer.stock.putBack(contact, nowMs);
      return;
    }
  }
}

function agentsOf(floor: Floor, { settings }: CampaignState): Agent[] {
  return [...floor.agents.values()].filter((agent) => {
    for (let skill = agent.firstSkill; skill; skill = skill.nextOfAgent) if (skill.queue.number === settings.queue) return true;
    return false;
  });
}
