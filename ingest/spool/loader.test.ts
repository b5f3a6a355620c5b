import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import type { Engine } from '../../warehouse/engine.ts';
import { openWarehouse } from '../../warehouse/open-warehouse.ts';
import { FULL_SCOPE, type Warehouse } from '../../warehouse/warehouse.ts';
import { createIngestHandler } from '../http/ingest-handler.ts';
import { importFile } from '../import.ts';
import { planForMapping } from '../mapping/plan-for-mapping.ts';
import { ndjsonOf, odCallsRow } from '../testing/od-calls-row.ts';
import { postBatch, TOKEN } from '../testing/start-ingest.ts';
import { Loader, type LoaderOptions } from './loader.ts';
import { openSpool, type Spool } from './spool.ts';

let folder: string;
let engine: Engine;
let warehouse: Warehouse;
let spool: Spool;
let loader: Loader;
let failures: string[];
let server: Server | null = null;

function openEngine(): Promise<Warehouse> {
  engine = openDuckDb({ path: join(folder, 'warehouse.duckdb'), threads: 1 });
  return openWarehouse({ engine, callerKeySecret: 'test', planFor: planForMapping });
}

function startLoader(options: Partial<LoaderOptions> = {}): void {
  loader = new Loader({
    // The warehouse behind the loader may be closed and opened again.
    spool, warehouse: { loadTogether: (jobs) => warehouse.loadTogether(jobs), quarantinedLines: (id) => warehouse.quarantinedLines(id) },
    firstRetryMs: 20, longestRetryMs: 50, onFailed: ({ error }) => failures.push(String(error)), ...options,
  });
  loader.start();
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-loader-'));
  failures = [];
  warehouse = await openEngine();
  spool = await openSpool({ folder: join(folder, 'spool'), segmentMs: 20 });
});
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = null;
  await loader.stop();
  await spool.close();
  await warehouse.close();
  await rm(folder, { recursive: true, force: true });
});

function send(batchId: string, ndjson: Buffer, source = 'pbx'): Promise<unknown> {
  return spool.append({ source, kind: 'od-calls', batchId, ndjson });
}
async function done(batch: string, source = 'pbx'): Promise<void> {
  await expect.poll(async () => (await spool.batch(source, batch))?.state, { timeout: 10_000 }).not.toBe('waiting');
}
async function countCalls(): Promise<number> {
  const [row] = await engine.query<{ n: number }>({ sql: 'SELECT count(*) AS n FROM store.calls' });
  return row?.n ?? -1;
}

test('counts of batches that share a segment tell their good and their quarantined rows', async () => {
  const good = (number: number): string => ndjsonOf([odCallsRow(number)]).toString();
  await Promise.all([
    send('clean', Buffer.from(good(1) + good(2))),
    send('mixed', Buffer.from(`${good(3)}not json\n${good(4)}{"ID":\n[1,2]\n`)),
    send('rubbish', Buffer.from('"\u0002"\n{}\nnull\n{"a":1}}\n')),
    send('last', Buffer.from(good(5))),
  ]);
  startLoader();
  for (const batch of ['clean', 'mixed', 'rubbish', 'last']) await done(batch);
  expect(await spool.batch('pbx', 'clean')).toMatchObject({ state: 'loaded', rows: 2, accepted: 2, quarantined: 0 });
  expect(await spool.batch('pbx', 'mixed')).toMatchObject({ state: 'loaded', rows: 5, accepted: 2, quarantined: 3 });
  expect(await spool.batch('pbx', 'rubbish')).toMatchObject({ state: 'loaded', rows: 4, accepted: 0, quarantined: 4 });
  expect(await spool.batch('pbx', 'last')).toMatchObject({ state: 'loaded', rows: 1, accepted: 1, quarantined: 0 });
  expect(await countCalls()).toBe(5);
  expect(await warehouse.quarantine({ source: 'pbx', limit: 100 })).toHaveLength(7);
  expect(failures).toEqual([]);
});

test('when the warehouse is gone segments wait, and load when it is back, once', async () => {
  startLoader();
  await send('before', ndjsonOf([odCallsRow(1)]));
  await done('before');
  await warehouse.close();
  await send('during', ndjsonOf([odCallsRow(2), odCallsRow(3)]));
  await expect.poll(() => failures.length).toBeGreaterThan(3);
  const waiting = await spool.status();
  expect(waiting).toMatchObject({ rows: 2, setAside: 0, loadError: expect.stringContaining('closed') });
  expect(waiting.lagMs).toBeGreaterThan(0);
  warehouse = await openEngine();
  await done('during');
  expect(await countCalls()).toBe(3);
  // The counts are told before the segment is removed.
  await expect.poll(() => spool.status()).toMatchObject({ bytes: 0, rows: 0, segments: 0, lagMs: 0, loadError: '', loadedRows: 3 });
  expect(await readdir(join(folder, 'spool/streams/pbx/od-calls'))).toEqual([]);
});

test('a segment that no load takes is set aside and does not hold up the others', async () => {
  // A warehouse that reads another file than the one it is given is as good as a file that vanished.
  const broken = { loadTogether: (jobs: Parameters<Warehouse['loadTogether']>[0]) => warehouse.loadTogether(jobs.map((job) => (job.source === 'bad' ? { ...job, file: `${job.file}.gone` } : job))), quarantinedLines: (id: string) => warehouse.quarantinedLines(id) };
  startLoader({ warehouse: broken });
  await Promise.all([send('b', ndjsonOf([odCallsRow(1)]), 'bad'), send('g', ndjsonOf([odCallsRow(2)]), 'good')]);
  await Promise.all([done('b', 'bad'), done('g', 'good')]);
  expect(await spool.batch('bad', 'b')).toMatchObject({ state: 'set-aside', accepted: null, reason: expect.stringContaining('.gone') });
  expect(await spool.batch('good', 'g')).toMatchObject({ state: 'loaded', accepted: 1 });
  expect((await readdir(join(folder, 'spool/set-aside'))).filter((name) => name.endsWith('.ndjson'))).toHaveLength(1);
  expect((await spool.status()).setAside).toBe(1);
});

test('segments that waited together share a load; one that no load takes does not hold up the others of its stream', async () => {
  const sizes: number[] = [];
  const segments: string[] = [];
  for (const number of [1, 2, 3]) {
    await send(`w${number}`, ndjsonOf([odCallsRow(number)]));
    await spool.flush();
  }
  const first = await spool.queue.next(new Set(), new AbortController().signal);
  if (first) segments.push(...spool.queue.together(first, { segments: 9, bytes: 1 << 20 }).map(({ name }) => name));
  const bad = segments[1] ?? 'none';
  startLoader({
    tries: 1,
    warehouse: {
      loadTogether: (jobs) => {
        sizes.push(jobs.length);
        return warehouse.loadTogether(jobs.map((job) => (job.file.includes(bad) ? { ...job, file: `${job.file}.gone` } : job)));
      },
      quarantinedLines: (id) => warehouse.quarantinedLines(id),
    },
  });
  for (const number of [1, 2, 3]) await done(`w${number}`);
  expect(sizes).toEqual([3, 1, 1, 1]);
  expect(await Promise.all([1, 2, 3].map(async (number) => (await spool.batch('pbx', `w${number}`))?.state))).toEqual(['loaded', 'set-aside', 'loaded']);
  expect(await countCalls()).toBe(2);
});

test('a stream of few rows is loaded once in a while, with all that came meanwhile', async () => {
  const sizes: number[] = [];
  startLoader({ gatherMs: 2500, warehouse: { loadTogether: (jobs) => { sizes.push(jobs.length); return warehouse.loadTogether(jobs); }, quarantinedLines: (id) => warehouse.quarantinedLines(id) } });
  for (const number of [1, 2, 3, 4]) {
    await send(`g${number}`, ndjsonOf([odCallsRow(number)]));
    await spool.flush();
    if (number === 1) await done('g1');
  }
  await done('g4');
  expect(sizes).toEqual([1, 3]);
  expect(await countCalls()).toBe(4);
});

test('a source without legs of its own gets one of each queued call, and its next version; the core keeps its own', async () => {
  startLoader({ derivesLegs: (source) => source !== 'core' });
  const unanswered = { Abandon: 1, FirstAgent: 0, LastAgent: 0, ConvDuration: 0 } as const;
  await send('c', ndjsonOf([odCallsRow(9)]), 'core');
  await send('h1', ndjsonOf([odCallsRow(1, { Abandon: null, FirstAgent: 0, LastAgent: 0 }), odCallsRow(2, unanswered), odCallsRow(3, { FirstQueue: 0, LastQueue: 0 })]), 'hermes');
  await Promise.all([done('h1', 'hermes'), done('c', 'core')]);
  await send('h2', ndjsonOf([{ ...odCallsRow(1), Sequence: 99 }]), 'hermes');
  await done('h2', 'hermes');
  expect(await engine.query({ sql: 'SELECT right(call_id, 1) AS call, outcome, derived FROM store.legs ORDER BY call' }))
    .toEqual([{ call: '1', outcome: 'answered', derived: true }, { call: '2', outcome: 'abandoned', derived: true }]);
  expect(await warehouse.kpi({ measures: ['queued', 'answered', 'abandoned'], by: ['queue'], from: '2026-01-05', to: '2026-01-06', where: {} }, FULL_SCOPE))
    .toMatchObject({ rows: [{ queue: '101', queued: 2, answered: 1, abandoned: 1 }] });
});

test('a segment that was loaded but not yet removed is not loaded again', async () => {
  await send('b', ndjsonOf([odCallsRow(1)]));
  await spool.flush();
  const segment = await spool.queue.next(new Set(), new AbortController().signal);
  await warehouse.load({ loadId: `spool/pbx/od-calls/${segment?.name}`, source: 'pbx', kind: 'od-calls', mapping: 'od-calls', file: join(segment?.folder ?? '', `${segment?.name}.ndjson`) });
  startLoader();
  await done('b');
  expect(await spool.batch('pbx', 'b')).toMatchObject({ accepted: 1, quarantined: 0 });
  const [ledger] = await engine.query({ sql: 'SELECT count(*) AS loads, sum(accepted)::BIGINT AS accepted, sum(unchanged)::BIGINT AS unchanged FROM store.loads' });
  expect(ledger).toEqual({ loads: 1, accepted: 1, unchanged: 0 });
});

test('the same rows through HTTP and through a file give the same facts', async () => {
  const hostile = ['\'; DROP TABLE store.calls; --', '"quoted", \\back\\', 'ligne\nretour', 'é😀\u2028', '\u0001\u001f', '${x}', 'null', ''];
  const rows = Array.from({ length: 200 }, (_, number) => odCallsRow(number, {
    Comments: hostile[number % hostile.length] ?? '', UUI: hostile[(number + 3) % hostile.length] ?? '', WaitDuration: number % 7 === 0 ? -1 : number,
    Abandon: number % 5 === 0 ? null : number % 3 === 0 ? 1 : 0, CallStatusNum: number % 2 === 0 ? 12 : null,
  }));
  const body = Buffer.concat([ndjsonOf(rows), Buffer.from('broken\n'), ndjsonOf([{ ...odCallsRow(3), Sequence: 99_999, Comments: 'newer' }])]);
  startLoader();
  const handle = createIngestHandler({ door: spool, tokens: { pbx: TOKEN } });
  server = createServer((request, response) => { handle(request, response); });
  const listening = server;
  const port = await new Promise<number>((resolve) => { listening.listen(0, '127.0.0.1', () => { const at = listening.address(); resolve(typeof at === 'object' && at ? at.port : 0); }); });
  expect(await postBatch(`http://127.0.0.1:${port}`, 'od-calls', 'b', body)).toBe(202);
  await done('b');
  const facts = 'SELECT * EXCLUDE (source, load_mark) FROM store.calls ORDER BY call_id';
  const overHttp = await engine.query({ sql: facts });
  expect(overHttp).toHaveLength(200);
  const file = join(folder, 'same.ndjson');
  await writeFile(file, body);
  const other = openDuckDb({ path: ':memory:', threads: 1 });
  const second = await openWarehouse({ engine: other, callerKeySecret: 'test', planFor: planForMapping });
  expect(await importFile({ file, mapping: 'od-calls', warehouse: second })).toMatchObject({ accepted: 200, quarantined: 1 });
  expect(await other.query({ sql: facts })).toEqual(overHttp);
  await second.close();
});
