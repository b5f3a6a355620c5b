import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planForMapping } from '../../../ingest/mapping/plan-for-mapping.ts';
import { Loader } from '../../../ingest/spool/loader.ts';
import { openSpool, type Spool } from '../../../ingest/spool/spool.ts';
import { Arrivals } from '../../../telephony/centre/arrivals.ts';
import { buildConfiguration } from '../../../telephony/centre/build-configuration.ts';
import { loadCentre } from '../../../telephony/centre/load-centre.ts';
import { PacedClock } from '../../../telephony/centre/paced-clock.ts';
import { createSimulatedFloor, type SimulatedFloor } from '../../../telephony/centre/simulated-floor.ts';
import { openDuckDb } from '../../../warehouse/duckdb/engine.ts';
import type { Engine } from '../../../warehouse/engine.ts';
import { toDimensions } from '../../../warehouse/operational/dimensions.ts';
import { openWarehouse } from '../../../warehouse/open-warehouse.ts';
import { FULL_SCOPE, type Warehouse } from '../../../warehouse/warehouse.ts';
import { isUnseen, type Watching } from '../detectors/detector.ts';
import { QUIET, turnDetector, type DetectorState } from '../detector-state.ts';
import { expectedCalls } from './expected-calls.ts';
import { machineDetectors, spoolAndDisks, type Machine } from './machine.ts';
import { rowDetectors } from './rows.ts';
import type { Sources } from './sources.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const SEED = 7;
/** Rows wait for so long each time, which is nearly too long. */
const STEP_MS = 4 * MINUTE_MS;
const centre = loadCentre();
const configuration = buildConfiguration(centre);

/** Looks with detectors and gives what opens and ends incidents: `detector key turn`. */
function watcher(detectors: readonly Watching[], nowMs: () => number): () => Promise<string[]> {
  const states = new Map<string, DetectorState>();
  return async () => {
    const turns: string[] = [];
    for (const detector of detectors) {
      const found = await detector.look({});
      for (const { key, firing } of isUnseen(found) ? [] : found) {
        const name = `${detector.name} ${key}`;
        const { state, turn } = turnDetector(states.get(name) ?? QUIET, firing, nowMs(), detector.tuning({}));
        states.set(name, state);
        if (turn) turns.push(`${name} ${turn}`);
      }
    }
    return turns;
  };
}

describe('an evening, a night and a morning of rows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-data-days-'));
  const clock = new PacedClock(Date.parse('2026-03-02T20:00:00Z'));
  const told = new Set<() => void>();
  let [rows, batches]: [string[], number] = [[], 0];
  let engine: Engine;
  let warehouse: Warehouse;
  let spool: Spool;
  let floor: SimulatedFloor;
  let looks: (() => Promise<string[]>)[];

  beforeAll(async () => {
    engine = openDuckDb({ path: ':memory:', threads: 1 });
    warehouse = await openWarehouse({ engine, callerKeySecret: 'test', planFor: planForMapping });
    await warehouse.syncDimensions(toDimensions(configuration));
    // So small that a few minutes of a morning are a good part of it.
    spool = await openSpool({ folder: join(folder, 'spool'), segmentMs: 5, maximumBytes: 1 << 20 });
    await rememberWeeks();
    floor = createSimulatedFloor({ centre, configuration, clock, seed: SEED, run: 'data days', rows: ({ kind, row }) => {
      if (kind === 'od-calls') rows.push(`${JSON.stringify(row)}\n`);
    } });
    floor.workers.start(1500);
    floor.callers.start();
    const sources: Sources = {
      nowMs: () => clock.nowMs(), centre: () => configuration, warehouse, spool: { place: 'spool', status: () => spool.status() }, plan: null, filling: () => false, disks: [], backupDirectory: null,
      live: { state: () => floor.automaton.live.snapshot(), connected: () => true, onChange: (listener) => (told.add(listener), () => told.delete(listener)) },
    };
    const [ofSpool] = spoolAndDisks(sources);
    const ofRows = rowDetectors(sources, expectedCalls({ ...sources, warehouse }));
    if (!ofSpool) throw new Error('no detector of the spool');
    looks = [watcher([...ofRows], () => clock.nowMs()), watcher([ofSpool], () => clock.nowMs())];
  });
  afterAll(async () => {
    await spool.close();
    await warehouse.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What was called at the same time in the weeks before. */
  async function rememberWeeks(): Promise<void> {
    const arrivals = new Arrivals(centre, SEED);
    for (let week = 1; week <= 4; week += 1) for (const entry of centre.entryPoints) {
      const fromMs = clock.nowMs() - week * 7 * DAY_MS;
      const times = Array.from({ length: 14 }, (_, hour) => arrivals.inHour(entry, fromMs + hour * HOUR_MS)).flat().map((ms) => Math.floor(ms));
      await engine.execute({
        sql: `INSERT INTO store.calls (tenant, site, call_id, started_at, direction, row_state) SELECT $tenant, $site, $name || '-' || i, make_timestamp_ms(CAST(ms AS BIGINT)), 'inbound', 2 FROM (VALUES ${times.map((ms, index) => `(${index}, ${ms})`).join(', ')}) AS call (i, ms)`,
        parameters: { tenant: entry.tenant, site: entry.site, name: `${week}-${entry.did}` },
      });
    }
  }
  async function load(): Promise<void> {
    const loader = new Loader({ spool, warehouse });
    loader.start();
    await spool.flush();
    while ((await spool.status()).bytes > 0) await pause(1);
    await loader.stop();
  }
  /** Time passes, rows come, are looked at while they wait, and are loaded unless the loader is held. In the quiet hours of the night they are only looked at behind a load. */
  async function live(hours: number, { loads = true, quiet = false } = {}): Promise<string[]> {
    const turns: string[] = [];
    const look = async (): Promise<void> => {
      for (const each of looks) turns.push(...await each());
    };
    for (const untilMs = clock.nowMs() + hours * HOUR_MS; clock.nowMs() < untilMs;) {
      clock.run(clock.nowMs() + (quiet ? HOUR_MS / 2 : STEP_MS));
      for (const tell of told) tell();
      if (rows.length > 0) {
        const answer = await spool.append({ source: 'core', kind: 'od-calls', batchId: `${batches += 1}`, ndjson: Buffer.from(rows.join('')) });
        if (answer.ok) rows = [];
      }
      if (!quiet) await look();
      if (!loads) continue;
      await load();
      if (quiet) await look();
      else turns.push(...await (looks[1]?.() ?? []));
    }
    return turns;
  }

  test('open no incident, from the last calls of the evening to the full morning', async () => {
    expect(await live(2)).toEqual([]);
    expect(await live(7, { quiet: true })).toEqual([]);
    expect(await live(3)).toEqual([]);
    expect((await warehouse.freshness(FULL_SCOPE)).calls).toBeGreaterThan(10_000);
  }, 120_000);

  test('but a loader that is held, and calls that stop, do; late rows are over when they are loaded', async () => {
    expect((await live(0.5, { loads: false })).toSorted()).toEqual(['rows-late warehouse open', 'spool-growing spool open']);
    expect((await live(0.4)).toSorted()).toEqual(['rows-late warehouse cleared', 'spool-growing spool cleared']);
    floor.callers.stop();
    floor.callers.hangUpAll();
    expect(await live(0.5)).toEqual(['no-rows ocm open']);
  }, 120_000);
});

describe('weeks of a machine', () => {
  test('backups every three days, sometimes late and long, are no trouble; one that is left out is, until the next', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vigie-backups-'));
    try {
      let nowMs = Date.parse('2026-03-02T00:00:00Z');
      const machine: Machine = { wallMs: () => nowMs, statfs: () => Promise.resolve({ bavail: 1, blocks: 1, bsize: 1e12 }) };
      const looks = watcher(machineDetectors({ nowMs: () => nowMs, spool: null, disks: [], backupDirectory: folder }, machine), () => nowMs);
      const turns: string[] = [];
      const write = async (name: string): Promise<void> => {
        await writeFile(join(folder, name), 'x');
        await utimes(join(folder, name), nowMs / 1000, nowMs / 1000);
      };
      await write('first.dump');
      const fromMs = nowMs;
      // The fourth is left out. A late one begins three hours late, and each is written for two hours.
      const begins = [1, 2, 3, 5].map((turn) => fromMs + (turn * 72 + (turn === 2 ? 3 : 0)) * HOUR_MS);
      for (const endMs = fromMs + 16 * DAY_MS; nowMs < endMs; nowMs += 5 * MINUTE_MS) {
        for (const [index, beginMs] of begins.entries()) if (nowMs >= beginMs && nowMs < beginMs + 2 * HOUR_MS) await write(`${index}.dump`);
        for (const turn of await looks()) turns.push(`${turn} ${Math.floor((nowMs - fromMs) / HOUR_MS)}`);
      }
      // Three days and six hours after the third had been written.
      expect(turns).toEqual([`backup-overdue backup open ${3 * 72 + 2 + 78}`, `backup-overdue backup cleared ${5 * 72}`]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 30_000);

  test('a folder that is not made yet lies on the disk of the one above it; a file in its way is said', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vigie-disk-'));
    const look = (path: string): Promise<unknown> | undefined => spoolAndDisks({ nowMs: () => 0, spool: null, disks: [{ place: 'data', path }] })[1]?.look({});
    try {
      expect(await look(join(folder, 'not', 'yet'))).toMatchObject([{ key: 'data', evidence: { values: { sizeBytes: expect.any(Number) } } }]);
      await writeFile(join(folder, 'file'), 'x');
      await expect(look(join(folder, 'file', 'in', 'its', 'way'))).rejects.toThrow('ENOTDIR');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('a disk that grows, with backups and merges that come and go, is no trouble; one that fills up is, once', async () => {
    let nowMs = Date.parse('2026-03-02T00:00:00Z');
    let fills = 0;
    const GB = 1e9;
    /** Of 100 GB: half a gigabyte more each day, 20 for an hour each night, 3 for five minutes each hour. */
    const free = (): number => {
      const days = (nowMs - Date.parse('2026-03-02T00:00:00Z')) / DAY_MS;
      const ofDay = nowMs % DAY_MS;
      return (45 - days / 2 - (ofDay < HOUR_MS ? 20 : 0) - (ofDay % HOUR_MS < 5 * MINUTE_MS ? 3 : 0) - fills) * GB;
    };
    const machine: Machine = { wallMs: () => nowMs, statfs: () => Promise.resolve({ bavail: free(), blocks: 100 * GB, bsize: 1 }) };
    const looks = watcher(spoolAndDisks({ nowMs: () => nowMs, spool: null, disks: [{ place: 'data', path: '/data' }] }, machine), () => nowMs);
    const live = async (minutes: number): Promise<string[]> => {
      const turns: string[] = [];
      for (let minute = 0; minute < minutes; minute += 1) {
        nowMs += MINUTE_MS;
        turns.push(...await looks());
      }
      return turns;
    };
    expect(await live(14 * 1440 + 120)).toEqual([]);
    // A gigabyte in two minutes, until two are left.
    const turns: string[] = [];
    for (; fills < 36; fills += 0.5) turns.push(...await live(1));
    turns.push(...await live(600));
    expect(turns).toEqual(['disk-low data open']);
    fills = 0;
    expect(await live(30)).toEqual(['disk-low data cleared']);
  }, 30_000);
});
