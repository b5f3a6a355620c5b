import fc from 'fast-check';
import { expect, test } from 'vitest';
import { END_REASONS, type EmittedRow, type LegsRow, type OdActionsRow, type OdCallsRow } from '../rows.ts';
import { queue, smallCentre } from '../testing/configuration.ts';
import { testFloor, type TestFloor } from '../testing/floor.ts';
import { live, type Action } from '../testing/random-floor.ts';

/** What a reader sees who takes, of each row, the newest version. */
function afterClosing(floor: TestFloor): { calls: OdCallsRow[]; legs: LegsRow[]; actions: OdActionsRow[] } {
  const newest = new Map<string, EmittedRow>();
  for (const emitted of [...floor.rows, ...floor.automaton.closingRows()]) {
    const { kind, row } = emitted;
    const key = kind === 'od-calls' ? row.ID : kind === 'legs' ? `${row.CallID}/${row.Leg}` : `${row.OriginatorID}/${row.ActionUniversalTimeString}/${row.State}`;
    const before = newest.get(`${kind} ${key}`);
    if (!before || before.row.Sequence <= row.Sequence) newest.set(`${kind} ${key}`, emitted);
  }
  const rows = [...newest.values()];
  return {
    calls: rows.flatMap((each) => (each.kind === 'od-calls' ? [each.row] : [])),
    legs: rows.flatMap((each) => (each.kind === 'legs' ? [each.row] : [])),
    actions: rows.flatMap((each) => (each.kind === 'od-actions' ? [each.row] : [])),
  };
}

const NO_FATE = { Closed: 0, NoAgent: 0, Overflow: 0, Abandon: 0, EndReason: END_REASONS.interrupted };

test('a caller who waited was neither answered nor hung up', () => {
  const floor = testFloor();
  floor.dial();
  floor.after(12.7);
  const { calls, legs } = afterClosing(floor);
  expect(calls).toEqual([expect.objectContaining({ ...NO_FATE, FirstQueue: 101, FirstAgent: 0, CallDuration: 12, WaitDuration: 12, TotalWaitDuration: 12, ConvDuration: 0, CallStatusNum: null })]);
  expect(legs).toEqual([expect.objectContaining({ Leg: 1, Queue: 101, Agent: 0, Outcome: 'interrupted', WaitDuration: 12, RingDuration: 0, AnsweredUniversalTime: null, LeftUniversalTime: '2026-01-05 08:00:12.700' })]);
});

test('a call that rang is not an offer that the agent refused', () => {
  const floor = testFloor();
  floor.ready(1);
  floor.dial();
  floor.after(4);
  const { calls, legs, actions } = afterClosing(floor);
  expect(calls).toEqual([expect.objectContaining({ ...NO_FATE, FirstAgent: 0, WaitDuration: 4 })]);
  expect(legs).toEqual([expect.objectContaining({ Agent: 1, Outcome: 'interrupted', RingDuration: 4 })]);
  expect(actions.slice(-2)).toEqual([expect.objectContaining({ State: 2, Duration: 4000 }), expect.objectContaining({ State: 0, Duration: 0 })]);
});

test('a call that was answered stays answered, and has talked until then', () => {
  const floor = testFloor();
  floor.ready(1);
  floor.dial();
  floor.after(3);
  floor.command({ kind: 'answer', agent: 1 });
  floor.after(20);
  floor.command({ kind: 'hold', agent: 1 });
  floor.after(7);
  const held = afterClosing(floor);
  expect(held.calls).toEqual([expect.objectContaining({ ...NO_FATE, FirstAgent: 1, WaitDuration: 3, CallDuration: 30, ConvDuration: 20, HoldDuration: 7, CallStatusGroup: 0, CallStatusNum: 101 })]);
  expect(held.legs).toEqual([expect.objectContaining({ Outcome: 'answered', ConvDuration: 20, HoldDuration: 7, LeftUniversalTime: '2026-01-05 08:00:30.000' })]);
  floor.command({ kind: 'resume', agent: 1 });
  floor.after(5);
  floor.command({ kind: 'hang-up', agent: 1 });
  floor.after(6);
  const wrapup = afterClosing(floor);
  expect(wrapup.calls).toEqual([expect.objectContaining({ EndReason: END_REASONS.agent, CallDuration: 35, ConvDuration: 25, WrapupDuration: 6, Duration: 41 })]);
  expect(wrapup.legs).toEqual([expect.objectContaining({ ConvDuration: 25, WrapupDuration: 6, EndByAgent: 1 })]);
});

test('a caller in the IVR has been there until then, in no queue', () => {
  const scenario = { id: 's', name: 'S', start: 'a', steps: { a: { kind: 'announce', message: 'm', seconds: 30, next: 'q' }, q: { kind: 'queue', queue: 101 } } };
  const campaign = { did: '3000', name: 'A', tenant: 'ocm', site: 'douala', direction: 'inbound', entryPoints: ['950'], queue: 101, scenario: 's' };
  const floor = testFloor(smallCentre({ scenarios: [scenario], campaigns: [campaign], queues: [queue(101), queue(102)] }));
  floor.dial();
  floor.after(9);
  expect(afterClosing(floor)).toMatchObject({ calls: [{ ...NO_FATE, IvrDuration: 9, FirstQueue: 0 }], legs: [] });
});

const action = fc.record<Action>({ what: fc.nat(19), who: fc.nat(5), which: fc.nat(29), waitMs: fc.oneof(fc.constant(0), fc.nat(1500), fc.nat(9000)) });

test('wherever the floor is cut, nothing stays in progress and the agents\' states add up; and the floor goes on as if nobody had looked', () => {
  let open = 0;
  fc.assert(fc.property(fc.array(action, { maxLength: 120, size: 'max' }), (actions) => {
    const { test: floor, finish } = live(actions);
    open += floor.automaton.openCalls;
    const { calls, legs, actions: states } = afterClosing(floor);
    expect(calls.filter((row) => row.Abandon === null || row.EndReason === END_REASONS.inProgress)).toEqual([]);
    expect(legs.filter((row) => row.LeftUniversalTime === null || row.Outcome === 'in-progress')).toEqual([]);
    const talkMs = states.filter(({ State }) => State === 3).reduce((sum, { Duration }) => sum + Duration, 0);
    // Seconds are floored leg by leg, and once more where a hold cuts a talk.
    expect(legs.reduce((sum, leg) => sum + leg.ConvDuration, 0)).toBeGreaterThan(talkMs / 1000 - legs.length * 2 - 1);
    for (let number = 1; number <= 6; number += 1) {
      const own = states.filter(({ OriginatorID }) => OriginatorID === number);
      const logins = own.filter(({ State, Duration }) => State === 0 && Duration === 0).length;
      expect(own.length === 0 || logins > 0).toBe(true);
    }
    const looked = floor.automaton.closingRows();
    finish();
    const last = Math.max(0, ...looked.map(({ row }) => row.Sequence));
    const late = floor.rows.slice(floor.rows.findIndex(({ row }) => row.Sequence > last));
    expect(looked.length === 0 || late.every(({ row }) => row.Sequence > last)).toBe(true);
    expect(floor.calls().every((row) => row.Abandon !== null && row.EndReason !== END_REASONS.interrupted)).toBe(true);
  }), { numRuns: 40, seed: 20260105 });
  expect(open).toBeGreaterThan(20);
});

test('earlier figures of the day are counted in, once, and end at midnight', () => {
  const floor = testFloor();
  floor.automaton.restoreFigures([{ agent: 1, answered: 30, argued: 12, positive: 4 }, { agent: 99, answered: 1, argued: 1, positive: 1 }]);
  floor.ready(1);
  floor.dial();
  floor.command({ kind: 'answer', agent: 1 });
  floor.automaton.restoreFigures([{ agent: 1, answered: 31, argued: 12, positive: 5 }]);
  expect(floor.automaton.agent(1)).toMatchObject({ answeredToday: 32, arguedToday: 12, positiveToday: 5 });
  floor.after(16 * 3600);
  floor.automaton.restoreFigures([{ agent: 1, answered: 2, argued: 1, positive: 0 }]);
  expect(floor.automaton.agent(1)).toMatchObject({ answeredToday: 2, arguedToday: 1, positiveToday: 0 });
});
