import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSpool, type Spool, type SpoolOptions } from '../spool/spool.ts';
import { createIngestHandler, type IngestHandlerOptions } from './ingest-handler.ts';

const TOKEN = 'token-of-the-pbx-0001';
const OTHER = 'token-of-another-0002';
let folder: string;
let spool: Spool;
let server: Server;
let base: string;
const errors: unknown[] = [];

async function start(options: { spool?: Partial<SpoolOptions>; limits?: IngestHandlerOptions['limits'] } = {}): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'vigie-http-'));
  spool = await openSpool({ folder, segmentMs: 60_000, ...options.spool });
  const handle = createIngestHandler({ door: spool, tokens: { pbx: TOKEN, other: OTHER }, ownLegs: ['pbx'], limits: options.limits ?? {}, onError: (error) => errors.push(error) });
  server = createServer((request, response) => { if (!handle(request, response)) response.writeHead(418).end(); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function stop(): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => { server.close(resolve); });
  await spool.close();
  await rm(folder, { recursive: true, force: true });
}

beforeEach(() => { errors.length = 0; return start(); });
afterEach(stop);

interface Sent { status: number; body: Record<string, unknown>; headers: Headers }
async function post(path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Sent> {
  const response = await fetch(`${base}${path}`, { method: 'POST', body, headers: { Authorization: `Bearer ${TOKEN}`, ...headers } });
  return { status: response.status, body: await response.json() as Record<string, unknown>, headers: response.headers };
}
async function get(path: string, token = TOKEN): Promise<Sent> {
  const response = await fetch(`${base}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  return { status: response.status, body: await response.json() as Record<string, unknown>, headers: response.headers };
}
/** The rows on disk, in order. */
async function written(): Promise<string> {
  await spool.flush();
  const streams = join(folder, 'streams', 'pbx');
  const texts: string[] = [];
  for (const kind of (await readdir(streams)).sort())
    for (const name of (await readdir(join(streams, kind))).filter((file) => file.endsWith('.ndjson')).sort()) texts.push(await readFile(join(streams, kind, name), 'utf8'));
  return texts.join('');
}

test('legs of a source whose legs are derived are refused, with the remedy', async () => {
  expect(await post('/ingest/legs', '{}\n', { Authorization: `Bearer ${OTHER}` })).toMatchObject({ status: 403, body: { value: 'other', remedy: expect.stringContaining('VIGIE_INGEST_OWN_LEGS') } });
  expect(await post('/ingest/od-calls', '{}\n', { Authorization: `Bearer ${OTHER}` })).toMatchObject({ status: 202 });
});

test('rows are acknowledged, plain and packed, and their batch can be asked for', async () => {
  const text = '{"ID":"1"}\n{"ID":"2"}\n';
  const receipt = { batch: 'b1', source: 'pbx', kind: 'od-calls', rows: 2, digest: createHash('sha256').update(text).digest('hex') };
  expect(await post('/ingest/od-calls', text, { 'Batch-Id': 'b1' })).toMatchObject({ status: 202, body: receipt });
  expect(await post('/ingest/od-calls?batch=b2', gzipSync(text), { 'Content-Encoding': 'gzip' })).toMatchObject({ status: 202, body: { ...receipt, batch: 'b2' } });
  expect(await get('/ingest/batches/b1')).toMatchObject({ status: 200, body: { ...receipt, state: 'waiting', accepted: null, quarantined: null } });
  expect(await get('/ingest/batches/b1', OTHER)).toMatchObject({ status: 404 });
  expect(await get('/ingest/batches/none')).toMatchObject({ status: 404 });
  expect(await written()).toBe(text + text);
});

test('a repeated batch gets byte for byte the same answer, other content 409', async () => {
  const first = await post('/ingest/legs', '{}\n', { 'Batch-Id': 'same' });
  expect(await post('/ingest/legs', gzipSync('{}'), { 'Batch-Id': 'same', 'Content-Encoding': 'gzip' })).toMatchObject({ status: 202, body: first.body });
  expect(await post('/ingest/legs', '{ }\n', { 'Batch-Id': 'same' })).toMatchObject({ status: 409, body: { value: 'same', remedy: expect.stringContaining('another Batch-Id') } });
  const unnamed = await post('/ingest/legs', '{"a":1}\n');
  expect((await post('/ingest/legs', '{"a":1}\n')).body).toEqual(unnamed.body);
  expect((await spool.status()).acknowledgedRows).toBe(2);
});

test('only a known token opens the door', async () => {
  for (const value of ['', 'Bearer', 'Bearer ', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`, 'Bearer __proto__']) {
    const refused = await post('/ingest/legs', '{}\n', { Authorization: value });
    expect(refused).toMatchObject({ status: 401, body: { error: 'no valid token' } });
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
  }
});

test('wrong paths, methods, ids and encodings are named', async () => {
  expect(await post('/ingest/faxes', '{}\n')).toMatchObject({ status: 404, body: { value: '/ingest/faxes' } });
  expect(await get('/ingest/legs')).toMatchObject({ status: 405, body: { value: 'GET', remedy: 'use POST' } });
  expect(await post('/ingest/batches/x', '{}')).toMatchObject({ status: 405 });
  expect(await post('/ingest/legs', '{}\n', { 'Batch-Id': 'a b' })).toMatchObject({ status: 400 });
  expect(await post(`/ingest/legs?batch=${'x'.repeat(200)}`, '{}\n')).toMatchObject({ status: 400 });
  expect(await post('/ingest/legs', '{}\n', { 'Content-Encoding': 'br' })).toMatchObject({ status: 415, body: { value: 'br' } });
  expect(await post('/ingest/legs', '{}\n', { 'Content-Encoding': 'gzip' })).toMatchObject({ status: 400, body: { error: 'body is not valid gzip' } });
  expect(await post('/ingest/legs', gzipSync('{"a":1}\n').subarray(0, -6), { 'Content-Encoding': 'gzip' })).toMatchObject({ status: 400, body: { error: 'body is not valid gzip' } });
  expect(await post('/ingest/legs', '\n\r\n')).toMatchObject({ status: 400, body: { error: 'empty batch' } });
  expect(await get('/ingest/batches/%E0%A4%A')).toMatchObject({ status: 400 });
  expect((await fetch(`${base}/elsewhere`)).status).toBe(418);
  expect(errors).toEqual([]);
});

test('a gzip bomb is refused at the limit', async () => {
  await stop();
  await start({ limits: { maximumBytes: 1 << 20, memoryBytes: 64 << 10 } });
  const bomb = gzipSync(Buffer.alloc(200 << 20, '{}\n'));
  expect(bomb.length).toBeLessThan(1 << 20);
  expect(await post('/ingest/legs', bomb, { 'Content-Encoding': 'gzip' })).toMatchObject({ status: 413, body: { error: 'body too large' } });
  expect(await post('/ingest/legs', Buffer.alloc((1 << 20) + 1, '{}\n'))).toMatchObject({ status: 413 });
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
});

test('a line of 50 MB costs no memory and no batch', async () => {
  await stop();
  await start({ limits: { memoryBytes: 1 << 20 } });
  const chunk = Buffer.alloc(1 << 20, 'x');
  const before = process.memoryUsage();
  let peak = 0;
  const watch = setInterval(() => { const { rss } = process.memoryUsage(); peak = Math.max(peak, rss - before.rss); }, 5);
  const sent = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const request = httpRequest(`${base}/ingest/legs`, { method: 'POST', headers: { Authorization: `Bearer ${TOKEN}`, 'Batch-Id': 'long' } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => { text += part; }).on('end', () => { resolve({ status: response.statusCode ?? 0, text }); });
    });
    request.on('error', reject);
    request.write('{"n":1}\n{"long":"');
    let left = 50;
    const more = (): void => {
      while (left > 0) {
        left -= 1;
        if (!request.write(chunk)) { request.once('drain', more); return; }
      }
      request.end('"}\n{"n":2}\n');
    };
    more();
  });
  clearInterval(watch);
  expect(sent).toMatchObject({ status: 202 });
  const lines = (await written()).split('\n');
  expect(lines.length).toBe(4);
  expect([lines[0], lines[2]]).toEqual(['{"n":1}', '{"n":2}']);
  expect(lines[1]).toMatch(/^\{"long":"x+ <line of 52428811 bytes was cut, the limit is 1048576>$/);
  // Chunks in flight and uncollected, sender and server in one process; the line alone would be 50 MB, and more as text.
  expect(peak).toBeLessThan(120 << 20);
});

test('a large body goes through a file and is the same batch as a small one', async () => {
  await stop();
  await start({ limits: { memoryBytes: 1000 } });
  const text = Array.from({ length: 500 }, (_, index) => `{"n":${index}}\n`).join('');
  const digest = createHash('sha256').update(text).digest('hex');
  expect(await post('/ingest/legs', text, { 'Batch-Id': 'big' })).toMatchObject({ status: 202, body: { rows: 500, digest } });
  expect(await post('/ingest/legs', text, { 'Batch-Id': 'big' })).toMatchObject({ status: 202, body: { rows: 500, digest } });
  expect(await post('/ingest/legs', `${text}{}\n`, { 'Batch-Id': 'big' })).toMatchObject({ status: 409 });
  expect(await written()).toBe(text);
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
});

test('a full spool answers 429 with Retry-After, for small and large bodies', async () => {
  await stop();
  await start({ spool: { maximumBytes: 1000 }, limits: { memoryBytes: 600 } });
  expect(await post('/ingest/legs', `"${'x'.repeat(500)}"\n`)).toMatchObject({ status: 202 });
  for (const length of [510, 1000]) {
    const refused = await post('/ingest/legs', `"${'y'.repeat(length)}"\n`);
    expect(refused).toMatchObject({ status: 429, body: { error: 'spool full' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  }
});

test('a disk that takes nothing is said with 503, for small and large bodies, and a later try works', async () => {
  await stop();
  await start({ limits: { memoryBytes: 600 } });
  const bodies = [500, 1000].map((length): [string, string] => [`b${length}`, `"${'z'.repeat(length)}"\n`]);
  for (const name of ['incoming', 'streams']) await rename(join(folder, name), join(folder, `${name} away`));
  await writeFile(join(folder, 'streams'), 'in the way');
  for (const [batch, body] of bodies) {
    const refused = await post('/ingest/legs', body, { 'Batch-Id': batch });
    expect(refused).toMatchObject({ status: 503, body: { error: 'spool not writable', remedy: expect.stringContaining('again later') } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(await spool.status()).toMatchObject({ bytes: 0, acknowledgedBatches: 0, writeError: expect.stringMatching(/^E[A-Z]+: /) });
  await rm(join(folder, 'streams'));
  for (const name of ['incoming', 'streams']) await rename(join(folder, `${name} away`), join(folder, name));
  for (const [batch, body] of bodies) expect(await post('/ingest/legs', body, { 'Batch-Id': batch })).toMatchObject({ status: 202 });
  expect(await spool.status()).toMatchObject({ acknowledgedBatches: 2, writeError: '' });
  expect(errors).toEqual([]);
});

test('a body that breaks off is not acknowledged and leaves nothing behind', async () => {
  await stop();
  await start({ limits: { memoryBytes: 10 } });
  const socket = connect(Number(new URL(base).port), '127.0.0.1');
  socket.write(`POST /ingest/legs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${TOKEN}\r\nBatch-Id: torn\r\nContent-Length: 1000\r\n\r\n{"n":1}\n{"n":2}\n{"n":`);
  await expect.poll(() => readdir(join(folder, 'incoming')).then((files) => files.length)).toBe(1);
  socket.destroy();
  await expect.poll(() => readdir(join(folder, 'incoming')).then((files) => files.length)).toBe(0);
  expect(await get('/ingest/batches/torn')).toMatchObject({ status: 404 });
  expect(errors).toEqual([]);
});
