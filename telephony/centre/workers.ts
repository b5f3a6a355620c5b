import { CallbackTimer, type Clock } from '../clock.ts';
import type { Automaton } from '../automaton.ts';
import type { Command } from '../commands.ts';
import type { Contact } from '../contacts.ts';
import type { LiveMessage } from '../live.ts';
import type { Random } from '../random.ts';
import { SYSTEM_PAUSES, type AgentState } from '../rows.ts';
import type { SimulatedGateway } from '../simulated-gateway.ts';
import type { AgentView, AutomatonEvents, CallView } from '../views.ts';
import { CampaignWork, type DialedTalk, type NextStep } from './campaign-work.ts';
import type { CalledParties } from './called-parties.ts';
import type { Centre, CentreQueue } from './centre-schema.ts';
import { drawMs } from './draw.ts';
import { Duties } from './duties.ts';
import type { Roster } from './roster.ts';
import { Worker, type Step } from './worker.ts';

/** Pauses that the automaton itself gives, and that end otherwise. */
const OTHERWISE_ENDED: ReadonlySet<string> = new Set(['', ...Object.values(SYSTEM_PAUSES)]);
/** A consultation that nobody has taken by then is given up. */
const CONSULTATION_LIMIT_MS = 40_000;
const COME_BACK: NextStep = { step: 'come-back', afterMs: 0 };
/** Until an agent who found no free line dials again. */
const DIAL_AGAIN_MS = 5_000;

export interface WorkersOptions {
  centre: Centre;
  clock: Clock;
  gateway: SimulatedGateway;
  roster: Roster;
  random: Random;
  parties: CalledParties;
  automaton: () => Automaton;
}

/** What is known of a talk when its status is given. */
interface Talk { queue: CentreQueue | null; dialed: DialedTalk | null }

/** The agents: they come and go by the roster, take pauses, answer, talk, hold, transfer, wrap up and qualify. */
export class Workers implements AutomatonEvents {
  readonly #options: WorkersOptions;
  readonly #queues: ReadonlyMap<number, CentreQueue>;
  readonly #workers: ReadonlyMap<number, Worker>;
  /** Who consults, by call id. */
  readonly #askers = new Map<string, Worker>();
  readonly #duties: Duties;
  readonly #campaigns: CampaignWork;
  #stopped = false;

  constructor(options: WorkersOptions) {
    this.#options = options;
    this.#queues = new Map(options.centre.queues.map((queue) => [queue.number, queue]));
    this.#workers = new Map(options.roster.people.map((person) => [person.agent.number, new Worker(person, (worker) => this.#act(worker), (worker) => this.#duties.turn(worker))]));
    const { centre, clock, roster, random, parties } = options;
    const command = (each: Command): boolean => this.#command(each);
    this.#duties = new Duties({ clock, roster, random, workers: this.#workers, command, state: (worker) => this.#state(worker), reason: centre.pauseReasons[0]?.code ?? '' });
    this.#campaigns = new CampaignWork({ centre, clock, random: random.stream('campaigns'), parties, command });
  }

  /** Whoever is on duty now logs in, within `settleMs`; the others come when their time has come. */
  start(settleMs = 0): void {
    this.#duties.start(settleMs);
  }

  /** Everybody ends the work in hand at once and logs out. */
  logoutAll(): void {
    this.#stopped = true;
    this.#duties.stop();
    for (const worker of this.#workers.values()) {
      this.#options.clock.cancel(worker.work);
      this.#options.clock.cancel(worker.shift);
      if (worker.wrapupCall !== '') this.#qualify(worker, worker.wrapupCall, worker, false);
      this.#command({ kind: 'logout', agent: worker.number });
    }
  }

  ringing(agent: AgentView): void {
    const worker = this.#workers.get(agent.number);
    if (!worker) return;
    const { random, centre } = this.#options;
    const { missedRingShare, answerDelay } = centre.agentBehaviour;
    if (random.chance(missedRingShare)) worker.step = 'nothing';
    else this.#after(worker, 'answer', drawMs(random, answerDelay));
  }

  rerouted(agent: AgentView): void {
    const worker = this.#workers.get(agent.number);
    if (worker) this.#after(worker, 'come-back', drawMs(this.#options.random, this.#options.centre.agentBehaviour.backAfterMissedRing));
  }

  connected(agent: AgentView, call: CallView): void {
    const worker = this.#workers.get(agent.number);
    if (!worker) return;
    if (call.isConsultation) {
      // The one who asked hears the colleague out, then passes the call on.
      worker.step = 'nothing';
      const asker = this.#askers.get(call.id);
      if (asker) this.#after(asker, 'complete-transfer', drawMs(this.#options.random, this.#options.centre.agentBehaviour.consultation));
      return;
    }
    if (call.contact) this.#planDialedTalk(worker, call);
    else this.#planTalk(worker, call);
  }

  previewed(agent: AgentView, contact: Contact): void {
    const worker = this.#workers.get(agent.number);
    if (!worker) return;
    const { step, afterMs } = this.#duties.isDue(worker) ? COME_BACK : this.#campaigns.look(worker, contact.agent === agent.number);
    this.#after(worker, step, afterMs);
  }

  consultationEnded(agent: AgentView): void {
    const worker = this.#workers.get(agent.number);
    if (worker && agent.call) this.#after(worker, 'end-talk', worker.restMs);
  }

  wrapupBegun(agent: AgentView, callId: string): void {
    const worker = this.#workers.get(agent.number);
    if (!worker) return;
    if (this.#askers.get(callId) === worker) this.#askers.delete(callId);
    const behaviour = worker.queue?.behaviour;
    worker.wrapupCall = callId;
    if (worker.dialed) this.#after(worker, 'end-wrapup', worker.dialed.wrapupMs);
    else this.#after(worker, 'end-wrapup', behaviour ? drawMs(this.#options.random, behaviour.wrapup) * worker.person.speed : 1000);
  }

  agentStateChanged(agent: AgentView): void {
    if (agent.state !== 'pause' && agent.state !== 'ready') return;
    const worker = this.#workers.get(agent.number);
    if (!worker?.loggedIn || worker.pausedUntilMs > 0 || this.#stopped) return;
    if (agent.state === 'ready') {
      // After a dial that reached nobody: no talk's end asks for what is due.
      if (this.#duties.isDue(worker)) this.#after(worker, 'come-back', 0);
      return;
    }
    if (worker.breaking) {
      worker.breaking = false;
      this.#after(worker, 'come-back', 0);
      return;
    }
    if (OTHERWISE_ENDED.has(agent.pauseReason)) return;
    // A pause that is not of the roster: a supervisor asked for it.
    const { clock, random, centre } = this.#options;
    worker.pausedUntilMs = clock.nowMs() + drawMs(random, centre.agentBehaviour.forcedPause);
    this.#duties.plan(worker);
  }

  /** Supervisors' messages are read, one agent after the other. */
  messageSent(message: LiveMessage, agents: readonly AgentView[]): void {
    const { clock, random, centre } = this.#options;
    for (const { number } of agents) {
      const read = new CallbackTimer(() => this.#command({ kind: 'message-seen', agent: number, messageId: message.messageId }));
      clock.set(read, clock.nowMs() + drawMs(random, centre.agentBehaviour.messageReading));
    }
  }

  #act(worker: Worker): void {
    const { random, centre } = this.#options;
    const agent = worker.number;
    const what = worker.step;
    worker.step = 'nothing';
    switch (what) {
      case 'nothing':
        return;
      case 'answer':
        this.#command({ kind: 'answer', agent });
        return;
      case 'hold':
        if (this.#command({ kind: 'hold', agent })) this.#after(worker, 'resume', drawMs(random, centre.agentBehaviour.holdLength));
        return;
      case 'resume':
        if (this.#command({ kind: 'resume', agent })) this.#after(worker, worker.transferTo > 0 ? 'transfer' : 'end-talk', worker.restMs);
        return;
      case 'transfer':
        this.#transfer(worker);
        return;
      case 'complete-transfer':
        if (!this.#command({ kind: 'complete-transfer', agent })) this.#after(worker, 'cancel-transfer', 1000);
        return;
      case 'cancel-transfer':
        this.#command({ kind: 'cancel-transfer', agent });
        return;
      case 'end-talk':
        if (random.chance(centre.agentBehaviour.hangUpShare)) this.#command({ kind: 'hang-up', agent });
        else if (worker.line) this.#options.gateway.callerHangsUp(worker.line);
        return;
      case 'end-wrapup':
        this.#endWrapup(worker);
        return;
      case 'hang-up':
        this.#command({ kind: 'hang-up', agent });
        return;
      case 'dial':
        if (!this.#command({ kind: 'dial-contact', agent }) && this.#state(worker) === 'preview') this.#after(worker, 'dial', DIAL_AGAIN_MS);
        return;
      case 'skip':
        this.#command({ kind: 'skip-contact', agent });
        return;
      case 'come-back':
        this.#duties.free(worker);
    }
  }

  /** False = refused: the world has moved on, and the automaton's next event says how. */
  #command(command: Command): boolean {
    return this.#options.automaton().command(command).ok;
  }

  #state(worker: Worker): AgentState {
    return this.#options.automaton().agent(worker.number)?.state ?? 'logged_out';
  }

  #planTalk(worker: Worker, call: CallView): void {
    const { random, centre } = this.#options;
    const queue = this.#queues.get(call.queue) ?? centre.queues[0];
    if (!queue) return;
    const { talk, holdShare, transferShare, transferTo } = queue.behaviour;
    worker.queue = queue;
    worker.dialed = null;
    worker.line = call.line;
    worker.callId = call.id;
    this.#askers.delete(call.id);
    const length = drawMs(random, talk) * worker.person.speed;
    const holds = random.chance(holdShare);
    const transfers = transferTo.length > 0 && random.chance(transferShare);
    worker.transferTo = transfers ? (transferTo[random.weighted(transferTo.map(({ weight }) => weight))]?.queue ?? 0) : 0;
    const first = holds ? length * (0.3 + 0.4 * random.next()) : length * (transfers ? 0.6 : 1);
    worker.restMs = Math.max(1000, length - first);
    this.#after(worker, holds ? 'hold' : transfers ? 'transfer' : 'end-talk', first);
  }

  #planDialedTalk(worker: Worker, call: CallView): void {
    worker.queue = null;
    worker.line = call.line;
    worker.callId = call.id;
    worker.transferTo = 0;
    const { step, afterMs } = this.#campaigns.talk(worker, call);
    worker.restMs = afterMs;
    this.#after(worker, step, afterMs);
  }

  #transfer(worker: Worker): void {
    const { random, centre } = this.#options;
    const mode = random.chance(centre.agentBehaviour.consultedTransferShare) ? 'consulted' : 'blind';
    const to = { queue: worker.transferTo };
    worker.transferTo = 0;
    worker.step = 'nothing';
    if (mode === 'consulted') this.#askers.set(worker.callId, worker);
    if (!this.#command({ kind: 'transfer', agent: worker.number, mode, to })) this.#after(worker, 'end-talk', worker.restMs);
    else if (mode === 'consulted' && worker.step === 'nothing') this.#after(worker, 'cancel-transfer', CONSULTATION_LIMIT_MS);
  }

  #endWrapup(worker: Worker): void {
    const { random, centre, clock } = this.#options;
    const { qualifiedShare, lateQualificationShare, lateQualification, requalifiedShare } = centre.agentBehaviour;
    const { wrapupCall: callId, queue, dialed } = worker;
    const talk = { queue, dialed };
    if (callId !== '' && random.chance(qualifiedShare)) {
      const later = (): void => clock.set(new CallbackTimer(() => this.#qualify(worker, callId, talk, true)), clock.nowMs() + drawMs(random, lateQualification));
      if (random.chance(lateQualificationShare)) later();
      else {
        this.#qualify(worker, callId, talk, false);
        if (random.chance(requalifiedShare)) later();
      }
    }
    worker.wrapupCall = '';
    this.#duties.free(worker);
  }

  #qualify(worker: Worker, callId: string, { queue, dialed }: Talk, late: boolean): void {
    if (late && this.#stopped) return;
    const { random, centre } = this.#options;
    if (dialed) {
      this.#campaigns.qualify(worker.number, callId, dialed);
      return;
    }
    const outcomes = centre.outcomes[queue?.behaviour.outcomes ?? ''];
    if (!outcomes) return;
    const outcome = outcomes[random.weighted(outcomes.map(({ weight }) => weight))];
    if (outcome) this.#command({ kind: 'qualify', agent: worker.number, callId, group: 1, num: outcome.num, detail: 0, comments: '' });
  }

  #after(worker: Worker, step: Step, delayMs: number): void {
    worker.step = step;
    this.#options.clock.set(worker.work, this.#options.clock.nowMs() + delayMs);
  }
}
