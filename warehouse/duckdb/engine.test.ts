import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { engineContract } from '../engine.contract.ts';
import { tableContract } from '../table.contract.ts';
import type { Engine } from '../engine.ts';
import { openDuckDb } from './engine.ts';
import { applyMigrations } from './migrate.ts';

const opened: Engine[] = [];
function open(path = ':memory:', readers?: number): Engine {
  const engine = openDuckDb({ path, threads: 1, memoryLimit: '500MB', readers });
  opened.push(engine);
  return engine;
}
afterEach(async () => { for (const engine of opened.splice(0)) await engine.close(); });

engineContract('DuckDB', {
  open: async (limits) => open(':memory:', limits?.connections),
  endless: 'SELECT count(*) AS n FROM range(100000000) a, range(1000000) b WHERE a.range + b.range = -1',
});

tableContract('DuckDB', {
  open: async (limits) => open(':memory:', limits?.connections),
  numbers: (count) => `SELECT range AS n FROM range(${count})`,
  failsAt: (row) => `(CASE WHEN n = ${row} THEN error('as asked') ELSE n END)`,
});

describe('limits', () => {
  test('nothing is fetched from outside', async () => {
    const engine = open();
    expect(await engine.query({ sql: "SELECT current_setting('autoinstall_known_extensions') AS a, current_setting('autoload_known_extensions') AS b, current_setting('threads') AS t, current_setting('TimeZone') AS z" }))
      .toEqual([{ a: false, b: false, t: 1, z: 'UTC' }]);
  });
});

describe('transactions', () => {
  test('all or nothing, one after the other, readers do not wait', async () => {
    const engine = open();
    await engine.execute({ sql: 'CREATE TABLE t (n INTEGER)' });
    const seen: unknown[] = [];
    await Promise.all([
      engine.transaction(async (inside) => {
        await inside.execute({ sql: 'INSERT INTO t VALUES (1)' });
        seen.push(await engine.query({ sql: 'SELECT count(*) AS n FROM t' }), await inside.query({ sql: 'SELECT count(*) AS n FROM t' }));
      }),
      engine.transaction((inside) => inside.execute({ sql: 'INSERT INTO t SELECT max(n) + 1 FROM t' })),
    ]);
    expect(seen).toEqual([[{ n: 0 }], [{ n: 1 }]]);
    await expect(engine.transaction(async (inside) => {
      await inside.execute({ sql: 'DELETE FROM t' });
      throw new Error('changed my mind');
    })).rejects.toThrow('changed my mind');
    expect(await engine.query({ sql: 'SELECT n FROM t ORDER BY n' })).toEqual([{ n: 1 }, { n: 2 }]);
  });
});

describe('snapshots', () => {
  test('see nothing of what is committed meanwhile, and leave the reader free', async () => {
    const engine = open();
    await engine.execute({ sql: 'CREATE TABLE t AS SELECT 1 AS n' });
    const count = async (from: Pick<typeof engine, 'query'>): Promise<unknown> => from.query({ sql: 'SELECT count(*) AS n FROM t' });
    const seen = await engine.snapshot(async (inside) => {
      const before = await count(inside);
      await engine.execute({ sql: 'INSERT INTO t VALUES (2)' });
      return [before, await count(inside), await count(engine)];
    });
    expect(seen).toEqual([[{ n: 1 }], [{ n: 1 }], [{ n: 2 }]]);
    await expect(engine.snapshot((inside) => inside.query({ sql: 'INSERT INTO t VALUES (3)' }))).rejects.toThrow(/read.only/i);
    await expect(engine.snapshot((inside) => inside.query({ sql: 'SELECT no_such_column FROM t' }))).rejects.toThrow('no_such_column');
    expect(await engine.snapshot(count)).toEqual([{ n: 2 }]);
  });
});

describe('files', () => {
  test('one instance per path; what was committed is there after closing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vigie-'));
    try {
      const path = join(folder, 'w.duckdb');
      const first = open(path);
      await first.execute({ sql: 'CREATE TABLE t AS SELECT 7 AS n' });
      await expect(open(join(folder, '.', 'w.duckdb')).query({ sql: 'SELECT 1' })).rejects.toThrow('already open in this process');
      await first.checkpoint();
      await first.close();
      await expect(first.query({ sql: 'SELECT 1' })).rejects.toThrow('closed');
      const second = open(path);
      expect(await second.query({ sql: 'SELECT n FROM t' })).toEqual([{ n: 7 }]);
      await second.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('after a fatal error, such as a disk that is full at a checkpoint, the file is opened again with all that was committed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vigie-'));
    try {
      const engine = open(join(folder, 'w.duckdb'));
      await engine.execute({ sql: 'CREATE TABLE t AS SELECT 7 AS n' });
      const reading = Array.from({ length: 2 }, () => engine.query({ sql: 'SELECT count(*) FROM range(200000) a, range(200000) b WHERE hash(a.range, b.range) = 1' }).then(() => 'answered', () => 'stopped'));
      await engine.execute({ sql: "PRAGMA debug_checkpoint_abort = 'before_header'" });
      await expect(engine.checkpoint()).rejects.toThrow('FATAL Error');
      expect(await engine.query({ sql: 'SELECT n FROM t' })).toEqual([{ n: 7 }]);
      await engine.execute({ sql: 'INSERT INTO t VALUES (8)' });
      await engine.checkpoint();
      expect(await engine.query({ sql: 'SELECT n FROM t' })).toEqual([{ n: 7 }, { n: 8 }]);
      await engine.close();
      expect(new Set(await Promise.all(reading))).toEqual(new Set(['stopped']));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test('closing interrupts what runs, and waits until it has stopped', async () => {
  const engine = open();
  let over = 0;
  const running = Array.from({ length: 4 }, () => engine.query({ sql: 'SELECT count(*) FROM range(200000) a, range(200000) b WHERE hash(a.range, b.range) = 1' }).then(() => 'answered', () => 'stopped').finally(() => { over += 1; }));
  await engine.query({ sql: 'SELECT 1' });
  await engine.close();
  await new Promise((resolve) => { setImmediate(resolve); });
  expect(over).toBe(4);
  expect(await Promise.all(running)).toEqual(['stopped', 'stopped', 'stopped', 'stopped']);
});

test('closing waits for connections that are being opened, at whatever moment it comes', async () => {
  for (let round = 0; round < 60; round += 1) {
    const engine = open();
    await engine.query({ sql: 'SELECT 1' });
    const running = Array.from({ length: 5 }, () => engine.query({ sql: 'SELECT count(*) FROM range(200000) a, range(200000) b WHERE hash(a.range, b.range) = 1' }).then(() => 'answered', () => 'stopped'));
    for (let steps = round % 12; steps > 0; steps -= 1) await Promise.resolve();
    if (round % 3 === 0) await new Promise((resolve) => { setImmediate(resolve); });
    await engine.close();
    expect(new Set(await Promise.all(running))).toEqual(new Set(['stopped']));
  }
});

describe('migrations', () => {
  test('a failing migration leaves nothing and names itself', async () => {
    const engine = open();
    await expect(applyMigrations(engine, [{ name: '0001_bad', sql: 'CREATE TABLE half (n INTEGER); SELECT nonsense' }])).rejects.toThrow('0001_bad');
    expect(await engine.query({ sql: "SELECT table_name AS t FROM duckdb_tables() WHERE table_name = 'half'" })).toEqual([]);
  });
  test('local and UTC times follow the offset of their date', async () => {
    const engine = open();
    await engine.migrate();
    expect(await engine.query({ sql: `SELECT local_time(TIMESTAMP '2026-01-01 12:00:00', 'Europe/Paris')::VARCHAR AS winter, local_time(TIMESTAMP '2026-07-01 12:00:00', 'Europe/Paris')::VARCHAR AS summer,
      utc_time(TIMESTAMP '2026-07-01 12:00:00', 'Europe/Paris')::VARCHAR AS back, utc_time(TIMESTAMP '2026-03-29 02:30:00', 'Europe/Paris')::VARCHAR AS skipped, utc_time(TIMESTAMP '2026-10-25 02:30:00', 'Europe/Paris')::VARCHAR AS twice,
      ms_of(instant_ms(1767225600123)) AS ms` })).toEqual([{
      winter: '2026-01-01 13:00:00', summer: '2026-07-01 14:00:00', back: '2026-07-01 10:00:00', skipped: '2026-03-29 01:30:00', twice: '2026-10-25 01:30:00', ms: 1767225600123,
    }]);
  });
});
