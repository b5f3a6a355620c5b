import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { listen, type Listener } from '../api/fixtures/serve.ts';
import { ndjsonOf } from '../ingest/testing/od-calls-row.ts';
import { openClickHouse } from '../warehouse/clickhouse/engine.ts';
import { HAS_CLICKHOUSE, startTestServer, type TestServer } from '../warehouse/clickhouse/test-support/test-server.ts';
import { hasPostgres, startPostgres, type RealPostgres } from '../warehouse/operational/fixtures/real-postgres.ts';
import type { Incident } from '../warehouse/operational/incidents/incident.ts';
import { openStore, type OperationalStore } from '../warehouse/operational/store.ts';
import { FULL_SCOPE } from '../warehouse/warehouse.ts';
import { writeBusyCentre } from './fixtures/busy-centre.ts';
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
/** Detectors that look each second, so that a test need not wait for minutes. */
const HASTE = { everySeconds: 1, holdSeconds: 1, clearSeconds: 2 };
const DAY_MS = 86_400_000;
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
  let store: OperationalStore;
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

  const tune = async (detector: string, parameters: Record<string, number>): Promise<void> => {
    const version = (await store.incidents.detectors()).find((each) => each.detector === detector)?.version ?? 0;
    const kept = await store.incidents.putDetector({ detector, on: true, parameters, version }, 'Awa');
    if (!kept.ok) throw new Error(kept.reason);
  };
  /** The incidents of a detector, the oldest first. */
  const opened = async (detector: string): Promise<Incident[]> => (await store.incidents.list()).filter((incident) => incident.detector === detector).toReversed();
  const become = (detector: string, ...expected: object[]): Promise<void> => vi.waitFor(async () => { expect(await opened(detector)).toMatchObject(expected); }, { timeout: 60_000, interval: 200 });
  /** What a detector saw, or saw the end of, the newest first. On a full machine there is more than a test makes. */
  const evidence = async (detector: string, cleared = false): Promise<Incident['evidence'][number]['evidence']['values'][]> => (await opened(detector)).flatMap((incident) => incident.evidence.filter((each) => each.cleared === cleared).map((each) => each.evidence.values)).toReversed();
  /** What somebody called on the same weekday at this time in each of three weeks: a call in four seconds, for an hour. */
  const past = (nowMs: number): object[] => [7, 14, 21].flatMap((days) => Array.from({ length: 900 }, (_, index) => call(days * 1000 + index, nowMs - days * DAY_MS - 900_000 + index * 4000))).concat(call(1, nowMs - 22 * DAY_MS));
  const call = (number: number, atMs: number): object => ({ ID: `PAST${number}`, CustomerID: 1, CallType: 1, CallUniversalTime: new Date(atMs).toISOString().slice(0, 23).replace('T', ' '), Duration: 5, Abandon: 0, CallStatusGroup: 0, FirstCampaign: '237690008900', LastCampaign: '237690008900' });

  beforeAll(async () => {
    const centreFile = join(folder, 'centre.json');
    writeBusyCentre(centreFile, 4);
    [postgres, clickhouse] = await Promise.all([startPostgres(), startTestServer()]);
    url = clickhouse.freshUrl();
    // Each in a folder of its own, as on machines of their own: addresses and tokens say where the others are.
    const storeUrl = await postgres.database('growing');
    environment = { VIGIE_STORE: storeUrl, VIGIE_WAREHOUSE: url, VIGIE_CENTRE: centreFile, VIGIE_HISTORY_DAYS: '0', VIGIE_BACKUP_DIRECTORY: join(folder, 'backups'), ...TOKENS };
    mkdirSync(join(folder, 'backups'));
    writeFileSync(join(folder, 'backups', 'old.dump'), 'x');
    utimesSync(join(folder, 'backups', 'old.dump'), new Date(), new Date(Date.now() - 10 * DAY_MS));
    ingest = startIngest();
    const sent = await fetch(new URL('/ingest/od-calls', await ingest.address), { method: 'POST', headers: { 'authorization': `Bearer ${TOKENS.VIGIE_INGEST_TOKEN}`, 'content-type': 'application/x-ndjson' }, body: new Uint8Array(ndjsonOf(past(Date.now()))) });
    if (sent.status !== 202) throw new Error(`the rows of past weeks were refused: ${sent.status}`);
    store = await openStore({ connection: { connectionString: storeUrl }, maxConnections: 1 });
    await tune('backup-overdue', HASTE);
    await tune('disk-low', { ...HASTE, leastFreeMb: 10_000_000 });
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
    await store.close();
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

  test('a backup that is overdue and a disk without room have an incident each, until it is over', async () => {
    await become('backup-overdue', { state: 'detected', type: 'backup-overdue' });
    expect(await evidence('backup-overdue')).toMatchObject([{ newest: 'old.dump', everyDays: 3 }]);
    await vi.waitFor(async () => {
      // Of the machine of the api, and of that of ingest.
      const disks = await opened('disk-low');
      expect(disks.map(({ evidence }) => evidence[0]?.evidence.values['key']).toSorted()).toEqual(['ingest', 'serve'].map((name) => `${hostname()}:${join(folder, name)}`));
      expect(disks.every(({ state, type }) => state === 'detected' && type === 'hmp-space')).toBe(true);
    }, { timeout: 60_000, interval: 200 });
    writeFileSync(join(folder, 'backups', 'new.dump'), 'x');
    await tune('disk-low', { ...HASTE, leastFreeMb: 1, leastFreeShare: 0 });
  }, 130_000);

  test('an api that is killed takes nobody with it, and comes back to the same board', async () => {
    await serves[0]?.end('SIGKILL');
    const before = followers[1]?.boards.length ?? 0;
    await vi.waitFor(() => expect(followers[1]?.boards.length).toBeGreaterThan(before + 2), { timeout: 20_000 });
    expect((await fetch(new URL('/ready', addresses[1]))).status).toBe(200);
    expect(followers[1]?.boards.slice(before).every(({ connected }) => connected)).toBe(true);
    await startServe(0);
    await move();
    await vi.waitFor(() => expect(last()[0]?.agents).toEqual(last()[1]?.agents), { timeout: 20_000, interval: 20 });
    // Whoever looks now has read in the log what the other one saw.
    await become('backup-overdue', { state: 'resolved' });
    expect(await evidence('backup-overdue', true)).toMatchObject([{ newest: 'new.dump' }]);
    await become('disk-low', { state: 'resolved' }, { state: 'resolved' });
  }, LONGEST_START_MS);

  test('ingest is killed: both boards go on, and that data is late is an incident until it comes again', async () => {
    await tune('rows-late', { ...HASTE, limitSeconds: 5 });
    const heir = startProcess(['ingest', '--data', join(folder, 'heir')], { ...environment, VIGIE_INGEST_LISTEN: '127.0.0.1:0' });
    await heir.address;
    expect([ingest?.said(), heir.said()].map((said) => said?.includes('this process closes days'))).toEqual([true, false]);
    expect(await ingest?.end('SIGKILL')).toBeNull();
    // What one does for all is done by another at once.
    await vi.waitFor(() => expect(heir.said()).toContain('this process closes days'), { timeout: 10_000 });
    await move();
    await become('rows-late', { state: 'detected', type: 'data-late' });
    expect((await evidence('rows-late'))[0]).toMatchObject({ key: 'warehouse', limitSeconds: 5, waitingSeconds: null });
    ingest = startIngest();
    await ingest.address;
    expect(await heir.end('SIGTERM')).toBe(0);
    await become('rows-late', { state: 'resolved' });
    await tune('rows-late', {});
  }, 180_000);

  test('the core goes silent although calls are expected: the live state is lost, and no calls are recorded', async () => {
    await tune('live-lost', { ...HASTE, silenceSeconds: 6 });
    await tune('no-rows', { ...HASTE, holdSeconds: 2, windowMinutes: 0.1, leastExpected: 1 });
    core?.child.kill('SIGSTOP');
    try {
      await become('live-lost', { state: 'detected', type: 'service-stopped' });
      await become('no-rows', { state: 'detected', type: 'service-stopped', severity: 1, affects: { tenants: ['ocm'] } });
    } finally {
      core?.child.kill('SIGCONT');
    }
    // On a full machine rows come later than that.
    await tune('no-rows', { ...HASTE, windowMinutes: 0.5, leastExpected: 1 });
    const [silent, missing] = [(await evidence('live-lost'))[0], (await evidence('no-rows'))[0]];
    expect(silent).toMatchObject({ key: 'core', silentSeconds: expect.any(Number) });
    expect(Number(silent?.['silentSeconds'])).toBeGreaterThan(6);
    expect(missing).toMatchObject({ key: 'ocm', calls: 0, open: true });
    expect(Number(missing?.['expected'])).toBeGreaterThanOrEqual(1);
    await become('live-lost', { state: 'resolved' });
    await become('no-rows', { state: 'resolved' });
  }, 260_000);

  test('the core is killed: both boards say so, and go on with the next one', async () => {
    killedMs.push(Date.now());
    await core?.end('SIGKILL');
    await vi.waitFor(() => expect(last().map((board) => board?.connected)).toEqual([false, false]), { timeout: 10_000 });
    // History can still be read: nobody is sent away.
    expect((await fetch(new URL('/ready', addresses[0]))).status).toBe(200);
    // Lost again within the hour: it is the same incident.
    await vi.waitFor(async () => {
      const lost = await opened('live-lost');
      expect([lost.length, lost[0]?.resolvedAtMs, (lost[0]?.reopenings.length ?? 0) > 0]).toEqual([1, null, true]);
      expect((await evidence('live-lost'))[0]).toMatchObject({ connected: false });
    }, { timeout: 60_000, interval: 200 });
    core = startCore();
    await core.address;
    await vi.waitFor(() => expect(last().map((board) => board?.connected)).toEqual([true, true]), { timeout: 20_000 });
    await move();
    await become('live-lost', { state: 'resolved' });
    // Another run of the core has other agents: they have not all left.
    for (const [detector, count] of [['live-lost', 1], ['rows-late', 1], ['agents-gone', 0], ['spool-growing', 0]] as const) expect([detector, (await opened(detector)).length]).toEqual([detector, count]);
  }, 180_000);

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
    const shared = { VIGIE_STORE: await postgres.database('whole'), VIGIE_WAREHOUSE: clickhouse.freshUrl(), VIGIE_CENTRE: environment['VIGIE_CENTRE'] ?? '', VIGIE_HISTORY_DAYS: '0' };
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
