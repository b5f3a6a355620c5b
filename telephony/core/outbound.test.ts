import { expect, test } from 'vitest';
import { STANDARD_PEOPLE } from '../dialer/called-people.ts';
import { END_REASONS } from '../rows.ts';
import { DID, FixedLevel, outboundFloor, OUTBOUND_QUEUE, someContacts } from '../testing/outbound-floor.ts';

const only = (share: 'personShare' | 'machineShare' | 'busyShare' | 'invalidShare' | 'none') => ({
  ...STANDARD_PEOPLE, personShare: 0, machineShare: 0, busyShare: 0, invalidShare: 0, mistakenShare: 0, answerMeanSeconds: 0.001, ...(share === 'none' ? {} : { [share]: 1 }),
});

test('progressive: the number is dialed for an agent, who has the person at once', () => {
  const floor = outboundFloor({ agents: 1, settings: { mode: 'progressive' }, behaviour: only('personShare'), working: false });
  floor.ready(1);
  floor.after(1);
  expect(floor.automaton.agent(1)).toMatchObject({ state: 'dialing' });
  floor.after(3);
  expect(floor.automaton.agent(1)).toMatchObject({ state: 'talk' });
  floor.after(60);
  floor.automaton.command({ kind: 'hang-up', agent: 1 });
  const [call] = floor.calls();
  expect(floor.automaton.command({ kind: 'qualify', agent: 1, callId: call?.ID ?? '', group: 1, num: 1, detail: 0, comments: '' })).toEqual({ ok: true });
  floor.after(20);
  floor.automaton.command({ kind: 'end-wrapup', agent: 1 });
  expect(floor.calls()[0]).toMatchObject({
    CallType: 2, Indice: 1, OutTel: '+33180000000', OutDialed: '+33610000000', ANI: '+33180000000', DNIS: '+33610000000', FirstCampaign: DID, FirstQueue: OUTBOUND_QUEUE, FirstAgent: 1, LastAgent: 1,
    WaitDuration: 0, ConvDuration: 62, WrapupDuration: 20, Abandon: 0, EndByAgent: 1, EndReason: END_REASONS.agent, CallStatusGroup: 1, CallStatusNum: 1,
  });
  expect(floor.legs()).toEqual([expect.objectContaining({ CallType: 2, Leg: 1, Queue: OUTBOUND_QUEUE, Agent: 1, Outcome: 'answered', WaitDuration: 0, WrapupDuration: 20 })]);
  // login, dialing (2 s and a bit), talk, wrap-up
  expect(floor.actions(1).map(({ State, Campaign }) => [State, Campaign])).toEqual([[0, ''], [8, DID], [3, DID], [5, DID]]);
  expect(floor.automaton.agent(1)).toMatchObject({ state: 'dialing', arguedToday: 1, positiveToday: 1 });
  expect(floor.contacts.states(DID).done).toBe(1);
  expect(floor.automaton.queueCounters(OUTBOUND_QUEUE)).toMatchObject({ queued: 0, answered: 0 });
});

test.each([
  ['busyShare', 90, 4, 'resting'], ['invalidShare', 91, 4, 'exhausted'], ['none', 92, 25, 'resting'], ['machineShare', 93, 5, 'resting'],
] as const)('%s: the status is %i, and the agent has the next number', (share, status, seconds, state) => {
  const floor = outboundFloor({ agents: 1, settings: { mode: 'progressive' }, behaviour: only(share) });
  floor.ready(1);
  floor.after(seconds + 3);
  expect(floor.calls()[0]).toMatchObject({ CallType: 2, CallStatusGroup: 0, CallStatusNum: status, CallDuration: seconds, FirstAgent: 0, Abandon: 0, EndReason: END_REASONS.notReached });
  expect(floor.calls().length).toBeGreaterThan(1);
  expect(floor.legs()).toEqual([]);
  expect(floor.contacts.states(DID)[state]).toBe(floor.calls().length - 1);
});

test.each([['none', ['dialing', 'pause']], ['personShare', ['talk', 'wrapup', 'pause']]] as const)('a pause asked for while a number rings begins when it is over (%s)', (share, states) => {
  const seen: string[] = [];
  const floor = outboundFloor({ agents: 1, settings: { mode: 'progressive' }, behaviour: { ...only(share), answerFixedSeconds: 5 }, working: false, events: { agentStateChanged: ({ state }) => void seen.push(state) } });
  floor.ready(1);
  floor.after(2);
  expect(floor.automaton.command({ kind: 'pause', agent: 1, reason: 'pause' })).toEqual({ ok: true });
  expect(floor.automaton.agent(1)).toMatchObject({ state: 'dialing', pausePending: true });
  floor.after(30);
  floor.automaton.command({ kind: 'hang-up', agent: 1 });
  floor.automaton.command({ kind: 'end-wrapup', agent: 1 });
  expect(floor.automaton.agent(1)).toMatchObject({ state: 'pause', pauseReason: 'pause', pausePending: false });
  expect(seen.slice(-states.length)).toEqual(states);
  expect(floor.dials).toHaveLength(1);
});

test('a campaign for which nobody works holds no contacts', () => {
  const floor = outboundFloor({ agents: 1, behaviour: only('none') });
  floor.ready(1);
  floor.after(5);
  expect(floor.contacts.states(DID).taken).toBeGreaterThan(1);
  expect(floor.automaton.command({ kind: 'logout', agent: 1 })).toEqual({ ok: true });
  floor.after(40);
  expect(floor.contacts.states(DID).taken ?? 0).toBe(0);
});

test('who answers while nobody is free waits 2 s, hears the message, and is a nuisance call', () => {
  const told: number[] = [];
  const floor = outboundFloor({ agents: 1, behaviour: only('personShare'), level: 2, working: false, events: { nuisance: (call) => void told.push(call.number) } });
  floor.ready(1);
  floor.after(2.4);
  expect(floor.dials).toHaveLength(2);
  expect(floor.automaton.live.snapshot().queues[OUTBOUND_QUEUE]?.waiters).toHaveLength(1);
  floor.after(1.7);
  expect(floor.calls()[1]).toMatchObject({ Abandon: null });
  floor.after(30);
  const [talks, dropped] = floor.calls();
  expect(talks).toMatchObject({ FirstAgent: 1 });
  expect(dropped).toMatchObject({ Abandon: 1, FirstAgent: 0, WaitDuration: 2, CallStatusGroup: 0, CallStatusNum: 89, EndReason: END_REASONS.nuisance, CallDuration: 10 });
  expect(floor.legs().find(({ Agent }) => Agent === 0)).toMatchObject({ Outcome: 'abandoned', WaitDuration: 2, CallType: 2 });
  expect([told, floor.automaton.counters.nuisance]).toEqual([[1], 1]);
  expect(floor.automaton.live.snapshot().campaigns[DID]?.dialer).toMatchObject({ state: 'running', dialed: 2, persons: 2, passed: 1, nuisance: 1, agents: { talking: 1 } });
  // 72 hours
  floor.automaton.command({ kind: 'hang-up', agent: 1 });
  expect(floor.contacts.states(DID)).toMatchObject({ resting: 1 });
});

test('a waiting person gets the agent who becomes free within the patience, and is no nuisance call', () => {
  const floor = outboundFloor({ agents: 2, behaviour: only('personShare'), level: 2, working: false });
  floor.ready(1);
  floor.after(2.4);
  floor.after(1);
  floor.ready(2);
  floor.after(10);
  expect(floor.automaton.counters.nuisance).toBe(0);
  expect(floor.calls()[1]).toMatchObject({ FirstAgent: 2, WaitDuration: 1 });
});

test('preview and manual: the agent sees the contact, dials, skips, listens to a machine', () => {
  const floor = outboundFloor({ agents: 1, settings: { mode: 'preview' }, behaviour: only('machineShare'), working: false });
  const { automaton } = floor;
  floor.ready(1);
  floor.after(1);
  expect(automaton.agent(1)).toMatchObject({ state: 'preview', preview: { id: 1 } });
  expect(automaton.live.snapshot().agents[1]).toMatchObject({ preview: { contact: 1, campaign: DID, fields: { name: 'Contact 1' } } });
  expect(automaton.command({ kind: 'skip-contact', agent: 1 })).toEqual({ ok: true });
  expect(automaton.agent(1)).toMatchObject({ state: 'preview', preview: { id: 2 } });
  expect(automaton.command({ kind: 'dial-contact', agent: 1 })).toEqual({ ok: true });
  floor.after(3);
  expect(automaton.agent(1)).toMatchObject({ state: 'talk' });
  automaton.command({ kind: 'hang-up', agent: 1 });
  const callId = floor.calls()[0]?.ID ?? '';
  expect(automaton.command({ kind: 'qualify', agent: 1, callId, group: 0, num: 93, detail: 0, comments: '' })).toEqual({ ok: true });
  automaton.command({ kind: 'change-dialing', supervisor: 'chef', campaign: DID, change: { mode: 'manual' } });
  automaton.command({ kind: 'end-wrapup', agent: 1 });
  floor.after(5);
  expect(automaton.agent(1)).toMatchObject({ state: 'ready' });
  expect(floor.calls()[0]).toMatchObject({ Indice: 2, CallStatusGroup: 0, CallStatusNum: 93 });
  expect(automaton.command({ kind: 'next-contact', agent: 1 })).toEqual({ ok: true });
  expect(automaton.command({ kind: 'pause', agent: 1, reason: 'pause' })).toEqual({ ok: true });
  expect(automaton.agent(1)).toMatchObject({ state: 'pause', preview: null });
  automaton.endDialing();
  expect(floor.contacts.states(DID)).toEqual({ new: 498, resting: 2 });
});

test('a promised call-back comes to its agent, at its time', () => {
  const floor = outboundFloor({ agents: 2, settings: { mode: 'progressive' }, behaviour: only('personShare'), working: false, contacts: someContacts(1) });
  const { automaton } = floor;
  floor.ready(1);
  floor.after(10);
  const callId = floor.calls()[0]?.ID ?? '';
  expect(automaton.command({ kind: 'call-back', agent: 1, callId, atMs: floor.clock.nowMs() + 600_000, own: true })).toEqual({ ok: true });
  expect(automaton.command({ kind: 'call-back', agent: 2, callId, atMs: floor.clock.nowMs() + 600_000, own: true })).toMatchObject({ ok: false });
  automaton.command({ kind: 'hang-up', agent: 1 });
  automaton.command({ kind: 'end-wrapup', agent: 1 });
  floor.ready(2);
  floor.after(580);
  expect(floor.dials).toHaveLength(1);
  floor.after(120);
  expect(floor.dials).toHaveLength(2);
  expect(automaton.agent(1)).toMatchObject({ state: 'talk' });
});

test('a call-back whose agent has left is made by somebody else', () => {
  const settings = { mode: 'progressive', ownCallBackSeconds: 1200 } as const;
  const floor = outboundFloor({ agents: 2, settings, behaviour: only('personShare'), working: false, contacts: someContacts(1) });
  const { automaton } = floor;
  floor.ready(1);
  floor.after(10);
  const promisedMs = floor.clock.nowMs() + 600_000;
  automaton.command({ kind: 'call-back', agent: 1, callId: floor.calls()[0]?.ID ?? '', atMs: promisedMs, own: true });
  for (const kind of ['hang-up', 'end-wrapup', 'logout'] as const) automaton.command({ kind, agent: 1 });
  floor.ready(2);
  floor.after(600 + 1190);
  expect(floor.dials).toHaveLength(1);
  floor.after(80);
  expect(floor.dials.map(({ contact }) => contact)).toEqual([1, 1]);
  expect(automaton.agent(2)).toMatchObject({ state: 'talk' });
});

test('by hand: a number that the agent types is dialed by the rules, and tells why not', () => {
  const floor = outboundFloor({ agents: 2, settings: { mode: 'manual' }, behaviour: only('personShare'), working: false, doNotCall: ['+33610000005'] });
  const { automaton } = floor;
  const outcomes: unknown[] = [];
  const type = (agent: number, number: string): unknown => automaton.command({ kind: 'dial-number', agent, campaign: DID, number }, (outcome) => void outcomes.push(outcome));
  expect(type(1, '+33699000001')).toMatchObject({ code: 'wrong-state' });
  floor.ready(1, 2);
  expect([type(1, '+33610000005'), type(1, '+33610000003')]).toEqual([{ ok: true }, { ok: true }]);
  expect(automaton.agent(1)).toMatchObject({ state: 'dialing' });
  type(2, '+33610000003');
  type(2, '+33699000001');
  expect(outcomes).toEqual([{ ok: false, code: 'no-contact', reason: expect.stringContaining('do-not-call') }, { ok: true }, { ok: false, code: 'no-contact', reason: expect.stringContaining('being dialed') }, { ok: true }]);
  floor.after(10);
  expect(automaton.agent(2)).toMatchObject({ state: 'talk' });
  const [known, stranger] = floor.calls();
  expect([known, stranger]).toMatchObject([{ Indice: 4, OutDialed: '+33610000003' }, { Indice: 0, OutDialed: '+33699000001', FirstCampaign: DID }]);
  expect(automaton.command({ kind: 'call-back', agent: 2, callId: stranger?.ID ?? '', atMs: floor.clock.nowMs() + 60_000, own: true })).toMatchObject({ ok: false, code: 'no-contact' });
  for (const number of [1, 2]) for (const kind of ['hang-up', 'end-wrapup'] as const) automaton.command({ kind, agent: number });
  // One of those that were taken ahead of need.
  expect(type(2, '+33610000000')).toEqual({ ok: true });
  floor.after(10);
  expect([floor.calls()[2]?.Indice, floor.contacts.states(DID).done]).toEqual([1, 1]);
  automaton.command({ kind: 'change-dialing', supervisor: 'chef', campaign: DID, change: { mode: 'preview' } });
  expect(type(1, '+33699000002')).toMatchObject({ code: 'wrong-state' });
  expect(automaton.command({ kind: 'dial-number', agent: 1, campaign: '3000', number: '+33699000002' })).toMatchObject({ code: 'unknown-campaign' });
});

test('start, pause, stop; a line limit; what cannot be done is refused', () => {
  const floor = outboundFloor({ agents: 3, settings: { mode: 'progressive', active: false, maximumLines: 2 }, behaviour: only('none') });
  const { automaton } = floor;
  floor.ready(1, 2, 3);
  floor.after(10);
  expect(floor.dials).toHaveLength(0);
  expect(automaton.command({ kind: 'stop-campaign', supervisor: 'chef', campaign: DID })).toMatchObject({ ok: false, code: 'wrong-state' });
  expect(automaton.command({ kind: 'start-campaign', supervisor: 'chef', campaign: '1' })).toMatchObject({ ok: false, code: 'unknown-campaign' });
  automaton.command({ kind: 'start-campaign', supervisor: 'chef', campaign: DID });
  floor.after(5);
  expect(floor.media.occupation()[0]?.busyChannels).toBe(2);
  automaton.command({ kind: 'pause-campaign', supervisor: 'chef', campaign: DID });
  floor.after(60);
  const paused = floor.dials.length;
  expect(floor.media.occupation()[0]?.busyChannels).toBe(0);
  automaton.command({ kind: 'stop-campaign', supervisor: 'chef', campaign: DID });
  floor.after(60);
  expect([paused, floor.dials.length]).toEqual([2, 2]);
  expect(floor.contacts.states(DID)).toEqual({ new: 498, resting: 2 });
});

test('hours are those of the called party, and what is put on the do-not-call list meanwhile is not dialed', () => {
  // 9 h in Douala and Paris; 17 h in Tokyo, where the campaign's day ends; 3 h in New York.
  const zones = ['Asia/Tokyo', 'America/New_York', 'Europe/Paris'];
  const contacts = zones.flatMap((zone, z) => someContacts(4, zone).map((contact) => ({ ...contact, id: z * 10 + contact.id, number: `+${z}${contact.number}`, priority: -z })));
  const weekdays = { 1: [{ from: '09:00', to: '17:00' }] };
  const floor = outboundFloor({
    agents: 1, contacts, settings: { mode: 'progressive', calendar: 'jour' }, behaviour: only('none'),
    configuration: { calendars: [{ id: 'jour', zone: 'Africa/Douala', weekdays }] },
  });
  floor.ready(1);
  floor.after(1);
  floor.contacts.forbid(contacts[9]?.number ?? '');
  floor.after(600);
  expect(floor.dials.map(({ contact }) => contact)).toEqual([21, 23, 24]);
});

test('what a pacing has learned is carried into the next run', () => {
  const floor = outboundFloor({ agents: 3 });
  floor.ready(1, 2, 3);
  floor.after(300);
  const pacingStates = floor.automaton.pacingStates();
  expect(pacingStates[DID]?.decisions).toBeGreaterThan(299);
  const carried: unknown[] = [];
  outboundFloor({ pacingStates, pacing: (campaign, state) => {
    carried.push(campaign, state);
    return new FixedLevel(1);
  } }).after(2);
  expect(carried).toEqual([DID, pacingStates[DID]]);
});

test('the same seed gives the same rows, and a contact the same future under any mode', () => {
  const life = (mode: 'progressive' | 'predictive', seed: number) => {
    const floor = outboundFloor({ agents: 3, seed, settings: { mode } });
    floor.ready(1, 2, 3);
    floor.after(1800);
    return floor;
  };
  const [a, b, other] = [life('predictive', 3), life('predictive', 3), life('predictive', 4)];
  expect(JSON.stringify(a.rows)).toBe(JSON.stringify(b.rows));
  expect(JSON.stringify(a.rows)).not.toBe(JSON.stringify(other.rows));
  const fates = (floor: typeof a): Map<number, number | null> => new Map(floor.calls().filter(({ Abandon, CallStatusNum }) => Abandon !== null && CallStatusNum !== 89).map(({ Indice, CallStatusNum }) => [Indice, CallStatusNum]));
  const progressive = fates(life('progressive', 3));
  const common = [...fates(a)].filter(([contact]) => progressive.has(contact));
  expect(common.length).toBeGreaterThan(20);
  expect(common.filter(([contact, status]) => progressive.get(contact) !== status)).toEqual([]);
});
