import { expect, test } from 'vitest';
import { END_REASONS, OD_CALLS_COLUMNS } from '../rows.ts';
import { agent, queue, smallCentre } from '../testing/configuration.ts';
import { testFloor } from '../testing/floor.ts';

test('a call has a row while it is in progress, at its answer, at its end and with its qualification', () => {
  const floor = testFloor();
  floor.ready(1);
  floor.after(10);
  const line = floor.dial();
  expect(floor.call()).toMatchObject({ Abandon: null, Closed: null, NoAgent: null, Overflow: null, EndReason: 0, FirstAgent: 0, CallStatusNum: null });
  floor.after(3.6);
  floor.command({ kind: 'answer', agent: 1 });
  expect(floor.call()).toMatchObject({ Abandon: null, FirstAgent: 1, FirstQueue: 101, WaitDuration: 3, AcceptDuration: 3 });
  floor.after(20);
  floor.command({ kind: 'hold', agent: 1 });
  floor.after(7.5);
  floor.command({ kind: 'resume', agent: 1 });
  floor.after(10.9);
  floor.media.callerHangsUp(line);
  expect(floor.call()).toMatchObject({ Abandon: 0, CallStatusGroup: 0, CallStatusNum: 101, CallStatusDetail: 0, EndReason: END_REASONS.caller, EndByAgent: 0 });
  floor.after(12.2);
  const { ID } = floor.call();
  floor.command({ kind: 'qualify', agent: 1, callId: ID, group: 1, num: 1, detail: 0, comments: 'ok' });
  floor.command({ kind: 'end-wrapup', agent: 1 });
  expect(floor.rows.filter((row) => row.kind === 'od-calls')).toHaveLength(4);
  expect(floor.call()).toEqual({
    ID, CtiID: 1, CustomerID: 1, Indice: 0, CallType: 1,
    CallUniversalTime: '2026-01-05 08:00:10.000', CallLocalTime: '2026-01-05 09:00:10.000',
    CallUniversalTimeString: '20260105080010', CallLocalTimeString: '20260105090010',
    Duration: 54, CallDuration: 42, AcceptDuration: 3, IvrDuration: 0, WaitDuration: 3, TotalWaitDuration: 3, ConvDuration: 30, WrapupDuration: 12,
    RerouteDuration: 0, OverflowDuration: 0, ANI: '690000001', DNIS: '950', FirstCampaign: '3000', FirstVirtualCamp: '', LastCampaign: '3000',
    LastVirtualCamp: '', UUI: '', Memo: '', AssociatedData: '', OutTel: '', OutDialed: '', Closed: 0, NoAgent: 0, Overflow: 0, Abandon: 0,
    FirstIVR: '', LastIVR: '', FirstQueue: 101, LastQueue: 101, InitPriority: 0, FirstAgent: 1, LastAgent: 1, LastTransfer: '',
    CallStatusGroup: 1, CallStatusNum: 1, CallStatusDetail: 0, Comments: 'ok', ContactID: '', EndByAgent: 0, AgentListen: 0,
    EndReason: END_REASONS.caller, RefID: '', ProActiveReason: 0, Sequence: expect.any(Number), HoldDuration: 7,
  });
  expect(Object.keys(floor.call()).slice(0, 52)).toEqual(OD_CALLS_COLUMNS);
  expect(floor.legs()).toEqual([{
    CallID: ID, CustomerID: 1, Leg: 1, Visit: 1, Queue: 101, Agent: 1, Campaign: '3000',
    EnteredUniversalTime: '2026-01-05 08:00:10.000', StartedUniversalTime: '2026-01-05 08:00:10.000',
    AnsweredUniversalTime: '2026-01-05 08:00:13.600', LeftUniversalTime: '2026-01-05 08:00:52.000', Outcome: 'answered',
    WaitDuration: 3, RingDuration: 3, ConvDuration: 30, HoldDuration: 7, WrapupDuration: 12, Transferred: 0, EndByAgent: 0, Sequence: expect.any(Number),
  }]);
});

test('agent states are written when they end, with the session, the reason and the call', () => {
  const floor = testFloor();
  floor.command({ kind: 'login', agent: 1 });
  floor.after(5);
  floor.command({ kind: 'ready', agent: 1 });
  floor.after(5);
  floor.dial();
  floor.after(2.5);
  floor.command({ kind: 'answer', agent: 1 });
  floor.after(30);
  floor.command({ kind: 'hang-up', agent: 1 });
  floor.after(4);
  floor.command({ kind: 'pause', agent: 1, reason: 'pause' });
  floor.after(60);
  floor.command({ kind: 'logout', agent: 1 });
  const { ID } = floor.call();
  const actions = floor.actions(1);
  expect(new Set(actions.map(({ SessionId }) => SessionId)).size).toBe(1);
  const none = { CallID: '', Queue: 0, Campaign: '' };
  const own = { CallID: ID, Queue: 101, Campaign: '3000' };
  expect(actions.map(({ State, ActionUniversalTimeString, Duration, Context, CallID, Queue, Campaign }) => ({ State, ActionUniversalTimeString, Duration, Context, CallID, Queue, Campaign }))).toEqual([
    { State: 0, ActionUniversalTimeString: '20260105080000000', Duration: 0, Context: '', ...none },
    { State: 6, ActionUniversalTimeString: '20260105080000000', Duration: 5000, Context: 'login', ...none },
    { State: 1, ActionUniversalTimeString: '20260105080005000', Duration: 5000, Context: '', ...none },
    { State: 2, ActionUniversalTimeString: '20260105080010000', Duration: 2500, Context: '', ...own },
    { State: 3, ActionUniversalTimeString: '20260105080012500', Duration: 30_000, Context: '', ...own },
    { State: 5, ActionUniversalTimeString: '20260105080042500', Duration: 4000, Context: '', ...own },
    { State: 6, ActionUniversalTimeString: '20260105080046500', Duration: 60_000, Context: 'pause', ...none },
    { State: 0, ActionUniversalTimeString: '20260105080146500', Duration: 0, Context: '', ...none },
  ]);
  expect(floor.call()).toMatchObject({ EndByAgent: 1, EndReason: END_REASONS.agent, WrapupDuration: 4 });
});

test.each([
  ['waiting', 0, 4.9, { Outcome: 'abandoned', Agent: 0, WaitDuration: 4, RingDuration: 0 }],
  ['ringing', 1, 6, { Outcome: 'abandoned', Agent: 1, WaitDuration: 6, RingDuration: 6 }],
] as const)('a caller who hangs up while %s has abandoned', (_stage, agents, seconds, leg) => {
  const floor = testFloor();
  if (agents > 0) floor.ready(1);
  const line = floor.dial();
  floor.after(seconds);
  floor.media.callerHangsUp(line);
  expect(floor.call()).toMatchObject({ Abandon: 1, FirstQueue: 101, FirstAgent: 0, WaitDuration: leg.WaitDuration, ConvDuration: 0, EndReason: END_REASONS.caller, CallStatusGroup: 0, CallStatusNum: 89 });
  expect(floor.legs()).toEqual([expect.objectContaining(leg)]);
  expect(floor.automaton.agent(1)?.state).toBe(agents > 0 ? 'ready' : 'logged_out');
});

test('a refused offer closes a leg, pauses the agent and goes on in the same visit', () => {
  const floor = testFloor(smallCentre({ queues: [queue(101, { ringTimeoutSeconds: 10 }), queue(102)] }));
  floor.ready(2, 1);
  floor.dial();
  floor.after(10);
  expect(floor.automaton.agent(2)).toMatchObject({ state: 'pause', pauseReason: 'rona' });
  floor.after(2);
  floor.command({ kind: 'answer', agent: 1 });
  floor.after(1);
  floor.command({ kind: 'hang-up', agent: 1 });
  expect(floor.call()).toMatchObject({ FirstAgent: 1, RerouteDuration: 10, AcceptDuration: 2, WaitDuration: 12 });
  expect(floor.legs()).toMatchObject([
    { Leg: 1, Visit: 1, Agent: 2, Outcome: 'rerouted', RingDuration: 10 },
    { Leg: 2, Visit: 1, Agent: 1, Outcome: 'answered', WaitDuration: 12, RingDuration: 2, StartedUniversalTime: '2026-01-05 08:00:10.000', EnteredUniversalTime: '2026-01-05 08:00:00.000' },
  ]);
});

test('after the maximum wait a call overflows; both waits are kept apart', () => {
  const floor = testFloor();
  floor.dial();
  floor.after(70);
  floor.ready(4);
  floor.command({ kind: 'answer', agent: 4 });
  floor.command({ kind: 'hang-up', agent: 4 });
  expect(floor.call()).toMatchObject({ Overflow: 1, Abandon: 0, FirstQueue: 101, LastQueue: 102, WaitDuration: 60, TotalWaitDuration: 70, OverflowDuration: 10 });
  expect(floor.legs()).toMatchObject([
    { Visit: 1, Queue: 101, Outcome: 'overflowed', WaitDuration: 60, Agent: 0 },
    { Visit: 2, Queue: 102, Outcome: 'answered', WaitDuration: 10, Agent: 4 },
  ]);
});

test('a call that an open queue let go into a closed one overflowed; it did not come out of hours', () => {
  const calendars = [{ id: 'never', zone: 'Africa/Douala', weekdays: {} }];
  const floor = testFloor(smallCentre({ calendars, queues: [queue(101, { maximumWaitSeconds: 60, overflowQueue: 102 }), queue(102, { calendar: 'never' })] }));
  floor.dial();
  floor.after(61);
  expect(floor.call()).toMatchObject({ Closed: 0, Overflow: 1, Abandon: 0, NoAgent: 0, EndReason: END_REASONS.closed, FirstQueue: 101, WaitDuration: 60 });
  expect(floor.legs()).toMatchObject([{ Queue: 101, Outcome: 'overflowed' }, { Queue: 102, Outcome: 'closed' }]);
});

test('without a queue to overflow to, the maximum wait ends the call', () => {
  const floor = testFloor(smallCentre({ queues: [queue(101, { maximumWaitSeconds: 30 }), queue(102)] }));
  floor.dial();
  floor.after(31);
  expect(floor.call()).toMatchObject({ Overflow: 1, Abandon: 0, EndReason: END_REASONS.maximumWait, CallDuration: 30, CallStatusGroup: null, CallStatusNum: null });
});

test.each([
  ['hang-up', { NoAgent: 1, Overflow: 0, Abandon: 0, EndReason: END_REASONS.noAgent }, ['no-agent']],
  ['overflow', { NoAgent: null, Overflow: null, EndReason: 0 }, ['overflowed']],
] as const)('nobody logged in: the rule %s', (noAgentRule, row, outcomes) => {
  const floor = testFloor(smallCentre({ queues: [queue(101, { noAgentRule, overflowQueue: 102 }), queue(102)] }));
  floor.dial();
  expect(floor.call()).toMatchObject(row);
  expect(floor.legs().map(({ Outcome }) => Outcome)).toEqual(outcomes);
});

test('queues that overflow into each other let a call go in the end', () => {
  const floor = testFloor(smallCentre({ queues: [queue(101, { noAgentRule: 'overflow', overflowQueue: 102 }), queue(102, { noAgentRule: 'overflow', overflowQueue: 101 })] }));
  floor.dial();
  expect(floor.automaton.openCalls).toBe(0);
  expect(floor.call()).toMatchObject({ NoAgent: 1, EndReason: END_REASONS.noAgent });
});

test('a blind transfer begins a new visit; the first agent keeps the service level, the last one the outcome', () => {
  const floor = testFloor();
  floor.ready(1, 4);
  const line = floor.dial();
  floor.after(2);
  floor.command({ kind: 'answer', agent: 1 });
  floor.after(30);
  floor.command({ kind: 'transfer', agent: 1, mode: 'blind', to: { queue: 102 } });
  expect(floor.automaton.agent(1)?.state).toBe('wrapup');
  floor.after(5);
  floor.command({ kind: 'answer', agent: 4 });
  floor.after(40);
  floor.media.callerHangsUp(line);
  expect(floor.call()).toMatchObject({ FirstAgent: 1, LastAgent: 4, FirstQueue: 101, LastQueue: 102, LastTransfer: '102', WaitDuration: 2, TotalWaitDuration: 7, ConvDuration: 70, Abandon: 0 });
  expect(floor.legs()).toMatchObject([
    { Leg: 1, Visit: 1, Queue: 101, Agent: 1, Transferred: 1, ConvDuration: 30 },
    { Leg: 2, Visit: 2, Queue: 102, Agent: 4, Transferred: 0, ConvDuration: 40, WaitDuration: 5 },
  ]);
});

test('a caller who leaves after a transfer abandoned the second queue, not the call', () => {
  const floor = testFloor();
  floor.ready(1);
  const line = floor.dial();
  floor.command({ kind: 'answer', agent: 1 });
  floor.command({ kind: 'transfer', agent: 1, mode: 'blind', to: { queue: 102 } });
  floor.after(9);
  floor.media.callerHangsUp(line);
  expect(floor.call()).toMatchObject({ Abandon: 0, FirstAgent: 1, EndReason: END_REASONS.caller });
  expect(floor.legs()[1]).toMatchObject({ Queue: 102, Outcome: 'abandoned', WaitDuration: 9 });
});

test('a call passed to an agent who does not take it goes back to its queue, in a new visit', () => {
  const floor = testFloor();
  floor.ready(1, 4);
  floor.dial();
  floor.command({ kind: 'answer', agent: 1 });
  floor.command({ kind: 'transfer', agent: 1, mode: 'blind', to: { agent: 4 } });
  floor.after(20);
  expect(floor.automaton.agent(4)).toMatchObject({ state: 'pause', pauseReason: 'rona' });
  floor.command({ kind: 'ready', agent: 1 });
  floor.after(2);
  floor.command({ kind: 'answer', agent: 1 });
  floor.command({ kind: 'hang-up', agent: 1 });
  expect(floor.call()).toMatchObject({ LastTransfer: '4', FirstAgent: 1, LastAgent: 1, LastQueue: 101, RerouteDuration: 20, Abandon: 0 });
  expect(floor.legs()).toMatchObject([
    { Leg: 1, Visit: 1, Queue: 101, Agent: 1, Transferred: 1 },
    { Leg: 2, Visit: 2, Queue: 0, Agent: 4, Outcome: 'rerouted', RingDuration: 20 },
    { Leg: 3, Visit: 3, Queue: 101, Agent: 1, Outcome: 'answered', WaitDuration: 2 },
  ]);
});

test('a consulted transfer: the customer is on hold until the colleague takes over', () => {
  const floor = testFloor();
  floor.ready(1, 4);
  const line = floor.dial();
  floor.command({ kind: 'answer', agent: 1 });
  floor.after(20);
  floor.command({ kind: 'transfer', agent: 1, mode: 'consulted', to: { agent: 4 } });
  floor.after(3);
  floor.command({ kind: 'answer', agent: 4 });
  floor.after(7);
  expect(floor.command({ kind: 'complete-transfer', agent: 1 })).toEqual({ ok: true });
  floor.after(15);
  floor.media.callerHangsUp(line);
  expect(floor.call()).toMatchObject({ FirstAgent: 1, LastAgent: 4, LastTransfer: '4', ConvDuration: 35, HoldDuration: 10, TotalWaitDuration: 0 });
  expect(floor.legs()).toMatchObject([
    { Leg: 1, Queue: 101, Agent: 1, ConvDuration: 20, HoldDuration: 10, Transferred: 1 },
    { Leg: 2, Queue: 0, Agent: 4, ConvDuration: 22, RingDuration: 3 },
  ]);
});

test('a consultation that nobody answers comes back to the customer and leaves no answered leg', () => {
  const floor = testFloor();
  floor.ready(1, 4);
  floor.dial();
  floor.command({ kind: 'answer', agent: 1 });
  floor.command({ kind: 'transfer', agent: 1, mode: 'consulted', to: { agent: 4 } });
  floor.after(21);
  expect(floor.automaton.agent(4)).toMatchObject({ state: 'pause', pauseReason: 'rona' });
  expect(floor.automaton.agent(1)).toMatchObject({ state: 'talk', consultation: null });
});

test('a later qualification replaces the first and moves the figures of the agent', () => {
  const floor = testFloor();
  floor.ready(1);
  floor.dial();
  floor.command({ kind: 'answer', agent: 1 });
  floor.command({ kind: 'hang-up', agent: 1 });
  const { ID } = floor.call();
  const qualify = (num: number): void => void floor.command({ kind: 'qualify', agent: 1, callId: ID, group: 1, num, detail: 0, comments: '' });
  qualify(1);
  expect(floor.automaton.agent(1)).toMatchObject({ answeredToday: 1, arguedToday: 1, positiveToday: 1 });
  floor.command({ kind: 'end-wrapup', agent: 1 });
  floor.after(7200);
  qualify(2);
  expect(floor.automaton.agent(1)).toMatchObject({ arguedToday: 1, positiveToday: 0 });
  expect(floor.call()).toMatchObject({ CallStatusNum: 2, WrapupDuration: 0 });
  floor.after(86_400);
  qualify(3);
  expect(floor.automaton.agent(1)).toMatchObject({ answeredToday: 0, arguedToday: 0, positiveToday: 0 });
});

test('the best level among the free wins, then the longest idle; a freed agent takes priority, then the longest wait', () => {
  const floor = testFloor(smallCentre({ agents: [agent(1, [[101, 5], [102, 5]]), agent(2, [[101, 9]]), agent(3, [[101, 5]])], queues: [queue(101), queue(102, { priority: 3 })] }));
  floor.ready(3);
  floor.after(1);
  floor.ready(1, 2);
  floor.dial();
  floor.dial();
  floor.dial();
  expect([2, 3, 1].map((number) => floor.automaton.agent(number)?.call?.number)).toEqual([0, 1, 2]);
  floor.command({ kind: 'answer', agent: 1 });
  floor.dial('950');
  floor.after(1);
  floor.dial('951');
  floor.after(1);
  floor.command({ kind: 'hang-up', agent: 1 });
  floor.command({ kind: 'end-wrapup', agent: 1 });
  expect(floor.automaton.agent(1)?.call).toMatchObject({ number: 4, queue: 102 });
});
