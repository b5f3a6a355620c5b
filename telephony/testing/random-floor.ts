import { applyLiveChange, type LiveState } from '../live.ts';
import { Line } from '../media.ts';
import type { AgentView, CallView } from '../views.ts';
import { agent, queue, smallCentre } from './configuration.ts';
import { START_MS, testFloor, type TestFloor } from './floor.ts';

/** One random thing that happens on the floor; numbers are folded into what is possible. */
export interface Action { what: number; who: number; which: number; waitMs: number }

const AGENTS = 6;

/** A floor where everything can go wrong soon: short rings and waits, a small gateway, calendars aside. */
export const restlessCentre = smallCentre({
  agents: [
    agent(1, [[101, 5]]), agent(2, [[101, 9], [102, 3]]), agent(3, [[101, 5], [102, 9]]), agent(4, [[102, 5], [103, 1]]),
    agent(5, [[101, 1], [102, 1], [103, 9]]), agent(6, [[103, 5]]),
  ],
  queues: [
    queue(101, { maximumWaitSeconds: 25, overflowQueue: 102, ringTimeoutSeconds: 5, maximumWrapupSeconds: 10 }),
    queue(102, { maximumWaitSeconds: 40, ringTimeoutSeconds: 8, priority: 5 }),
    queue(103, { maximumWaitSeconds: 20, overflowQueue: 101, ringTimeoutSeconds: 0, maximumWrapupSeconds: 0, noAgentRule: 'overflow' }),
    queue(104, { noAgentRule: 'hang-up' }),
  ],
  campaigns: [
    { did: '3000', name: 'A', tenant: 'ocm', site: 'douala', direction: 'inbound', entryPoints: ['950'], queue: 101 },
    { did: '3001', name: 'B', tenant: 'ocm', site: 'douala', direction: 'inbound', entryPoints: ['951'], queue: 103 },
    { did: '3002', name: 'C', tenant: 'ocm', site: 'douala', direction: 'inbound', entryPoints: ['952'], queue: 101, scenario: 'accueil' },
    { did: '3003', name: 'D', tenant: 'ocm', site: 'douala', direction: 'inbound', entryPoints: ['953'], queue: 104 },
  ],
  scenarios: [{
    id: 'accueil', name: 'Accueil', start: 'hello', steps: {
      hello: { kind: 'announce', message: 'm1', seconds: 3, next: 'menu' },
      menu: { kind: 'menu', message: 'm2', seconds: 2, choices: { 1: 'q1', 2: 'q2' }, timeoutSeconds: 4, retries: 1, otherwise: 'bye' },
      q1: { kind: 'queue', queue: 101 },
      q2: { kind: 'queue', queue: 102 },
      bye: { kind: 'hang-up', message: 'm3', seconds: 2, resolved: false },
    },
  }],
  gateways: [{ id: 'g1', site: 'douala', e1Links: 1 }],
});

export interface Session { test: TestFloor; seen: Map<string, number>; ended: Map<CallView['number'], number>; broken: string[]; finish(): void }

/** Lives the actions and checks after each of them; what happened is counted by name. */
export function live(actions: readonly Action[]): Session {
  const seen = new Map<string, number>();
  const ended = new Map<number, number>();
  const open = new Set<CallView>();
  const lines: Line[] = [];
  const broken: string[] = [];
  const count = (name: string): void => void seen.set(name, (seen.get(name) ?? 0) + 1);
  const test = testFloor(restlessCentre, {
    callStarted: (call) => void open.add(call),
    rerouted: () => count('re-route'),
    overflowed: () => count('overflow'),
    transferred: (_call, _from, mode) => count(`${mode} transfer`),
    consultationEnded: () => count('consultation ended'),
    connected: (_agent, call) => count(call.isConsultation ? 'consultation answered' : 'connected'),
    callEnded: (call) => {
      if (call.isConsultation) return;
      open.delete(call);
      ended.set(call.number, (ended.get(call.number) ?? 0) + 1);
    },
    // So few that open calls are overtaken by their numbers and objects are used again.
  }, START_MS, 8);
  const { automaton, clock, media } = test;
  const agents = Array.from({ length: AGENTS }, (_, i) => automaton.agent(i + 1)).filter((view) => view !== null);
  let folded: LiveState | null = null;
  automaton.live.subscribe((event) => {
    folded = event.kind === 'snapshot' ? event.state : folded && applyLiveChange(folded, event.change);
    if (folded && folded.version % 10 === 0 && JSON.stringify(folded) !== JSON.stringify(automaton.live.snapshot())) broken.push(`the folded live state ${folded.version} differs from the snapshot`);
  });
  const check = (): void => {
    const found = problem(test, agents, open);
    if (found) broken.push(`${clock.nowMs()}: ${found}`);
  };
  for (const action of actions) {
    act(action);
    check();
    const until = clock.nowMs() + action.waitMs;
    for (let next = clock.nowMs(); next <= until; next += 500) {
      clock.run(Math.min(next, until));
      check();
    }
    clock.run(until);
  }
  return {
    test, seen, ended, broken,
    finish() {
      for (const line of lines) media.callerHangsUp(line);
      test.after(3600);
      for (const view of agents) {
        for (const kind of ['cancel-transfer', 'hang-up', 'end-wrapup', 'logout'] as const) automaton.command({ kind, agent: view.number });
      }
      test.after(3600);
      check();
    },
  };

  function act({ what, who, which }: Action): void {
    const view = agents[who % AGENTS];
    if (!view) return;
    const number = view.number;
    const kind = what % 20;
    if (kind < 7) {
      const line = new Line(`69000${which}`, `95${which % 4}`);
      const answer = media.call(line, 'douala');
      if (answer === 'busy') count('full gateway');
      else lines.push(line);
    } else if (kind === 7 || kind === 8) {
      const call = [...open][which % Math.max(1, open.size)];
      if (!call) return;
      count(`caller hangs up: ${call.stage}`);
      media.callerHangsUp(call.line);
    } else if (kind === 9) {
      for (const call of open) media.press(call.line, `${1 + (which % 3)}`);
    } else if (view.state === 'logged_out') {
      automaton.command({ kind: 'login', agent: number });
      automaton.command({ kind: 'ready', agent: number });
    } else if (view.state === 'ringing') {
      if (which % 5 > 0) automaton.command({ kind: which % 5 === 1 ? 'hang-up' : 'answer', agent: number });
    } else if (view.state === 'talk' || view.state === 'hold') talk(view, kind, which);
    else if (view.state === 'wrapup') {
      if (which % 3 === 0) automaton.command({ kind: 'pause', agent: number, reason: 'pause' });
      else automaton.command({ kind: which % 3 === 1 ? 'ready' : 'end-wrapup', agent: number });
    } else if (view.state === 'pause') automaton.command({ kind: 'ready', agent: number });
    else if (kind === 19) automaton.command({ kind: which % 2 === 0 ? 'logout' : 'pause', agent: number, reason: 'pause' });
  }

  function talk(view: AgentView, kind: number, which: number): void {
    const number = view.number;
    const to = which % 3 === 0 ? { agent: 1 + (which % AGENTS) } : { queue: 101 + (which % 4) };
    if (view.consultation) {
      const done = automaton.command({ kind: which % 3 === 0 ? 'cancel-transfer' : 'complete-transfer', agent: number });
      if (done.ok && which % 3 === 0) count('consultation cancelled');
    } else if (kind < 12) automaton.command({ kind: 'transfer', agent: number, mode: 'blind', to });
    else if (kind < 15) automaton.command({ kind: 'transfer', agent: number, mode: 'consulted', to });
    else if (kind === 15) automaton.command({ kind: view.state === 'talk' ? 'hold' : 'resume', agent: number });
    else if (kind === 16) automaton.command({ kind: 'force-pause', supervisor: 'chef', agent: number, reason: 'formation' });
    else if (kind === 17 && automaton.command({ kind: 'hang-up', agent: number }).ok) count('agent hangs up');
  }
}

/** What must never be seen, in words; null = all is well. */
function problem({ automaton, media }: TestFloor, agents: readonly AgentView[], open: ReadonlySet<CallView>): string | null {
  if (open.size !== automaton.openCalls) return `${automaton.openCalls} calls are open, ${open.size} were begun and not ended`;
  const busy = media.occupation().reduce((sum, { busyChannels }) => sum + busyChannels, 0);
  if (busy !== open.size) return `${busy} channels for ${open.size} calls`;
  for (const call of open) {
    if (call.stage !== 'waiting') continue;
    const idle = agents.find((view) => view.state === 'ready' && hasSkill(view.number, call.queue));
    if (idle) return `a call waits in ${call.queue} while agent ${idle.number} is ready`;
  }
  const held = new Set<CallView>();
  for (const view of agents) {
    const withCall = view.state === 'ringing' || view.state === 'talk' || view.state === 'hold';
    if (withCall !== (view.call !== null)) return `agent ${view.number} is ${view.state} ${view.call ? 'with' : 'without'} a call`;
    if (!view.call) continue;
    if (held.has(view.call)) return `call ${view.call.number} is with two agents`;
    held.add(view.call);
    if (view.call.agentNumber !== view.number) return `agent ${view.number} holds a call of agent ${view.call.agentNumber}`;
    if (view.call.stage === 'ended') return `agent ${view.number} holds an ended call`;
  }
  for (const call of open) {
    const withAgent = call.stage === 'ringing' || call.stage === 'talking' || call.stage === 'held';
    if (withAgent !== held.has(call)) return `call ${call.number} is ${call.stage} but its agent ${withAgent ? 'has not' : 'has'} got it`;
  }
  return null;
}

function hasSkill(number: number, queueNumber: number): boolean {
  return restlessCentre.agents.some((settings) => settings.number === number && settings.skills.some((skill) => skill.queue === queueNumber));
}
