// Ad hoc: npx tsx telephony/testing/bench-mmn.ts AGENTS CALLS rows|none
import { createAutomaton } from '../automaton.ts';
import { Timer, VirtualClock } from '../clock.ts';
import { Line } from '../media.ts';
import { Random } from '../random.ts';
import type { RowSink } from '../rows.ts';
import { SimulatedGateway } from '../simulated-gateway.ts';
import type { AgentView, CallView } from '../views.ts';
import { agent, queue, smallCentre } from './configuration.ts';

const [agents = 100, calls = 200_000] = process.argv.slice(2, 4).map(Number);
const rows = process.argv[4] !== 'none';
const clock = new VirtualClock(Date.UTC(2026, 0, 5, 8));
const random = new Random(7, 'bench');
const gateways = Array.from({ length: Math.ceil(agents / 960) }, (_, i) => ({ id: `g${i}`, site: 'douala', e1Links: 64 }));
const media = new SimulatedGateway(gateways);
let count = 0;
const sink: RowSink = () => { count += 1; };
const arrivals = random.stream('arrivals');
const talks = random.stream('talks');
const meanTalk = 180_000;
const meanWrap = 20_000;
const gap = (meanTalk + meanWrap + 2000) / (agents * 0.9);
class Patience extends Timer {
  line: Line;
  constructor(line: Line) { super(); this.line = line; }
  override fire(): void { media.callerHangsUp(this.line); }
}
class Caller extends Line { patience = new Patience(this); }
class Desk extends Timer {
  agent: AgentView; doing: 'ring' | 'talk' | 'wrap' = 'ring'; callId = '';
  constructor(agent: AgentView) { super(); this.agent = agent; }
  override fire(): void {
    const { number } = this.agent;
    if (this.doing === 'ring') automaton.command({ kind: 'answer', agent: number });
    else if (this.doing === 'talk') { const call = this.agent.call; if (call) media.callerHangsUp(call.line); }
    else {
      automaton.command({ kind: 'qualify', agent: number, callId: this.callId, group: 1, num: 1, detail: 0, comments: '' });
      automaton.command({ kind: 'end-wrapup', agent: number });
    }
  }
}
const desks: Desk[] = [];
const plan = (view: AgentView, doing: Desk['doing'], afterMs: number): void => {
  const desk = desks[view.index];
  if (!desk) return;
  desk.doing = doing;
  clock.set(desk, clock.nowMs() + afterMs);
};
const automaton = createAutomaton({
  clock, random, media, rows: rows ? sink : null,
  configuration: smallCentre({
    gateways,
    agents: Array.from({ length: agents }, (_, i) => agent(i + 1, [[101 + (i % 4), 5], [101 + ((i + 1) % 4), 3]])),
    queues: [101, 102, 103, 104].map((n) => queue(n, { maximumWaitSeconds: 600 })),
    campaigns: [101, 102, 103, 104].map((n) => ({ did: `${n}`, name: 'x', tenant: 'ocm', site: 'douala', direction: 'inbound', entryPoints: [`9${n}`], queue: n })),
  }),
  events: {
    queued(call: CallView) { if (call.line instanceof Caller) clock.set(call.line.patience, clock.nowMs() + random.exponential(120_000)); },
    ringing(a) { plan(a, 'ring', 2000); },
    connected(a, call) { if (call.line instanceof Caller) clock.cancel(call.line.patience); plan(a, 'talk', talks.exponential(meanTalk)); },
    wrapupBegun(a, callId) { const desk = desks[a.index]; if (desk) desk.callId = callId; plan(a, 'wrap', talks.exponential(meanWrap)); },
    callEnded(call) { if (call.line instanceof Caller) clock.cancel(call.line.patience); },
  },
});
for (let n = 1; n <= agents; n += 1) {
  const view = automaton.agent(n);
  if (view) desks.push(new Desk(view));
  automaton.command({ kind: 'login', agent: n });
  automaton.command({ kind: 'ready', agent: n });
}
class Arrivals extends Timer {
  left = calls; busy = 0;
  override fire(): void {
    if (this.left === 0) return;
    this.left -= 1;
    if (media.call(new Caller('690000000', `9${101 + arrivals.integer(4)}`), 'douala') === 'busy') this.busy += 1;
    clock.set(this, clock.nowMs() + arrivals.exponential(gap));
  }
}
const source = new Arrivals();
clock.set(source, clock.nowMs());
const cpu0 = process.cpuUsage();
while (source.left > 0 || automaton.openCalls > 0) clock.run(clock.nowMs() + 3_600_000);
const seconds = (process.cpuUsage(cpu0).user + process.cpuUsage(cpu0).system) / 1e6;
console.log(JSON.stringify({ agents, rows: count, seconds, perSecond: Math.round(calls / seconds), busy: source.busy, ...automaton.counters, q: automaton.queueCounters(101) }));
