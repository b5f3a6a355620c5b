import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSpool } from './spool.ts';

const BATCHES = 12;
const never = new AbortController().signal;
let root: string;
let pristine: string;
let written: string[];

function rowsOf(batch: number): string {
  return Array.from({ length: 1 + (batch % 4) }, (_, row) => `{"batch":${batch},"row":${row},"text":"${'é'.repeat(batch)}"}\n`).join('');
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'vigie-recover-'));
  pristine = join(root, 'pristine');
  const spool = await openSpool({ folder: pristine, segmentMs: 60_000 });
  for (let batch = 0; batch < BATCHES; batch += 1) await spool.append({ source: 'pbx', kind: 'legs', batchId: `b${batch}`, ndjson: Buffer.from(rowsOf(batch)) });
  await spool.close();
  written = await readdir(join(pristine, 'streams/pbx/legs'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Opens a copy of the spool after `damage` and gives the batches that would be loaded, in order. */
async function recovered(damage: (folder: string) => Promise<void>): Promise<{ batches: string[]; damages: string[]; aside: string[] }> {
  const copy = await mkdtemp(join(root, 'copy-'));
  await cp(pristine, copy, { recursive: true });
  await damage(join(copy, 'streams/pbx/legs'));
  let result;
  // Twice: what one start repaired, the next must find in order.
  for (const start of [1, 2]) {
    const spool = await openSpool({ folder: copy });
    const { damages } = spool;
    expect(start === 1 || damages.length === 0).toBe(true);
    await spool.flush();
    const { segments } = await spool.status();
    const batches: string[] = [];
    for (let index = 0; index < segments; index += 1) {
      const segment = await spool.queue.next(new Set(), never);
      if (!segment) break;
      const data = await readFile(join(segment.folder, `${segment.name}.ndjson`));
      let line = 1;
      for (const frame of segment.frames) {
        expect(data.subarray(frame.offset, frame.offset + frame.bytes).toString()).toBe(rowsOf(Number(frame.batch.slice(1))));
        expect(frame.line).toBe(line);
        line += frame.lines;
        batches.push(frame.batch);
      }
      expect(data.toString().split('\n').length - 1).toBe(segment.lines);
      if (start === 2) await spool.loaded(segment, { leftOut: 0, quarantined: 0, quarantinedLines: [] });
    }
    await spool.close();
    result ??= { batches, damages, aside: await readdir(join(copy, 'set-aside')) };
    expect(batches).toEqual(result.batches);
  }
  await rm(copy, { recursive: true });
  if (!result) throw new Error('not opened');
  return result;
}

function file(end: '.ndjson' | '.sum'): string {
  return written.find((name) => name.endsWith(end)) ?? '';
}

const ALL = Array.from({ length: BATCHES }, (_, index) => `b${index}`);

test('what is whole comes back whole', async () => {
  expect(await recovered(() => Promise.resolve())).toEqual({ batches: ALL, damages: [], aside: [] });
});

test('a tail that was never acknowledged is cut without noise', async () => {
  const { batches, damages } = await recovered(async (folder) => {
    await writeFile(join(folder, file('.ndjson')), '{"batch":99,"row":0,"te', { flag: 'a' });
  });
  expect(batches).toEqual(ALL);
  expect(damages).toEqual([]);
});

test('cut at any byte, the last segment keeps exactly its whole batches', async () => {
  const rows = await readFile(join(pristine, 'streams/pbx/legs', file('.ndjson')));
  const sum = await readFile(join(pristine, 'streams/pbx/legs', file('.sum')), 'latin1');
  const sizes = { '.ndjson': rows.length, '.sum': sum.length };
  const ends = {
    '.ndjson': ALL.map((_, batch) => Buffer.byteLength(ALL.slice(0, batch + 1).map((_, index) => rowsOf(index)).join(''))),
    // A frame's last newline says nothing.
    '.sum': ALL.map((_, batch) => sum.split('\n').slice(0, batch + 1).join('\n').length),
  };
  await fc.assert(fc.asyncProperty(fc.constantFrom('.ndjson' as const, '.sum' as const), fc.double({ min: 0, max: 1, noNaN: true }), async (end, share) => {
    const size = Math.floor(sizes[end] * share);
    const { batches } = await recovered((folder) => truncate(join(folder, file(end)), size));
    expect(batches).toEqual(ALL.filter((_, batch) => (ends[end][batch] ?? Infinity) <= size));
  }), { numRuns: 60 });
});

test('corrupted at random bytes, all undamaged batches and no damaged one are loaded, and the damage is kept aside', async () => {
  await fc.assert(fc.asyncProperty(
    fc.constantFrom('.ndjson' as const, '.sum' as const),
    fc.array(fc.tuple(fc.double({ min: 0, max: 0.999_999, noNaN: true }), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 3 }),
    async (end, hits) => {
      const touched = new Set<string>();
      const { batches, damages, aside } = await recovered(async (folder) => {
        const path = join(folder, file(end));
        const bytes = await readFile(path);
        const before = Buffer.from(bytes);
        for (const [share, mask] of hits) {
          const at = Math.floor(share * bytes.length);
          bytes[at] = (bytes[at] ?? 0) ^ mask;
        }
        // Two hits may undo each other.
        let batch = 0;
        let edge = end === '.sum' ? before.indexOf(10) + 1 : Buffer.byteLength(rowsOf(0));
        for (let at = 0; at < bytes.length; at += 1) {
          if (at >= edge) {
            batch += 1;
            edge = end === '.sum' ? before.indexOf(10, at) + 1 : edge + Buffer.byteLength(rowsOf(batch));
          }
          if (bytes[at] !== before[at]) {
            touched.add(`b${batch}`);
            // A lost newline of the sum joins two frames.
            if (end === '.sum' && before[at] === 10) touched.add(`b${batch + 1}`);
          }
        }
        await writeFile(path, bytes);
      });
      expect(batches).toEqual(ALL.filter((batch) => !touched.has(batch)));
      const hurt = touched.size > 0 && !(touched.size === 1 && touched.has(`b${BATCHES}`));
      expect(damages.length).toBe(hurt ? 1 : damages.length);
      expect(aside.length).toBeGreaterThanOrEqual(hurt ? 1 : 0);
    }), { numRuns: 80 });
});
