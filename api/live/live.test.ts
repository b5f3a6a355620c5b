import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { handFedFloor, liveAgent, liveQueue, type HandFedFloor } from '../fixtures/floor.ts';
import { HOSTILE } from '../fixtures/hostile.ts';
import { listen, serveApi, type Listener, type ServedApi } from '../fixtures/serve.ts';
import { openTestWarehouse } from '../fixtures/warehouse.ts';

const BOARD = `subscription Board($filter: LiveFilter) { live(filter: $filter) {
  at coreAt dataAt zone dayFrom connected
  totals { waiting agentsReady agentsTalking agentsPaused agentsLoggedIn callsInProgress }
  queues { queue name waiting longestWaitSince waiters { callId caller } targetServiceLevel serviceLevelTrend }
  agents { agent name state since callId queue }
  messages { text toAgent toTeam seenBy }
} }`;

let warehouse: Warehouse;
let floor: HandFedFloor;
let served: ServedApi;
const listeners: Listener[] = [];
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());
beforeEach(async () => {
  floor = handFedFloor({ agents: { 1001: liveAgent(1001), 1002: liveAgent(1002, { tenant: 'sereno', teams: ['equipe-b'], state: 'pause' }) }, queues: { 101: liveQueue(101), 102: liveQueue(102) } });
  served = await serveApi(warehouse, { floor });
});
afterEach(async () => {
  for (const listener of listeners.splice(0)) listener.leave();
  await served.close();
});

async function watch(variables?: Record<string, unknown>, query = BOARD): Promise<Listener> {
  const listener = await listen(served.url, query, variables);
  listeners.push(listener);
  return listener;
}

async function gauge(name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${served.port}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

const boardSchema = z.object({ data: z.object({ live: z.object({
  connected: z.boolean(),
  totals: z.object({ waiting: z.number(), agentsReady: z.number(), agentsTalking: z.number(), agentsPaused: z.number() }),
  queues: z.array(z.object({ queue: z.string(), name: z.string(), waiting: z.number(), longestWaitSince: z.string().nullable(), waiters: z.array(z.object({ callId: z.string(), caller: z.string() })) })),
  agents: z.array(z.object({ agent: z.string(), name: z.string(), state: z.string() })),
  messages: z.array(z.object({ text: z.string(), toAgent: z.string().nullable(), toTeam: z.string().nullable(), seenBy: z.array(z.string()) })),
}) }) });
type SeenBoard = z.infer<typeof boardSchema>['data']['live'];

/** Reads boards until one is as wanted. */
async function until(listener: Listener, wanted: (board: SeenBoard) => boolean = () => true): Promise<SeenBoard> {
  for (let count = 0; count < 50; count += 1) {
    const board = boardSchema.parse(await listener.data()).data.live;
    if (wanted(board)) return board;
  }
  throw new Error('50 boards passed by');
}

const waiter = { callId: 'A'.repeat(32), sinceMs: Date.parse('2026-03-02T08:59:00Z'), caller: '237650000001', priority: 0 };

test('a change on the floor is on the board at once', async () => {
  const listener = await watch();
  const first = await until(listener);
  expect(first).toMatchObject({ connected: true, totals: { waiting: 0, agentsReady: 1, agentsPaused: 1 }, agents: [{ agent: '1001', name: 'Awa Ndiaye', state: 'ready' }, { agent: '1002', name: 'Repris', state: 'pause' }] });
  floor.change({ queues: { 101: liveQueue(101, { waiters: [waiter] }) }, agents: { 1001: liveAgent(1001, { state: 'talk' }) } });
  let passed = 0;
  const board = await until(listener, ({ totals }) => (passed += 1) > 0 && totals.waiting === 1);
  // Boards that were drawn before the change may be under way; how fast it is, the bench says.
  expect(passed).toBeLessThanOrEqual(3);
  expect(board.totals).toMatchObject({ waiting: 1, agentsReady: 0, agentsTalking: 1 });
  expect(board.queues[0]).toMatchObject({ queue: '101', name: 'Service client', waiting: 1, longestWaitSince: '2026-03-02T08:59:00.000Z', waiters: [{ callId: waiter.callId, caller: waiter.caller }] });
});

test('everybody with the same question and scope gets the same bytes, made once', async () => {
  const same = await Promise.all([watch({ filter: { tenant: ['ocm'], site: null } }), watch({ filter: { site: null, tenant: ['ocm'] } }), watch({ filter: { tenant: ['ocm'], site: null } })]);
  const other = await watch({ filter: { tenant: ['sereno'] } });
  expect(await gauge('vigie_live_executions')).toBe(2);
  expect(await gauge('vigie_live_subscribers')).toBe(4);
  await Promise.all(same.map((listener) => listener.next()));
  for (let change = 0; change < 5; change += 1) {
    floor.change({ agents: { 1001: liveAgent(1001, { answeredToday: change }) } });
    const [one, two, three] = await Promise.all(same.map((listener) => listener.next()));
    expect(two).toBe(one);
    expect(three).toBe(one);
  }
  const board = await until(other);
  expect(board.agents.map(({ agent }) => agent)).toEqual(['1002']);
});

test('a filter narrows agents, queues and messages', async () => {
  floor.change({ messages: [
    { messageId: 'm1', atMs: 0, from: 'local', to: { agent: 1001 }, text: 'à vous', general: null, sentAtMs: 0, seenBy: [{ agent: 1001, atMs: 1 }] },
    { messageId: 'm2', atMs: 0, from: 'local', to: { team: 'equipe-b' }, text: 'équipe b', general: null, sentAtMs: 0, seenBy: [] },
    { messageId: 'm3', atMs: 0, from: 'local', to: 'all', text: 'à tous', general: null, sentAtMs: 0, seenBy: [] },
  ] });
  const board = await until(await watch({ filter: { tenant: ['ocm'], queue: ['102'], team: ['equipe-a'] } }));
  expect(board.agents.map(({ agent }) => agent)).toEqual(['1001']);
  expect(board.queues.map(({ queue }) => queue)).toEqual(['102']);
  expect(board.messages.map(({ text }) => text)).toEqual(['à vous', 'à tous']);
  expect(board.messages[0]).toEqual({ text: 'à vous', toAgent: '1001', toTeam: null, seenBy: ['1001'] });
  expect((await until(await watch({ filter: { tenant: [] } }))).agents).toEqual([]);
});

test('says that the core is away, keeps its last state, and follows it again', async () => {
  const listener = await watch();
  await until(listener);
  floor.breakOff('the core ended');
  const away = await until(listener, ({ connected }) => !connected);
  expect(away.agents).toHaveLength(2);
  floor.state = { ...floor.state, run: 'run-2', agents: { 1001: liveAgent(1001, { state: 'wrapup' }) } };
  const back = await until(listener, ({ connected }) => connected);
  expect(back.agents).toEqual([expect.objectContaining({ agent: '1001', state: 'wrapup' })]);
});

test('a page that reconnects sees a board at once', async () => {
  (await watch()).leave();
  const again = await watch();
  await until(again);
  expect(await gauge('vigie_live_executions')).toBe(1);
});

test('nothing is executed when nobody watches', async () => {
  const listener = await watch();
  await until(listener);
  listener.leave();
  await vi.waitFor(async () => expect(await gauge('vigie_live_executions')).toBe(0), { timeout: 5000 });
  expect(await gauge('vigie_live_subscribers')).toBe(0);
});

test('a subscriber that does not read fills no memory and holds nobody up', async () => {
  const crowd = (round: number) => Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [2000 + index, liveAgent(2000 + index, { answeredToday: round })]));
  const query = 'subscription { live { agents { agent name state since answeredToday campaign site tenant teams } } }';
  const body = JSON.stringify({ query });
  const asleep = connect(served.port, '127.0.0.1');
  asleep.write(`POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  asleep.pause();
  const awake = await watch(undefined, query);
  let events = 0;
  // The system's buffers take some megabytes before the socket blocks.
  for (let round = 0; round < 200 && (await dropped(round)) === 0; round += 1) {
    floor.change({ agents: crowd(round) });
    await awake.next();
    events += 1;
  }
  expect(await gauge('vigie_live_dropped_events')).toBeGreaterThan(0);
  expect(events).toBeGreaterThan(5);
  asleep.destroy();
  await vi.waitFor(async () => expect(await gauge('vigie_live_subscribers')).toBe(1), { timeout: 3000 });

  async function dropped(round: number): Promise<number> {
    return round % 5 === 0 ? gauge('vigie_live_dropped_events') : 0;
  }
});

test('subscribes by GET as well', async () => {
  const response = await fetch(`${served.url}?${new URLSearchParams({ query: 'subscription { live { connected } }' })}`, { headers: { accept: 'text/event-stream', 'x-vigie': '1' } });
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const reader = response.body?.getReader();
  let text = '';
  while (!text.includes('event: next')) text += new TextDecoder().decode((await reader?.read())?.value);
  expect(text).toMatch(/^:\n\nevent: next\ndata: \{"data":\{"live":\{"connected":true\}\}\}\n\n/);
  await reader?.cancel();
});

test('is refused in words: a zone that is none, a filter without end, a client that cannot read streams', async () => {
  const refused = async (filter: object): Promise<string> => (await watch({ filter })).next();
  expect(await refused({ zone: "Europe/Paris'; DROP TABLE calls" })).toMatch(/not an IANA time zone/);
  expect(await refused({ queue: Array.from({ length: 1001 }, String) })).toMatch(/at most 1000/);
  const asJson = await fetch(served.url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify({ query: 'subscription { live { at } }' }) });
  expect(await asJson.text()).toMatch(/text\/event-stream/);
  expect(await gauge('vigie_live_executions')).toBe(0);
});

test('hostile ids show nothing, and break nothing', async () => {
  for (const field of ['tenant', 'site', 'queue', 'team']) {
    const board = await until(await watch({ filter: { [field]: HOSTILE } }));
    expect([field, board.agents, board.queues]).toEqual([field, [], []]);
  }
  expect(served.logs.filter((line) => Number(line['level']) >= 50)).toEqual([]);
});

test('the number of boards is bounded: a new question, and a new reader of a known one', async () => {
  const small = await serveApi(warehouse, { floor, liveLimits: { executions: 2, subscribers: 3 } });
  const ask = async (filter: object): Promise<Listener> => {
    const listener = await listen(small.url, BOARD, { filter });
    listeners.push(listener);
    return listener;
  };
  try {
    const [first] = [await ask({ tenant: ['ocm'] }), await ask({ tenant: ['sereno'] })];
    await expect(ask({ tenant: ['other'] })).rejects.toThrow(/^503: .*too many live boards.*TOO_MANY/s);
    await ask({ tenant: ['ocm'] });
    await expect(ask({ tenant: ['ocm'] })).rejects.toThrow(/^503: .*too many live boards/s);
    expect(await first.next()).toMatch(/^event: next/);
    first.leave();
    await vi.waitFor(async () => expect(await (await ask({ tenant: ['sereno'] })).next()).toMatch(/^event: next/), { timeout: 5000 });
  } finally {
    await small.close();
  }
});

test('the end of the server ends the streams properly', async () => {
  const listener = await watch();
  await until(listener);
  served.api.close();
  const events: string[] = [];
  while (!events.at(-1)?.startsWith('event: complete') && events.length < 5) events.push(await listener.next());
  expect(events.at(-1)).toBe('event: complete\ndata:\n\n');
});
