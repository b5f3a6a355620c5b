import type { Automaton } from '../automaton.ts';
import { CallbackTimer, type Clock } from '../clock.ts';
import type { Contact } from '../contacts.ts';
import { SYSTEM_STATUSES } from '../rows.ts';
import type { SimulatedGateway } from '../simulated-gateway.ts';
import type { AgentView, AutomatonEvents, CallView } from '../views.ts';
import type { CalledPeople } from './called-people.ts';

/** Looking a number up and dialing it. */
const LOOK_UP_MS = 15_000;
/** Until an agent who listens has understood that a machine talks. */
const MACHINE_HEARD_MS = 8_000;

export interface OutboundWorkersOptions {
  clock: Clock;
  gateway: SimulatedGateway;
  people: CalledPeople;
  automaton: () => Automaton;
  /** Status of a finished talk; null = the agent leaves it unqualified. */
  qualify?: (call: CallView) => { group: number; num: number } | null;
}

/** Agents of outbound campaigns: they talk as long as the person's future says, wrap up and qualify, look numbers up, and hang up on machines. */
export class OutboundWorkers implements AutomatonEvents {
  readonly #options: OutboundWorkersOptions;
  /** The call in wrap-up: what to say of it, and how long it takes. */
  readonly #wrapups = new Map<number, { status: { group: number; num: number } | null; lengthMs: number }>();

  constructor(options: OutboundWorkersOptions) {
    this.#options = options;
  }

  agentStateChanged({ number, state }: AgentView): void {
    if (state === 'ready') this.#askForContact(number);
  }

  previewed({ number }: AgentView, _contact: Contact): void {
    this.#after(LOOK_UP_MS, () => void this.#options.automaton().command({ kind: 'dial-contact', agent: number }));
  }

  connected({ number }: AgentView, call: CallView): void {
    if (!call.contact) return;
    const { line, id } = call;
    const { people, gateway, qualify } = this.#options;
    const future = people.future(line);
    const machine = future.kind === 'machine';
    this.#wrapups.set(number, { status: machine ? { group: 0, num: SYSTEM_STATUSES.machine } : (qualify?.(call) ?? null), lengthMs: machine ? 0 : future.wrapupMs });
    this.#after(machine ? MACHINE_HEARD_MS : future.talkMs, () => {
      const agent = this.#options.automaton().agent(number);
      if (agent?.call?.id !== id) return;
      if (machine) this.#options.automaton().command({ kind: 'hang-up', agent: number });
      else gateway.callerHangsUp(line);
    });
  }

  wrapupBegun({ number }: AgentView, callId: string): void {
    const wrapup = this.#wrapups.get(number);
    if (!wrapup) return;
    this.#after(wrapup.lengthMs, () => {
      const automaton = this.#options.automaton();
      if (wrapup.status) automaton.command({ kind: 'qualify', agent: number, callId, ...wrapup.status, detail: 0, comments: '' });
      automaton.command({ kind: 'end-wrapup', agent: number });
    });
  }

  /** In manual dialing a ready agent looks for work. */
  #askForContact(number: number): void {
    this.#after(0, () => {
      const automaton = this.#options.automaton();
      if (automaton.agent(number)?.state === 'ready' && !automaton.command({ kind: 'next-contact', agent: number }).ok) this.#after(1000, () => {
        if (automaton.agent(number)?.state === 'ready') automaton.command({ kind: 'next-contact', agent: number });
      });
    });
  }

  #after(ms: number, work: () => void): void {
    this.#options.clock.set(new CallbackTimer(work), this.#options.clock.nowMs() + ms);
  }
}
