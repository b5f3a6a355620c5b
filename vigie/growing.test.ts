import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { listen, type Listener } from '../api/fixtures/serve.ts';
import { loadCentre } from '../telephony/centre/load-centre.ts';
import { openClickHouse } from '../warehouse/clickhouse/engine.ts';
import { HAS_CLICKHOUSE, startTestServer, type TestServer } from '../warehouse/clickhouse/test-support/test-server.ts';
import { hasPostgres, startPostgres, type RealPostgres } from '../warehouse/operational/fixtures/real-postgres.ts';
import { FULL_SCOPE } from '../warehouse/warehouse.ts';
import { endProcesses, startProcess, type RunningProcess } from './fixtures/processes.ts';
import { runProgram } from './fixtures/run-program.ts';
import { openSharedWarehouse } from './shared-warehouse.ts';

const BOARD = 'subscription { live { at connected totals { waiting callsInProgress agentsTalking agentsLoggedIn offered answered } agents { agent state since } } }';
const boardSchema = z.object({ data: z.object({ live: z.object({
  at: z.string(), connected: z.boolean(),
  totals: z.object({ waiting: z.number(), callsInProgress: z.number(), agentsTalking: z.number(), agentsLoggedIn: z.number(), offered: z.number().nullable(), answered: z.number().nullable() }),
  agents: z.array(z.object({ agent: z.string(), state: z.string(), since: z.string() })),
}) }) });
type Board = z.infer<typeof boardSchema>['data']['live'];
const answerSchema = z.object({ data: z.object({ kpi: z.object({ rows: z.array(z.object({ values: z.array(z.number().nullable()) })) }) }) });
const TOKENS = { VIGIE_CORE_TOKEN: 'core-0123456789-0123456789-0123456789', VIGIE_INGEST_TOKEN: 'ingest-0123456789-0123456789-0123456789' };
/** The dashboard may have to be built. */
const LONGEST_START_MS = 400_000;

/** A board that is followed, as a browser does: it comes back when its server went. */
interface Follower { boards: Board[]; stop(): void }
function follow(address: () => string): Follower {
  const boards: Board[] = [];
  const stopping = new AbortController();
  let listener: Listener | null = null;
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        listener = await listen(new URL('/graphql', address()).href, BOARD);
        while (!stopping.signal.aborted) boards.push(boardSchema.parse(await listener.data()).data.live);
      } catch {
        await pause(200);
      }
    }
  };
  void run();
  return {
    boards,
    stop() {
      stopping.abort();
      listener?.leave();
    },
  };
}

describe.skipIf(!HAS_CLICKHOUSE || !hasPostgres('a site of several processes'))('two api processes, one core, one ingest, PostgreSQL and ClickHouse', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-growing-'));
  let postgres: RealPostgres;
  let clickhouse: TestServer;
  let url: string;
  let environment: Record<string, string>;
  let [ingest, core]: RunningProcess[] = [];
  const serves: RunningProcess[] = [];
  const addresses: string[] = [];
  const followers: Follower[] = [];
  const killedMs: number[] = [];

  const startIngest = (): RunningProcess => startProcess(['ingest', '--data', join(folder, 'ingest')], environment);
  const startCore = (): RunningProcess => startProcess(['telephony', '--data', join(folder, 'core')], environment);
  const startServe = async (index: number): Promise<void> => {
    const serve = startProcess(['serve', '--data', join(folder, 'serve')], environment);
    serves[index] = serve;
    addresses[index] = await serve.address;
  };
  const last = (): (Board | undefined)[] => followers.map(({ boards }) => boards.at(-1));
  const move = async (): Promise<void> => {
    const before = followers.map(({ boards }) => boards.length);
    await vi.waitFor(() => {
      for (const [index, { boards }] of followers.entries()) {
        const since = boards.slice(before[index]).filter(({ connected }) => connected);
        expect(new Set(since.map(({ agents }) => JSON.stringify(agents))).size).toBeGreaterThan(1);
      }
    }, { timeout: 60_000, interval: 100 });
  };
  const offered = async (address: string | undefined): Promise<number> => {
    const query = '{ kpi(measures: ["offered"], from: "2020-01-01", to: "2100-01-01", zone: "UTC") { ... on Kpi { rows { values } } } }';
    const response = await fetch(new URL('/graphql', address), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
    return answerSchema.parse(await response.json()).data.kpi.rows[0]?.values[0] ?? 0;
  };

  beforeAll(async () => {
    // At whatever hour the test runs, many call.
    const centre = loadCentre();
    const centreFile = join(folder, 'centre.json');
    writeFileSync(centreFile, JSON.stringify({ ...centre, entryPoints: centre.entryPoints.map((entry) => ({ ...entry, callsPerDay: entry.callsPerDay * 4 })), profiles: Object.fromEntries(Object.keys(centre.profiles).map((name) => [name, Array.from({ length: 24 }, () => 1)])) }));
    [postgres, clickhouse] = await Promise.all([startPostgres(), startTestServer()]);
    url = clickhouse.freshUrl();
    // Each in a folder of its own, as on machines of their own: addresses and tokens say where the others are.
    environment = { VIGIE_STORE: await postgres.database('growing'), VIGIE_WAREHOUSE: url, VIGIE_CENTRE: centreFile, VIGIE_HISTORY_DAYS: '0', ...TOKENS };
    ingest = startIngest();
    environment = { ...environment, VIGIE_INGEST: await ingest.address, VIGIE_INGEST_LISTEN: new URL(await ingest.address).host };
    core = startCore();
    environment = { ...environment, VIGIE_CORE: await core.address, VIGIE_CORE_LISTEN: new URL(await core.address).host };
    await startServe(0);
    await startServe(1);
    for (const index of [0, 1]) followers.push(follow(() => addresses[index] ?? ''));
  }, LONGEST_START_MS);
  afterAll(async () => {
    for (const follower of followers) follower.stop();
    await endProcesses();
    postgres.stop();
    await clickhouse[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  test('both boards move and show the same, and rows come into the figures', async () => {
    await move();
    await vi.waitFor(() => {
      const [one, two] = last();
      expect(one?.agents.length).toBeGreaterThan(0);
      expect(two?.agents).toEqual(one?.agents);
    }, { timeout: 20_000, interval: 20 });
    await vi.waitFor(() => {
      const [one, two] = last();
      expect(one?.totals.offered).toBeGreaterThan(0);
      expect(two?.totals.offered).toBe(one?.totals.offered);
    }, { timeout: 30_000, interval: 50 });
  }, 120_000);

  test('an api that is killed takes nobody with it, and comes back to the same board', async () => {
    await serves[0]?.end('SIGKILL');
    const before = followers[1]?.boards.length ?? 0;
    await vi.waitFor(() => expect(followers[1]?.boards.length).toBeGreaterThan(before + 2), { timeout: 20_000 });
    expect((await fetch(new URL('/ready', addresses[1]))).status).toBe(200);
    expect(followers[1]?.boards.slice(before).every(({ connected }) => connected)).toBe(true);
    await startServe(0);
    await move();
    await vi.waitFor(() => expect(last()[0]?.agents).toEqual(last()[1]?.agents), { timeout: 20_000, interval: 20 });
  }, LONGEST_START_MS);

  test('ingest is killed: both boards go on', async () => {
    const heir = startProcess(['ingest', '--data', join(folder, 'heir')], { ...environment, VIGIE_INGEST_LISTEN: '127.0.0.1:0' });
    await heir.address;
    expect([ingest?.said(), heir.said()].map((said) => said?.includes('this process closes days'))).toEqual([true, false]);
    expect(await ingest?.end('SIGKILL')).toBeNull();
    // What one does for all is done by another at once.
    await vi.waitFor(() => expect(heir.said()).toContain('this process closes days'), { timeout: 10_000 });
    await move();
    ingest = startIngest();
    await ingest.address;
    expect(await heir.end('SIGTERM')).toBe(0);
  }, 120_000);

  test('the core is killed: both boards say so, and go on with the next one', async () => {
    killedMs.push(Date.now());
    await core?.end('SIGKILL');
    await vi.waitFor(() => expect(last().map((board) => board?.connected)).toEqual([false, false]), { timeout: 10_000 });
    // History can still be read: nobody is sent away.
    expect((await fetch(new URL('/ready', addresses[0]))).status).toBe(200);
    core = startCore();
    await core.address;
    await vi.waitFor(() => expect(last().map((board) => board?.connected)).toEqual([true, true]), { timeout: 20_000 });
    await move();
  }, 120_000);

  test('no row was lost or counted twice', async () => {
    await pause(2000);
    expect(await core?.end('SIGTERM')).toBe(0);
    expect(await ingest?.end('SIGTERM')).toBe(0);
    const counted = await Promise.all(addresses.map((address) => offered(address)));
    const warehouse = await openSharedWarehouse({ url, cluster: null, callerKey: '', origin: 'test' });
    const engine = openClickHouse({ url });
    try {
      expect(await warehouse.unfinished('core')).toEqual({ calls: [], legs: [], sessions: [] });
      expect(await warehouse.quarantine({ limit: 1 })).toEqual([]);
      const one = async (sql: string): Promise<number> => Number(Object.values((await engine.query({ sql }))[0] ?? {})[0]);
      const inbound = await one("SELECT count(*) AS n FROM store.calls WHERE direction = 'inbound'");
      expect(counted).toEqual([inbound, inbound]);
      expect(inbound).toBeGreaterThan(20);
      // A call that a leg or an agent's state names is there.
      for (const table of ['legs', 'agent_states']) expect(await one(`SELECT count(*) AS n FROM store.${table} WHERE call_id <> '' AND (tenant, call_id) NOT IN (SELECT tenant, call_id FROM store.calls)`)).toBe(0);
      // An agent's states follow each other, but for the core's death: what came after its last checkpoint is not known.
      const lanes = await warehouse.agentTimeline({ from: '2020-01-01', to: '2100-01-01', zone: 'UTC', where: {} }, FULL_SCOPE);
      const torn: string[] = [];
      for (const { agent, spans } of lanes) for (const [index, span] of spans.entries()) {
        const before = spans[index - 1];
        if (!before || before.sessionId !== span.sessionId || before.endedAt === span.startedAt) continue;
        const [endMs, nextMs] = [Date.parse(before.endedAt), Date.parse(span.startedAt)];
        if (nextMs < endMs || !killedMs.some((ms) => endMs > ms - 3000 && endMs < ms + 100)) torn.push(`${agent}: ${before.endedAt} ${span.startedAt}`);
      }
      expect(torn).toEqual([]);
      expect(lanes.reduce((sum, { spans }) => sum + spans.length, 0)).toBeGreaterThan(50);
    } finally {
      await engine.close();
      await warehouse.close();
    }
    expect(await Promise.all(serves.map((serve) => serve.end('SIGTERM')))).toEqual([0, 0]);
  }, 120_000);

  test('the whole program in one process stands on the same servers, and has its duties to itself', async () => {
    const shared = { VIGIE_STORE: await postgres.database('whole'), VIGIE_WAREHOUSE: clickhouse.freshUrl(), VIGIE_HISTORY_DAYS: '0' };
    const whole = startProcess(['start', '--data', join(folder, 'whole')], shared);
    const address = await whole.address;
    const follower = follow(() => address);
    await vi.waitFor(() => expect(follower.boards.at(-1)?.totals.offered).toBeGreaterThan(0), { timeout: 60_000, interval: 100 });
    expect(whole.said()).toContain('this process closes days');
    const second = startProcess(['telephony', '--data', join(folder, 'second')], shared);
    await vi.waitFor(() => expect(second.said()).toContain('another telephony core works on this store'), { timeout: 30_000 });
    expect(await second.end('SIGTERM')).toBe(0);
    follower.stop();
    expect(await whole.end('SIGTERM')).toBe(0);
    // A command needs no server of ours to ask.
    const kpi = await runProgram(['kpi', '--measures', 'offered', '--from', '2020-01-01', '--to', '2100-01-01', '--zone', 'UTC', '--data', join(folder, 'command'), '--json'], { env: shared });
    expect(z.object({ rows: z.array(z.object({ offered: z.number().min(1) })).length(1) }).safeParse(JSON.parse(kpi.stdout)).error).toBeUndefined();
  }, 120_000);
});
