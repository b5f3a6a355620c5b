import { createAutomaton, type Automaton } from '../automaton.ts';
import { VirtualClock } from '../clock.ts';
import type { Command, CommandResult } from '../commands.ts';
import type { CentreConfiguration } from '../configuration.ts';
import { Line } from '../media.ts';
import { Random } from '../random.ts';
import type { EmittedRow, LegsRow, OdActionsRow, OdCallsRow } from '../rows.ts';
import { SimulatedGateway } from '../simulated-gateway.ts';
import type { AutomatonEvents } from '../views.ts';
import { smallCentre } from './configuration.ts';

/** Monday 2026-01-05 09:00 in Douala. */
export const START_MS = Date.UTC(2026, 0, 5, 8);

export interface TestFloor {
  clock: VirtualClock;
  media: SimulatedGateway;
  automaton: Automaton;
  rows: EmittedRow[];
  command(command: Command): CommandResult;
  /** Logs in and makes ready. */
  ready(...agents: number[]): void;
  /** A caller who dials the number; the line tells what becomes of it. */
  dial(dnis?: string, caller?: string): Line;
  after(seconds: number): void;
  calls(): OdCallsRow[];
  /** Latest row of the latest call, or of the n-th (from 0). */
  call(index?: number): OdCallsRow;
  /** Latest rows of the legs, in order. */
  legs(): LegsRow[];
  actions(agent: number): OdActionsRow[];
}

/** A whole automaton in virtual time with everything it wrote, for tests. */
export function testFloor(configuration: CentreConfiguration = smallCentre(), events: AutomatonEvents = {}, startMs = START_MS, keptCalls?: number): TestFloor {
  const clock = new VirtualClock(startMs);
  const media = new SimulatedGateway(configuration.gateways);
  const rows: EmittedRow[] = [];
  const automaton = createAutomaton({ clock, random: new Random(1), configuration, media, events, keptCalls, rows: (row) => rows.push(row) });
  const latest = <Row>(pairs: [string, Row][]): Row[] => [...new Map(pairs).values()];
  const calls = (): OdCallsRow[] => latest(rows.flatMap((row): [string, OdCallsRow][] => (row.kind === 'od-calls' ? [[row.row.ID, row.row]] : [])));
  return {
    clock,
    media,
    automaton,
    rows,
    command: (command) => automaton.command(command),
    ready(...agents) {
      for (const agent of agents) {
        automaton.command({ kind: 'login', agent });
        automaton.command({ kind: 'ready', agent });
      }
    },
    dial(dnis = '950', caller = '690000001') {
      const line = new Line(caller, dnis);
      media.call(line, dnis === '951' ? 'lille' : 'douala');
      return line;
    },
    after: (seconds) => clock.run(clock.nowMs() + seconds * 1000),
    calls,
    call(index) {
      const all = calls();
      const row = all[index ?? all.length - 1];
      if (!row) throw new Error('there is no such call');
      return row;
    },
    legs: () => latest(rows.flatMap((row): [string, LegsRow][] => (row.kind === 'legs' ? [[`${row.row.CallID}/${row.row.Leg}`, row.row]] : []))),
    actions: (agent) => rows.flatMap((row) => (row.kind === 'od-actions' && row.row.OriginatorID === agent ? [row.row] : [])),
  };
}
