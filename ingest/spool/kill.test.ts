import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import { ndjsonOf, odCallsRow } from '../testing/od-calls-row.ts';
import { postBatch, startIngest, stopIngest } from '../testing/start-ingest.ts';

const KILLS = 20;
const SENDERS = 4;
const ROWS = 25;
let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'vigie-kill-')); });
afterAll(() => rm(folder, { recursive: true, force: true }));

function bodyOf(batch: number): Buffer {
  return ndjsonOf(Array.from({ length: ROWS }, (_, row) => odCallsRow(batch * ROWS + row)));
}

test(`killed ${KILLS} times while it ingests: everything acknowledged is in the warehouse, once`, async () => {
  const acknowledged = new Set<number>();
  // Sent without an answer: their senders send them again, as they are told to.
  let open: number[] = [];
  let next = 0;
  let unanswered = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const { child, url } = await startIngest(folder);
    const ended = once(child, 'exit');
    const life = { over: false };
    const again = open;
    open = [];
    const send = async (): Promise<void> => {
      while (!life.over) {
        const batch = again.pop() ?? next++;
        const status = await postBatch(url, 'od-calls', `b${batch}`, bodyOf(batch));
        if (status === 202) acknowledged.add(batch);
        else open.push(batch);
      }
    };
    const senders = Array.from({ length: SENDERS }, send);
    await new Promise((resolve) => { setTimeout(resolve, 30 + Math.random() * 370); });
    child.kill('SIGKILL');
    life.over = true;
    await ended;
    await Promise.all(senders);
    open.push(...again);
    unanswered += open.length;
  }
  const { child, url } = await startIngest(folder);
  for (const batch of open) {
    expect(await postBatch(url, 'od-calls', `b${batch}`, bodyOf(batch))).toBe(202);
    acknowledged.add(batch);
  }
  // One of the first: remembered through all kills, with the same answer.
  const [early = 0] = acknowledged;
  expect(await postBatch(url, 'od-calls', `b${early}`, bodyOf(early))).toBe(202);
  expect(await postBatch(url, 'od-calls', `b${early}`, bodyOf(early + 1))).toBe(409);
  await stopIngest(child);

  const engine = openDuckDb({ path: join(folder, 'warehouse.duckdb'), threads: 1 });
  const rows = await engine.query<{ cti_id: number; n: number }>({ sql: 'SELECT cti_id, count(*) AS n FROM store.calls GROUP BY cti_id' });
  const [ledger] = await engine.query({ sql: 'SELECT sum(accepted)::BIGINT AS accepted, sum(updated)::BIGINT AS updated, sum(unchanged)::BIGINT AS unchanged, sum(quarantined)::BIGINT AS quarantined FROM store.loads' });
  await engine.close();
  expect(rows.filter(({ n }) => n !== 1)).toEqual([]);
  const stored = new Set(rows.map((row) => row.cti_id));
  const lost = [...acknowledged].filter((batch) => Array.from({ length: ROWS }, (_, row) => batch * ROWS + row).some((number) => !stored.has(number)));
  expect(lost).toEqual([]);
  // Nothing else is there, and the loads themselves never saw a row twice.
  expect(stored.size).toBe(acknowledged.size * ROWS);
  expect(ledger).toEqual({ accepted: stored.size, updated: 0, unchanged: 0, quarantined: 0 });
  expect(unanswered).toBeGreaterThan(0);
  process.stderr.write(`${KILLS} kills: ${acknowledged.size} batches acknowledged, ${unanswered} sendings without an answer\n`);
}, 300_000);
