import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import { ndjsonOf, odCallsRow } from '../testing/od-calls-row.ts';
import { postBatch, startIngest, stopIngest } from '../testing/start-ingest.ts';

const ROWS = 25;
/** Files end here, those of the warehouse too: as on a full disk a part of a write fails. Node ignores the signal that comes with it. */
const LIMITED = ['bash', '-c', 'ulimit -f 256; exec "$@"', 'limited'];

/** More than fits into any file. */
const LARGE = 300;

function bodyOf(from: number, rows = ROWS): Buffer {
  return ndjsonOf(Array.from({ length: rows }, (_, row) => odCallsRow(from + row)));
}

test.skipIf(process.platform === 'win32')('a disk that takes no more: batches are refused, and what was acknowledged is loaded once there is space again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-full-'));
  try {
    // The warehouse's tables are made while there is space.
    await stopIngest((await startIngest(folder)).child);
    const limited = await startIngest(folder, LIMITED);
    const ended = once(limited.child, 'exit');
    const refused: number[] = [];
    const answers = new Set<number | null>();
    let batch = 0;
    for (; refused.length < 5 && batch < 200; batch += 1) {
      const status = await postBatch(limited.url, 'od-calls', `b${batch}`, bodyOf(batch * ROWS));
      answers.add(status);
      if (status !== 202) refused.push(batch);
    }
    expect(answers).toEqual(new Set([202, 503]));
    expect(refused.length).toBe(5);
    expect(batch).toBeGreaterThan(10);
    const large = bodyOf(1_000_000, LARGE);
    for (let time = 0; time < 3; time += 1) expect(await postBatch(limited.url, 'od-calls', 'large', large)).toBe(503);
    const streams = join(folder, 'spool', 'streams', 'pbx', 'od-calls');
    const sizes = await Promise.all((await readdir(streams)).map(async (name) => (await stat(join(streams, name)).catch(() => null))?.size));
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes).not.toContain(0);
    limited.child.kill('SIGKILL');
    await ended;

    const { child, url } = await startIngest(folder);
    for (const again of refused) expect(await postBatch(url, 'od-calls', `b${again}`, bodyOf(again * ROWS))).toBe(202);
    expect(await postBatch(url, 'od-calls', 'large', large)).toBe(202);
    await stopIngest(child);
    const all = batch * ROWS + LARGE;
    const engine = openDuckDb({ path: join(folder, 'warehouse.duckdb'), threads: 1 });
    expect(await engine.query({ sql: 'SELECT count(*) AS calls, count(DISTINCT call_id) AS ids FROM store.calls' })).toEqual([{ calls: all, ids: all }]);
    expect(await engine.query({ sql: 'SELECT sum(accepted)::BIGINT AS accepted, sum(unchanged)::BIGINT AS unchanged FROM store.loads' })).toEqual([{ accepted: all, unchanged: 0 }]);
    await engine.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
