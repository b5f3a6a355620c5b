import { expect, test } from 'vitest';
import type { CentreConfiguration } from '../configuration.ts';
import type { LiveEvent, LiveMessage } from '../live.ts';
import { END_REASONS } from '../rows.ts';
import { agent, queue, smallCentre } from '../testing/configuration.ts';
import { START_MS, testFloor } from '../testing/floor.ts';

const version = (number: number, parts: Partial<Record<keyof CentreConfiguration, unknown>> = {}): CentreConfiguration => smallCentre({ version: number, ...parts });

test('a new skill serves the calls that wait already', () => {
  const floor = testFloor();
  floor.ready(4);
  floor.dial();
  expect(floor.automaton.agent(4)?.state).toBe('ready');
  floor.automaton.configure(version(2, { agents: [agent(4, [[101, 1], [102, 5]])] }));
  expect(floor.automaton.agent(4)).toMatchObject({ state: 'ringing' });
});

test('a version that is not newer changes nothing', () => {
  const floor = testFloor();
  floor.automaton.configure(version(1, { agents: [] }));
  expect(floor.automaton.agent(1)).not.toBeNull();
});

test('an agent who is gone finishes the call, then is logged out', () => {
  const floor = testFloor();
  floor.ready(1, 2);
  floor.dial();
  floor.command({ kind: 'answer', agent: 2 });
  const view = floor.automaton.agent(2);
  floor.automaton.configure(version(2, { agents: [agent(1, [[101, 5]])] }));
  expect(view).toMatchObject({ state: 'talk', pausePending: true });
  floor.command({ kind: 'hang-up', agent: 2 });
  floor.command({ kind: 'end-wrapup', agent: 2 });
  expect(view?.state).toBe('logged_out');
  expect(floor.command({ kind: 'login', agent: 2 })).toMatchObject({ code: 'unknown-agent' });
  expect(floor.automaton.live.snapshot().agents).not.toHaveProperty('2');
});

test('a queue that is gone lets its waiting calls go as closed', () => {
  const floor = testFloor();
  floor.dial();
  floor.automaton.configure(version(2, { queues: [queue(102)] }));
  expect(floor.call()).toMatchObject({ Closed: 1, EndReason: END_REASONS.closed });
  expect(floor.legs()).toMatchObject([{ Outcome: 'closed' }]);
  expect(floor.automaton.openCalls).toBe(0);
});

test('ready agents keep their order of idleness', () => {
  const floor = testFloor(version(1, { agents: [agent(1, [[101, 5]]), agent(2, [[101, 5]])] }));
  floor.ready(2);
  floor.after(5);
  floor.ready(1);
  floor.automaton.configure(version(2, { agents: [agent(1, [[101, 5]]), agent(2, [[101, 5]])] }));
  floor.dial();
  expect(floor.automaton.agent(2)?.state).toBe('ringing');
});

test('a call in an IVR stays in its scenario', () => {
  const campaigns = [{ did: '3000', name: 'A', tenant: 'ocm', site: 'douala', direction: 'inbound', entryPoints: ['950'], queue: 101, scenario: 's' }];
  const scenario = (next: string): object => ({ id: 's', name: 's', start: 'a', steps: { a: { kind: 'announce', message: 'm', seconds: 5, next }, old: { kind: 'queue', queue: 102 }, new: { kind: 'queue', queue: 101 } } });
  const floor = testFloor(version(1, { campaigns, scenarios: [scenario('old')] }));
  floor.dial();
  floor.automaton.configure(version(2, { campaigns, scenarios: [scenario('new')] }));
  floor.dial();
  floor.after(5);
  const { queues } = floor.automaton.live.snapshot();
  expect([queues['102']?.waiters.length, queues['101']?.waiters.length]).toEqual([1, 1]);
});

test('fewer links take no more calls than they have channels, and open calls go on', () => {
  const floor = testFloor(version(1, { gateways: [{ id: 'g1', site: 'douala', e1Links: 2 }] }));
  for (let i = 0; i < 40; i += 1) floor.dial();
  floor.automaton.configure(version(2, { gateways: [{ id: 'g1', site: 'douala', e1Links: 1 }] }));
  expect(floor.media.occupation()).toMatchObject([{ channels: 30, busyChannels: 40, refused: 0 }]);
  floor.dial();
  expect(floor.media.occupation()).toMatchObject([{ busyChannels: 40, refused: 1 }]);
  floor.after(3600);
  expect(floor.automaton.openCalls).toBe(40);
});

test('validity begins and ends by the clock: numbers are recycled', () => {
  const changeMs = START_MS + 3_600_000;
  const at = new Date(changeMs).toISOString();
  const floor = testFloor(version(1, {
    agents: [agent(1, [[101, 5]], { validTo: at }), agent(1, [[102, 5]], { validFrom: at, name: 'Successor' })],
    campaigns: [
      { did: '3000', name: 'Old', tenant: 'ocm', site: 'douala', direction: 'inbound', entryPoints: ['950'], queue: 101, validTo: at },
      { did: '3000', name: 'New', tenant: 'ocm', site: 'douala', direction: 'inbound', entryPoints: ['960'], queue: 102, validFrom: at },
    ],
  }));
  floor.ready(1);
  floor.dial('960');
  expect(floor.automaton.openCalls).toBe(0);
  floor.after(3600);
  floor.dial('950');
  expect(floor.automaton.openCalls).toBe(0);
  floor.dial('960');
  expect(floor.automaton.agent(1)?.call).toMatchObject({ queue: 102 });
});

test('a configuration that names what is not there is refused with its name', () => {
  expect(() => testFloor(version(1, { queues: [queue(101, { calendar: 'nulle-part' })] }))).toThrow("there is no calendar 'nulle-part'");
});

test('a running floor refuses such a configuration whole, and takes the next one', () => {
  const floor = testFloor(version(1));
  const before = JSON.stringify(floor.automaton.live.snapshot());
  expect(() => floor.automaton.configure(version(2, { agents: [agent(1, [[101, 5]]), agent(2, [], { site: 'ailleurs' })], queues: [queue(103)] }))).toThrow("there is no site 'ailleurs'");
  expect(JSON.stringify(floor.automaton.live.snapshot())).toBe(before);
  floor.automaton.configure(version(2, { queues: [queue(101), queue(102), queue(103)] }));
  expect(floor.automaton.live.snapshot().queues).toHaveProperty('103');
});

test.each([
  ['shorter than the wait so far', 20, 0, 1],
  ['shorter', 40, 10, 1],
  ['longer', 120, 40, 0],
  ['none any more', null, 7200, 0],
])('a maximum wait that is %s is for those who wait already', (_how, maximumWaitSeconds, seconds, overflows) => {
  const floor = testFloor();
  floor.dial();
  floor.after(30);
  floor.automaton.configure(version(2, { queues: [queue(101, { maximumWaitSeconds, overflowQueue: 102 }), queue(102)] }));
  floor.after(seconds);
  expect(floor.automaton.counters.overflows).toBe(overflows);
});

test('a new queue takes calls and agents at once', () => {
  const floor = testFloor();
  floor.ready(4);
  const campaigns = [{ did: '3002', name: 'Nouvelle', tenant: 'ocm', site: 'douala', direction: 'inbound', entryPoints: ['952'], queue: 103 }];
  floor.automaton.configure(version(2, { queues: [queue(101), queue(102), queue(103)], campaigns, agents: [agent(4, [[103, 5]])] }));
  floor.dial('952');
  expect(floor.automaton.agent(4)).toMatchObject({ state: 'ringing', call: { queue: 103 } });
});

test('who loses the skill keeps the call in hand, and gets no other of that queue', () => {
  const floor = testFloor();
  floor.ready(2);
  floor.dial();
  floor.command({ kind: 'answer', agent: 2 });
  floor.automaton.configure(version(2, { agents: [agent(2, [[102, 5]])] }));
  floor.command({ kind: 'hang-up', agent: 2 });
  floor.command({ kind: 'end-wrapup', agent: 2 });
  floor.dial();
  expect(floor.automaton.agent(2)?.state).toBe('ready');
  expect(floor.automaton.live.snapshot().queues['101']).toMatchObject({ agentsTalking: 0, agentsReady: 0, waiters: [{}] });
});

test('an agent who is gone while a call rings lets it ring elsewhere, and is logged out', () => {
  const floor = testFloor();
  floor.ready(2);
  floor.dial();
  const view = floor.automaton.agent(2);
  expect(view?.state).toBe('ringing');
  floor.automaton.configure(version(2, { agents: [agent(1, [[101, 5]])] }));
  floor.after(20);
  expect(view?.state).toBe('logged_out');
  floor.ready(1);
  expect(floor.automaton.agent(1)?.state).toBe('ringing');
});

test('a campaign that ends is announced, takes no calls, and is shown until its last one is over', () => {
  const told: [LiveMessage['general'], string, number[]][] = [];
  const end = new Date(START_MS + 60_000).toISOString();
  const campaign = { tenant: 'ocm', site: 'douala', direction: 'inbound', queue: 101 };
  const campaigns = [
    { ...campaign, did: '3000', name: 'Rentrée', entryPoints: ['950'], validTo: end },
    { ...campaign, did: '3001', name: 'Noël', entryPoints: ['952'], validFrom: end },
  ];
  const floor = testFloor(version(1, { campaigns }), { messageSent: ({ general, text }, agents) => void told.push([general, text, agents.map(({ number }) => number)]) });
  floor.ready(1, 4);
  const events: LiveEvent[] = [];
  const stop = floor.automaton.live.subscribe((event) => events.push(event));
  const line = floor.dial();
  floor.command({ kind: 'answer', agent: 1 });
  floor.after(60);
  expect(told).toEqual([
    [{ code: 'campaign-ended', campaign: '3000' }, 'Rentrée', [1, 4]],
    [{ code: 'campaign-begun', campaign: '3001' }, 'Noël', [1, 4]],
  ]);
  expect(floor.automaton.live.snapshot().messages).toMatchObject([{ from: 'automaton', to: 'all' }, { to: 'all' }]);
  expect(Object.keys(floor.automaton.live.snapshot().campaigns)).toEqual(['3000', '3001']);
  floor.dial('950');
  expect(floor.automaton.openCalls).toBe(1);
  floor.media.callerHangsUp(line);
  floor.after(1);
  stop();
  expect(Object.keys(floor.automaton.live.snapshot().campaigns)).toEqual(['3001']);
  expect(events.flatMap((event) => (event.kind === 'change' && event.change.campaigns ? [event.change.campaigns['3000']] : [])).at(-1)).toBeNull();
});
