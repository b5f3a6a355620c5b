import { expect, test } from 'vitest';
import { openClickHouse } from '../engine.ts';
import { HAS_CLICKHOUSE, startTestServer } from '../test-support/test-server.ts';
import { decidedLoads, DONE_KEPT, pruneLoads } from './ledger.ts';
import type { DecidedLoad } from './ledger.ts';

test.skipIf(!HAS_CLICKHOUSE)('decisions that were carried out are forgotten with their end, never the end alone; those that are under way stay', async () => {
  await using server = await startTestServer();
  const engine = openClickHouse({ url: server.freshUrl() });
  try {
    await engine.migrate();
    const done = (from: number, to: number, is: 0 | 1): Promise<void> => engine.execute({ sql: `INSERT INTO store.decided_loads (load_mark, load_id, stage, done) SELECT number, concat('L', toString(number)), concat('s', toString(number)), ${is} FROM numbers(${from}, ${to - from})` });
    const mark = 2 * DONE_KEPT;
    // Decision and end are parts of their own, which nobody has merged yet.
    await engine.execute({ sql: 'SYSTEM STOP MERGES store_decided_loads' });
    await done(1, mark, 0);
    await done(1, 7, 1);
    await done(8, mark - 1, 1);
    await engine.execute({ sql: 'SYSTEM START MERGES store_decided_loads' });
    const underWay = async (): Promise<number[]> => (await decidedLoads(engine)).map((load) => load.mark);
    expect(await underWay()).toEqual([7, mark - 1]);
    const load: DecidedLoad = { mark, stage: 's', source: 'core', target: 'calls', mapping: 'od-calls', deriveLegs: false, keyHorizonDays: null, updatedTogether: 0, files: [] };
    await pruneLoads(engine, { ...load, mark: mark + 1 });
    const rows = async (): Promise<unknown> => (await engine.ask({ sql: 'SELECT count(*) AS rows, min(load_mark) AS oldest FROM store.decided_loads', settings: { final: 0 } }))[0];
    expect(await rows()).toMatchObject({ oldest: 1 });
    await pruneLoads(engine, load);
    expect(await underWay()).toEqual([7, mark - 1]);
    expect(await rows()).toEqual({ rows: mark - DONE_KEPT + 1, oldest: 7 });
  } finally {
    await engine.close();
  }
});
