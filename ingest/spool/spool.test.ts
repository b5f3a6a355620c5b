import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSpool, type Spool, type SpoolOptions } from './spool.ts';
import type { AppendAnswer } from './door.ts';

let folder: string;
let spool: Spool | null = null;
const never = new AbortController().signal;

beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'vigie-spool-')); });
afterEach(async () => {
  await spool?.close();
  spool = null;
  await rm(folder, { recursive: true, force: true });
});

async function open(options: Partial<SpoolOptions> = {}): Promise<Spool> {
  await spool?.close();
  spool = await openSpool({ folder, ...options });
  return spool;
}

function send(batchId: string, text: string, extra: { sequential?: boolean; kind?: 'od-calls' | 'legs' } = {}): Promise<AppendAnswer> {
  if (!spool) throw new Error('open the spool first');
  return spool.append({ source: 'pbx', kind: extra.kind ?? 'od-calls', batchId, ndjson: Buffer.from(text), ...extra });
}

test('a closed segment holds the acknowledged rows, in order, and nothing else', async () => {
  const opened = await open();
  const answers = await Promise.all(['a', 'b', 'c'].map((id, index) => send(id, `{"n":${index}}\n{"n":"${id}"}\n`)));
  expect(answers.every(({ ok }) => ok)).toBe(true);
  await opened.flush();
  const segment = await opened.queue.next(new Set(), never);
  expect(await readFile(join(segment?.folder ?? '', `${segment?.name}.ndjson`), 'utf8')).toBe('{"n":0}\n{"n":"a"}\n{"n":1}\n{"n":"b"}\n{"n":2}\n{"n":"c"}\n');
  expect(segment?.frames.map(({ batch, line, lines }) => [batch, line, lines])).toEqual([['a', 1, 2], ['b', 3, 2], ['c', 5, 2]]);
});

test('many waiting batches share one sync', async () => {
  const opened = await open();
  await Promise.all(Array.from({ length: 200 }, (_, index) => send(`b${index}`, `${index}\n`)));
  const { syncs, acknowledgedBatches } = await opened.status();
  expect(acknowledgedBatches).toBe(200);
  expect(syncs).toBeLessThan(10);
});

test('segments close by age and by size, and grow while an earlier one waits', async () => {
  const opened = await open({ segmentMs: 30, segmentBytes: 1000 });
  await send('old', '{}\n');
  await expect.poll(async () => (await opened.status()).segments).toBe(1);
  await send('large', `"${'x'.repeat(1000)}"\n`);
  await expect.poll(async () => (await opened.status()).segments).toBe(2);
  await send('later', '{}\n');
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  expect((await opened.status()).segments).toBe(2);
  const first = await opened.queue.next(new Set(), never);
  if (first) await opened.loaded(first, { leftOut: 0, quarantined: 0, quarantinedLines: [] });
  await expect.poll(async () => (await opened.status()).segments).toBe(2);
});

test('a repeated batch gets the same answer and is written once, other content is refused', async () => {
  const opened = await open();
  const both = await Promise.all([send('one', '{"n":1}\n'), send('one', '{"n":1}\n')]);
  expect(both.map((answer) => answer.ok && answer.receipt)).toEqual([both[0]?.ok && both[0].receipt, both[0]?.ok && both[0].receipt]);
  expect(both.map((answer) => answer.ok && answer.repeated).sort()).toEqual([false, true]);
  expect(await send('one', '{"n":2}\n')).toMatchObject({ ok: false, code: 'conflict' });
  expect(await send('one', '{"n":1}\n', { kind: 'legs' })).toMatchObject({ ok: false, code: 'conflict' });
  await opened.flush();
  expect((await opened.queue.next(new Set(), never))?.lines).toBe(1);
});

test('batches are remembered after their load and after a restart, with their counts', async () => {
  let opened = await open();
  await send('clean', '1\n2\n3\n');
  await send('dirty', '4\nx\ny\n');
  await opened.flush();
  expect(await opened.batch('pbx', 'dirty')).toMatchObject({ state: 'waiting', rows: 3, accepted: null });
  opened = await open();
  expect(await opened.batch('pbx', 'dirty')).toMatchObject({ state: 'waiting', rows: 3, accepted: null });
  const segment = await opened.queue.next(new Set(), never);
  if (segment) await opened.loaded(segment, { leftOut: 0, quarantined: 2, quarantinedLines: [5, 6] });
  for (const _ of ['same run', 'next run']) {
    expect(await opened.batch('pbx', 'clean')).toMatchObject({ state: 'loaded', rows: 3, accepted: 3, quarantined: 0 });
    expect(await opened.batch('pbx', 'dirty')).toMatchObject({ state: 'loaded', rows: 3, accepted: 1, quarantined: 2 });
    expect(await send('dirty', '4\nx\ny\n')).toMatchObject({ ok: true, repeated: true, receipt: { rows: 3 } });
    expect(await send('dirty', '4\n')).toMatchObject({ ok: false, code: 'conflict' });
    opened = await open();
  }
  expect(await opened.batch('other', 'clean')).toBeNull();
  expect((await opened.status()).bytes).toBe(0);
});

test('of a source that repeats only its newest batches fewer answers are kept', async () => {
  const limits = { rememberedOf: { pbx: 0 } };
  for (const run of ['1', '2']) {
    const opened = await open(limits);
    for (const source of ['pbx', 'other']) {
      await opened.append({ source, kind: 'od-calls', batchId: run, ndjson: Buffer.from('1\n') });
      await opened.flush();
      const segment = await opened.queue.next(new Set(), never);
      if (segment) await opened.loaded(segment, { leftOut: 0, quarantined: 0, quarantinedLines: [] });
    }
  }
  const again = await open(limits);
  const known = async (source: string): Promise<boolean[]> => Promise.all(['1', '2'].map(async (run) => (await again.batch(source, run)) !== null));
  expect([await known('pbx'), await known('other')]).toEqual([[false, true], [true, true]]);
});

test('old answers are forgotten, file by file', async () => {
  const opened = await open({ retentionMs: 0 });
  await send('old', '1\n');
  await opened.flush();
  const segment = await opened.queue.next(new Set(), never);
  if (segment) await opened.loaded(segment, { leftOut: 0, quarantined: 0, quarantinedLines: [] });
  const again = await open({ retentionMs: 0 });
  await send('new', '1\n');
  await again.flush();
  const second = await again.queue.next(new Set(), never);
  if (second) await again.loaded(second, { leftOut: 0, quarantined: 0, quarantinedLines: [] });
  expect(await again.batch('pbx', 'new')).not.toBeNull();
  expect(await again.batch('pbx', 'old')).toBeNull();
});

test('what waits for the disk in memory is bounded', async () => {
  await open({ maximumUnwrittenBytes: 500 });
  const line = `"${'x'.repeat(300)}"\n`;
  const [first, second] = await Promise.all([send('a', line), send('b', line)]);
  expect(first).toMatchObject({ ok: true });
  expect(second).toMatchObject({ ok: false, code: 'full' });
  expect(await send('b', line)).toMatchObject({ ok: true });
});

test('a full spool says so and takes rows again when segments are loaded', async () => {
  const opened = await open({ maximumBytes: 600 });
  expect(await send('a', `"${'x'.repeat(300)}"\n`)).toMatchObject({ ok: true });
  expect(await send('b', `"${'x'.repeat(300)}"\n`)).toMatchObject({ ok: false, code: 'full' });
  await opened.flush();
  const segment = await opened.queue.next(new Set(), never);
  if (segment) await opened.loaded(segment, { leftOut: 0, quarantined: 0, quarantinedLines: [] });
  expect(await send('b', `"${'x'.repeat(300)}"\n`)).toMatchObject({ ok: true });
  const few = await open({ maximumWaitingBatches: 1 });
  expect(await send('c', '1\n')).toMatchObject({ ok: false, code: 'full' });
  expect((await few.room()).bytes).toBe(0);
});

test('of a sender in sequence only the last batch is remembered', async () => {
  const opened = await open();
  await send('run:1', '1\n', { sequential: true });
  await send('run:2', '2\n', { sequential: true });
  expect(await send('run:2', '2\n', { sequential: true })).toMatchObject({ ok: true, repeated: true });
  expect(await send('run:2', '3\n', { sequential: true })).toMatchObject({ ok: false, code: 'conflict' });
  await opened.flush();
  const segment = await opened.queue.next(new Set(), never);
  expect(segment?.lines).toBe(2);
  if (segment) await opened.loaded(segment, { leftOut: 0, quarantined: 0, quarantinedLines: [] });
  expect(await opened.batch('pbx', 'run:1')).toBeNull();
  expect((await readdir(join(folder, 'batches', 'pbx'))).length).toBe(0);
});

test('a refused segment is kept aside with its reason and blocks nothing', async () => {
  const opened = await open();
  await send('bad', '1\n');
  await opened.flush();
  await send('good', '2\n');
  await opened.flush();
  const bad = await opened.queue.next(new Set(), never);
  if (bad) await opened.refuse(bad, 'no table fits');
  expect((await opened.queue.next(new Set(), never))?.frames[0]?.batch).toBe('good');
  expect(await opened.batch('pbx', 'bad')).toMatchObject({ state: 'set-aside', reason: 'no table fits' });
  expect(await readFile(join(folder, 'set-aside', `${bad?.name}.ndjson`), 'utf8')).toBe('1\n');
  const again = await open();
  expect((await again.status()).setAside).toBe(1);
});

test('a segment that was set aside is loaded again once its files are moved to set-aside/again', async () => {
  const opened = await open();
  await send('bad', '1\n');
  await opened.flush();
  const bad = await opened.queue.next(new Set(), never);
  if (bad) await opened.refuse(bad, 'no table fits');
  await opened.close();
  const aside = join(folder, 'set-aside');
  await mkdir(join(aside, 'again'), { recursive: true });
  for (const file of await readdir(aside)) if (file !== 'again') await rename(join(aside, file), join(aside, 'again', file));
  await writeFile(join(aside, 'again', 'other.json'), '{"source":"../../etc","kind":"od-calls"}');
  const again = await open();
  expect(again.damages).toEqual([expect.stringContaining('other.json')]);
  expect((await again.status()).setAside).toBe(0);
  expect(await again.batch('pbx', 'bad')).toMatchObject({ state: 'waiting' });
  const segment = await again.queue.next(new Set(), never);
  expect(segment).toMatchObject({ name: bad?.name, lines: 1 });
  if (segment) await again.loaded(segment, { leftOut: 0, quarantined: 0, quarantinedLines: [] });
  expect(await again.batch('pbx', 'bad')).toMatchObject({ state: 'loaded', accepted: 1, reason: '' });
});

test('loaded segments are kept as long as wanted', async () => {
  const opened = await open({ keepLoadedMs: 600_000 });
  const load = async (batch: string): Promise<void> => {
    await send(batch, `${batch}\n`);
    await opened.flush();
    const segment = await opened.queue.next(new Set(), never);
    if (segment) await opened.loaded(segment, { leftOut: 0, quarantined: 0, quarantinedLines: [] });
  };
  await load('one');
  const kept = await readdir(join(folder, 'loaded'));
  expect(await Promise.all(kept.map((file) => readFile(join(folder, 'loaded', file), 'utf8')))).toEqual(['one\n']);
  const old = new Date(Date.now() - 700_000);
  for (const file of kept) await utimes(join(folder, 'loaded', file), old, old);
  await load('two');
  const later = await readdir(join(folder, 'loaded'));
  expect(later).toHaveLength(1);
  expect(later).not.toContain(kept[0]);
});

test('a large file is taken over as a segment of its own', async () => {
  const opened = await open();
  await send('before', '0\n');
  const { incoming } = await opened.room();
  const file = join(incoming, 'body');
  await writeFile(file, '1\n2\n');
  const about = { source: 'pbx', kind: 'od-calls' as const, batchId: 'large', file, bytes: 4, rows: 2, crc: 0, digest: 'd' };
  expect(await opened.adopt(about)).toMatchObject({ ok: true, repeated: false });
  await writeFile(file, '1\n2\n');
  expect(await opened.adopt(about)).toMatchObject({ ok: true, repeated: true });
  expect(await readdir(incoming)).toEqual([]);
  await expect.poll(async () => (await opened.status()).segments).toBe(2);
});

test('heads that could leave the folder or the registry are refused', async () => {
  const opened = await open();
  for (const source of ['', '..', 'a/b', 'A', '../../x', 'a\0'])
    expect(await opened.append({ source, kind: 'legs', batchId: 'x', ndjson: Buffer.from('1\n') })).toMatchObject({ ok: false, code: 'invalid' });
  for (const batchId of ['', 'a b', 'a\nb', 'x'.repeat(129), 'é'])
    expect(await opened.append({ source: 'pbx', kind: 'legs', batchId, ndjson: Buffer.from('1\n') })).toMatchObject({ ok: false, code: 'invalid' });
  for (const text of ['', '{}', '{}\n{}'])
    expect(await send('x', text)).toMatchObject({ ok: false, code: 'invalid' });
});

test('an unwritable disk is an answer, not a crash, and a later try works', async () => {
  const opened = await open();
  await rm(join(folder, 'streams'), { recursive: true });
  await writeFile(join(folder, 'streams'), 'in the way');
  expect(await send('a', '1\n')).toMatchObject({ ok: false, code: 'unavailable' });
  await rm(join(folder, 'streams'));
  expect(await send('a', '1\n')).toMatchObject({ ok: true, repeated: false });
  expect((await opened.status()).acknowledgedRows).toBe(1);
});
