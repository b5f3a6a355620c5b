import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createIngestHandler } from '../../ingest/http/ingest-handler.ts';
import { openSpool, type Spool } from '../../ingest/spool/spool.ts';
import { ndjsonOf } from '../../ingest/testing/od-calls-row.ts';
import { UnreachableError } from '../internal/ask.ts';
import { openOutbox, type Outbox } from './outbox.ts';

const TOKEN = 'token-of-ingest-0123456789-0123456789';
let folder: string;
let spool: Spool;
let outbox: Outbox;
let server: Server | null;
let place: (() => { address: string; token: string }) | null;
const failures: { reason: string; setAside: boolean }[] = [];

async function open(maximumBytes = 8 << 20): Promise<Outbox> {
  return openOutbox({
    folder: join(folder, 'outbox'), maximumBytes,
    place: () => {
      if (!place) throw new UnreachableError('nobody knows where ingest is');
      return place();
    },
    onFailed: ({ error, setAside }) => failures.push({ reason: String(error), setAside }),
  });
}

/** Ingest behind a door that does with a request what it is told, before or after the spool has the rows. */
async function serve(trouble: (turn: number) => 'none' | 'cut before' | 'cut after' = () => 'none'): Promise<void> {
  const handle = createIngestHandler({ door: spool, tokens: { core: TOKEN }, limits: { maximumBytes: 100_000 } });
  let turn = 0;
  server = createServer((request, response) => {
    turn += 1;
    const what = trouble(turn);
    if (what === 'cut before') request.socket.destroy();
    else {
      if (what === 'cut after') response.end = () => request.socket.destroy() && response;
      handle(request, response);
    }
  });
  await new Promise<void>((resolve) => void server?.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  place = () => ({ address: `http://127.0.0.1:${port}`, token: TOKEN });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-outbox-'));
  spool = await openSpool({ folder: join(folder, 'spool'), segmentMs: 60_000 });
  [server, place] = [null, null];
  failures.length = 0;
  outbox = await open();
});
afterEach(async () => {
  await outbox.close(0);
  server?.closeAllConnections();
  server?.close();
  await spool.close();
  await rm(folder, { recursive: true, force: true });
});

async function send(number: number): Promise<void> {
  const answer = await outbox.append({ source: 'core', kind: 'legs', batchId: `b${number}`, ndjson: ndjsonOf([{ Sequence: number }]), sequential: true });
  if (!answer.ok) throw new Error(answer.message);
}
/** Numbers of the rows in ingest's spool, in order. */
async function arrived(): Promise<number[]> {
  await spool.flush();
  const texts = await Promise.all(spool.queue.all().map(({ folder: stream, name }) => readFile(join(stream, `${name}.ndjson`), 'utf8')));
  return texts.join('').split('\n').filter((line) => line !== '').map((line) => Number(/\d+/.exec(line)?.[0]));
}
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test('rows that ingest is not there for wait on disk, also over a restart, and arrive once and in order', async () => {
  for (const number of numbers(3)) await send(number);
  await vi.waitFor(() => expect(failures.length).toBeGreaterThan(5), { timeout: 20_000 });
  // However often: nothing is given up for that.
  expect(failures.every(({ setAside }) => !setAside)).toBe(true);
  await outbox.close(0);
  outbox = await open();
  for (const number of [4, 5]) await send(number);
  await serve();
  await vi.waitFor(async () => expect(await outbox.waiting()).toBe(0), { timeout: 20_000 });
  expect(await arrived()).toEqual(numbers(5));
}, 60_000);

test('a request and an answer that get lost double nothing', async () => {
  await serve((turn) => (['none', 'cut before', 'cut after'] as const)[turn % 3] ?? 'none');
  for (const number of numbers(12)) {
    await send(number);
    await outbox.waiting();
  }
  await vi.waitFor(async () => expect(await outbox.waiting()).toBe(0), { timeout: 30_000, interval: 50 });
  expect(await arrived()).toEqual(numbers(12));
  expect(failures.length).toBeGreaterThan(0);
}, 60_000);

test('a wrong token keeps the rows; what ingest never takes is set aside and told', async () => {
  await serve();
  const right = place;
  place = () => ({ address: right?.().address ?? '', token: 'another' });
  await send(1);
  await vi.waitFor(() => expect(failures).toEqual(expect.arrayContaining([{ reason: expect.stringContaining('VIGIE_INGEST_TOKEN is another one there'), setAside: false }])), { timeout: 5000 });
  place = right;
  await vi.waitFor(async () => expect(await outbox.waiting()).toBe(0), { timeout: 10_000 });
  expect(await arrived()).toEqual([1]);
  await outbox.append({ source: 'core', kind: 'legs', batchId: 'b2', ndjson: ndjsonOf([{ Sequence: 2, Comments: 'x'.repeat(200_000) }]) });
  await vi.waitFor(() => expect(failures.at(-1)).toEqual({ reason: expect.stringContaining('answered 413'), setAside: true }), { timeout: 5000 });
  await vi.waitFor(async () => expect((await readdir(join(folder, 'outbox', 'set-aside'))).some((name) => name.endsWith('.ndjson'))).toBe(true));
});

test('a full outbox says so, and takes rows again once there is room', async () => {
  await outbox.close(0);
  outbox = await open(500);
  await send(1);
  const answer = await outbox.append({ source: 'core', kind: 'legs', batchId: 'big', ndjson: ndjsonOf(numbers(100).map((Sequence) => ({ Sequence }))) });
  expect(answer).toMatchObject({ ok: false, code: 'full' });
});
