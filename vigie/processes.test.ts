import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { foldLive, type LiveFold } from '../api/live/fold.ts';
import { openDuckDb } from '../warehouse/duckdb/engine.ts';
import { hasPostgres, startPostgres, type RealPostgres } from '../warehouse/operational/fixtures/real-postgres.ts';
import { openStore, type OperationalStore } from '../warehouse/operational/store.ts';
import { z } from 'zod';
import { FULL_SCOPE } from '../warehouse/warehouse.ts';
import { remoteCore } from './core-link/remote-core.ts';
import { coreDirectory } from './data-directory/core-directory.ts';
import { runningServer } from './data-directory/server-file.ts';
import { writeBusyCentre } from './fixtures/busy-centre.ts';
import { endProcesses, startProcess, type RunningProcess } from './fixtures/processes.ts';
import { runProgram } from './fixtures/run-program.ts';
import { remoteWarehouse } from './internal/remote-warehouse.ts';
import { readCheckpoint } from './recovery/checkpoint.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-processes-'));
const data = join(folder, 'data');
const centreFile = join(folder, 'centre.json');
const quiet = pino({ level: 'silent' });
// The first run compiles the program.
beforeAll(() => runProgram(['--help']), 300_000);
afterAll(async () => {
  await endProcesses();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!hasPostgres('several processes'))('the core and ingest as processes of their own', () => {
  let server: RealPostgres;
  let store: OperationalStore;
  let environment: Record<string, string>;
  let ingest: RunningProcess;
  let core: RunningProcess;
  const folds: LiveFold[] = [];
  let killedMs = 0;
  let lastKnownMs = 0;
  const iso = (ms: number): string => new Date(ms).toISOString();

  beforeAll(async () => {
    writeBusyCentre(centreFile, 2);
    server = await startPostgres();
    const url = await server.database('processes');
    environment = { VIGIE_STORE: url, VIGIE_DATA: data, VIGIE_CENTRE: centreFile, VIGIE_HISTORY_DAYS: '1' };
    // The core first: it waits for ingest.
    core = startProcess(['telephony'], environment);
    while (!core.said().includes('waiting for ingest')) await pause(50);
    ingest = startProcess(['ingest'], environment);
    await Promise.all([ingest.address, core.address]);
    store = await openStore({ connection: { connectionString: url }, maxConnections: 2 });
    for (let reader = 0; reader < 2; reader += 1) {
      folds.push(foldLive(remoteCore({
        place: () => {
          const place = runningServer(coreDirectory(data));
          if (!place) throw new Error('no core runs');
          return place;
        },
        onTrouble: () => undefined, longestRetryMs: 500,
      }), quiet));
    }
  }, 120_000);
  afterAll(async () => {
    for (const fold of folds) fold.close();
    await endProcesses();
    await store.close();
    server.stop();
  });

  const versionOf = (fold: LiveFold | undefined): number => fold?.state()?.version ?? -1;
  const moves = async (): Promise<void> => {
    const before = folds.map((fold) => versionOf(fold));
    const run = folds[0]?.state()?.run;
    await vi.waitFor(() => {
      for (const [index, fold] of folds.entries()) expect([fold.connected(), fold.state()?.run === run && versionOf(fold) <= (before[index] ?? 0)]).toEqual([true, false]);
    }, { timeout: 20_000, interval: 50 });
  };

  test('two readers of the live stream move, and show the same', async () => {
    await moves();
    await vi.waitFor(() => {
      expect(folds[0]?.state()?.version).toBeGreaterThan(0);
      expect(folds[0]?.state()).toEqual(folds[1]?.state());
    }, { timeout: 5000, interval: 5 });
    expect(Object.values(folds[0]?.state()?.agents ?? {}).some(({ state }) => state === 'talk')).toBe(true);
    for (const directory of [data, coreDirectory(data)]) expect(statSync(join(directory, 'server.json')).mode & 0o777).toBe(0o600);
  });

  test('a change of the configuration reaches both processes', async () => {
    const version = await store.changeQueue({ number: 101, from: '2026-01-01T00:00:00.000Z', targetSeconds: 77, name: 'Renommée' });
    expect(version).toBeGreaterThan(1);
    await vi.waitFor(() => expect(folds[0]?.state()?.queues['101']?.targetSeconds).toBe(77), { timeout: 10_000, interval: 100 });
    await vi.waitFor(async () => {
      const running = runningServer(data);
      const answer = running && await remoteWarehouse(running).kpi({ measures: ['offered'], by: ['queue'], from: '2026-01-01', to: '2100-01-01', where: { queue: ['101'] } }, FULL_SCOPE);
      expect(answer?.names.queue?.['101']).toBe('Renommée');
    }, { timeout: 20_000, interval: 500 });
  });

  test('the core plans the first history, ingest fills it', async () => {
    await vi.waitFor(async () => {
      const history = await store.firstHistory();
      expect([history?.days.length, history?.daysDone]).toEqual([2, 2]);
    }, { timeout: 120_000, interval: 200 });
  }, 130_000);

  test('a second core waits for the first one, and ends in order while it waits', async () => {
    const second = startProcess(['telephony', '--data', join(folder, 'second')], environment);
    await vi.waitFor(() => expect(second.said()).toContain('another telephony core works on this store'), { timeout: 30_000 });
    expect(await second.end('SIGTERM')).toBe(0);
    const same = startProcess(['telephony'], environment);
    await expect(same.address).rejects.toThrow(/is in use by process \d+ \(vigie telephony\)/);
  });

  test('whatever is killed, the others go on', async () => {
    await ingest.end('SIGKILL');
    await moves();
    // Rows wait on the core's own disk.
    await vi.waitFor(() => expect(core.said()).toContain('rows were not sent to ingest'), { timeout: 10_000 });
    await pause(1000);
    ingest = startProcess(['ingest'], environment);
    await ingest.address;
    await pause(500);
    const run = folds[0]?.state()?.run;
    killedMs = Date.now();
    await core.end('SIGKILL');
    // On a busy machine it may be older than the two seconds that it is meant to be.
    lastKnownMs = readCheckpoint(coreDirectory(data), (message) => { throw new Error(message); })?.atMs ?? 0;
    expect(lastKnownMs).toBeGreaterThan(killedMs - 20_000);
    await vi.waitFor(() => expect(folds.map((fold) => fold.connected())).toEqual([false, false]), { timeout: 5000 });
    // The last state known stays.
    expect(folds[0]?.state()?.run).toBe(run);
    core = startProcess(['telephony'], environment);
    await core.address;
    await vi.waitFor(() => expect(folds.map((fold) => fold.connected())).toEqual([true, true]), { timeout: 10_000 });
    expect(folds[0]?.state()?.run).not.toBe(run);
    await moves();
    // In the middle of sending.
    await ingest.end('SIGKILL');
    ingest = startProcess(['ingest'], environment);
    await ingest.address;
  }, 90_000);

  test('both end in order; no row was lost or counted twice', async () => {
    await pause(2000);
    expect(await core.end('SIGTERM')).toBe(0);
    // Its exit may be heard of before the end of its stream.
    await vi.waitFor(() => expect(folds[0]?.connected()).toBe(false), { timeout: 5000, interval: 5 });
    const spools = [join(coreDirectory(data), 'outbox'), join(data, 'spool')];
    const waiting = (spool: string | undefined): unknown[] => readdirSync(join(spool ?? '', 'streams'), { recursive: true }).filter((name) => String(name).endsWith('.ndjson'));
    expect(waiting(spools[0])).toEqual([]);
    expect(await ingest.end('SIGTERM')).toBe(0);
    expect(waiting(spools[1])).toEqual([]);
    for (const spool of spools) expect(readdirSync(join(spool, 'set-aside')).filter((name) => name !== 'again')).toEqual([]);
    for (const name of ['lock', 'server.json']) expect([existsSync(join(data, name)), existsSync(join(coreDirectory(data), name))]).toEqual([false, false]);

    const engine = openDuckDb({ path: join(data, 'warehouse.duckdb'), threads: 1 });
    const one = async (sql: string): Promise<unknown> => (await engine.query({ sql }))[0];
    const history = await store.firstHistory();
    const live = `started_at >= '${iso(history?.liveFromMs ?? 0)}'`;
    expect(await one(`SELECT count(*) > 100 AS many, count(*) FILTER (WHERE row_state = 1)::INTEGER AS running FROM store.calls WHERE ${live}`)).toEqual({ many: true, running: 0 });
    expect(await one('SELECT count(*)::INTEGER AS rows FROM store.quarantine')).toEqual({ rows: 0 });
    // A call that an agent's state or a leg names is there, and an answered call has its legs.
    expect(await one(`SELECT count(*)::INTEGER AS lost FROM store.agent_states s WHERE ${live} AND call_id <> '' AND NOT EXISTS (FROM store.calls c WHERE c.tenant = s.tenant AND c.call_id = s.call_id)`)).toEqual({ lost: 0 });
    expect(await one(`SELECT count(*)::INTEGER AS lost FROM store.legs l WHERE ${live} AND NOT EXISTS (FROM store.calls c WHERE c.tenant = l.tenant AND c.call_id = l.call_id)`)).toEqual({ lost: 0 });
    expect(await one(`SELECT count(*)::INTEGER AS lost FROM store.calls c WHERE ${live} AND answered AND direction = 'inbound' AND NOT EXISTS (FROM store.legs l WHERE c.tenant = l.tenant AND c.call_id = l.call_id)`)).toEqual({ lost: 0 });
    // An agent's states follow each other to the millisecond from login to logout, but for the core's death: the state that
    // an agent had taken since the last checkpoint is not known, and the one before it ends there.
    const states = z.object({ many: z.boolean(), overlaps: z.number(), gaps: z.number() }).parse(await one(`SELECT count(*) > 100 AS many,
        count(*) FILTER (WHERE started_at < before)::INTEGER AS overlaps,
        count(*) FILTER (WHERE started_at > before AND before NOT BETWEEN '${iso(lastKnownMs - 100)}' AND '${iso(killedMs + 100)}')::INTEGER AS gaps
      FROM (SELECT started_at, lag(started_at + to_milliseconds(duration_ms)) OVER (PARTITION BY tenant, agent, session_id ORDER BY started_at, duration_ms) AS before
        FROM store.agent_states WHERE ${live} AND session_id <> '')`));
    expect(states).toEqual({ many: true, overlaps: 0, gaps: 0 });
    await engine.close();
  }, 60_000);
});

describe('what several processes need', () => {
  test.each([['telephony', {}, 'VIGIE_STORE=postgres://'], ['ingest', {}, 'VIGIE_STORE=postgres://'], ['serve', {}, 'VIGIE_STORE=postgres://'], ['serve', { VIGIE_STORE: 'postgres://localhost/x' }, 'VIGIE_WAREHOUSE=http://']])('vigie %s does not share what is embedded: %j', async (command, env, remedy) => {
    const { code, stdout, stderr } = await runProgram([command, '--data', join(folder, 'embedded')], { env });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`set ${remedy}`);
    expect(existsSync(join(folder, 'embedded'))).toBe(false);
  });
});
