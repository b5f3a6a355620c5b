import type { Clock } from '../../telephony/clock.ts';
import type { CentreConfiguration } from '../../telephony/configuration.ts';
import type { AgentState } from '../../telephony/rows.ts';
import type { AgentView, AutomatonEvents, CallView } from '../../telephony/views.ts';

export interface QueueStates { waiting: number; agentsLoggedIn: number; agentsReady: number; agentsTalking: number }

/** Who waits and who does what, kept from the automaton's events and never from its live state, which must equal it. */
export class FloorStates implements AutomatonEvents {
  readonly #clock: Clock;
  readonly #queues: readonly number[];
  readonly #skills: ReadonlyMap<number, readonly number[]>;
  readonly #agents = new Map<number, AgentState>();
  /** The queue of the call in hand, by agent. */
  readonly #parts = new Map<number, number>();
  /** By call: its queue, and when it entered. */
  readonly #waiting = new Map<string, { queue: number; sinceMs: number }>();
  /** Customers' calls not ended. */
  readonly #open = new Set<string>();

  constructor(clock: Clock, configuration: CentreConfiguration) {
    this.#clock = clock;
    // A board shows the queues of callers; into those of campaigns comes nobody else.
    const called = new Set(configuration.campaigns.flatMap(({ outbound, queue }) => (outbound ? [queue] : [])));
    this.#queues = configuration.queues.map((queue) => queue.number).filter((queue) => !called.has(queue));
    this.#skills = new Map(configuration.agents.map((agent) => [agent.number, agent.skills.map((skill) => skill.queue)]));
  }

  dialed(call: CallView): void {
    this.#open.add(call.id);
  }

  callStarted(call: CallView): void {
    if (!call.isConsultation) this.#open.add(call.id);
  }

  queued(call: CallView, queue: number): void {
    this.#wait(call, queue);
  }

  ringing(_agent: AgentView, call: CallView): void {
    this.#wait(call, call.queue);
  }

  overflowed(call: CallView): void {
    this.#waiting.delete(call.id);
  }

  connected(agent: AgentView, call: CallView): void {
    this.#waiting.delete(call.id);
    this.#parts.set(agent.number, call.queue);
  }

  agentStateChanged(agent: AgentView): void {
    this.#agents.set(agent.number, agent.state);
    if (agent.state !== 'talk' && agent.state !== 'hold') this.#parts.delete(agent.number);
  }

  callEnded(call: CallView): void {
    this.#waiting.delete(call.id);
    // A consultation has the id of the call that it is about.
    if (!call.isConsultation) this.#open.delete(call.id);
  }

  get openCalls(): number {
    return this.#open.size;
  }

  longestWaitSince(): string | null {
    const first = Math.min(...[...this.#waiting.values()].map(({ sinceMs }) => sinceMs));
    return first === Infinity ? null : new Date(first).toISOString();
  }

  /** The totals of a Live page. */
  totals(): Record<'waiting' | 'agentsReady' | 'agentsRinging' | 'agentsTalking' | 'agentsWrapup' | 'agentsPaused' | 'agentsLoggedIn' | 'callsInProgress', number> {
    const count = (...states: AgentState[]): number => [...this.#agents.values()].filter((state) => states.includes(state)).length;
    return {
      waiting: this.#waiting.size, callsInProgress: this.#open.size,
      agentsReady: count('ready'), agentsRinging: count('ringing'), agentsTalking: count('talk', 'hold'), agentsWrapup: count('wrapup'), agentsPaused: count('pause'),
      agentsLoggedIn: [...this.#agents.values()].filter((state) => state !== 'logged_out').length,
    };
  }

  byQueue(): Record<string, QueueStates> {
    const queues = Object.fromEntries(this.#queues.map((queue): [string, QueueStates] => [String(queue), { waiting: 0, agentsLoggedIn: 0, agentsReady: 0, agentsTalking: 0 }]));
    const add = (queue: number, what: keyof QueueStates): void => {
      const states = queues[String(queue)];
      if (states) states[what] += 1;
    };
    for (const { queue } of this.#waiting.values()) add(queue, 'waiting');
    for (const queue of this.#parts.values()) add(queue, 'agentsTalking');
    for (const [agent, state] of this.#agents) {
      for (const queue of this.#skills.get(agent) ?? []) {
        if (state !== 'logged_out') add(queue, 'agentsLoggedIn');
        if (state === 'ready') add(queue, 'agentsReady');
      }
    }
    return queues;
  }

  #wait(call: CallView, queue: number): void {
    if (!this.#waiting.has(call.id)) this.#waiting.set(call.id, { queue, sinceMs: this.#clock.nowMs() });
  }
}
