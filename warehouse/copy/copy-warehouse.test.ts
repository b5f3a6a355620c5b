import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clickHouseEnd } from '../clickhouse/copy-end.ts';
import { HAS_CLICKHOUSE, startTestServer } from '../clickhouse/test-support/test-server.ts';
import type { TestServer } from '../clickhouse/test-support/test-server.ts';
import { duckDbEnd } from '../duckdb/copy-end.ts';
import type { Engine } from '../engine.ts';
import { closeDays } from '../kpi/close-days.ts';
import { kpi, measures } from '../kpi/kpi.ts';
import { fill } from '../kpi/test-support/fill.ts';
import { oddHistory } from '../kpi/test-support/odd-history.ts';
import { DUCKDB } from '../test-support/each-engine.ts';
import { FULL_SCOPE } from '../warehouse.ts';
import { COPIED_TABLES, NOT_COPIED, STATE_TABLE } from './copied-tables.ts';
import { copyWarehouse } from './copy-warehouse.ts';
import type { CopyResult } from './copy-warehouse.ts';
import type { CopyEnd } from './copy-end.ts';
import { present } from './fingerprint.ts';

/** Of a copy that is cut off. */
const PARTS_A_RUN = 29;
const ODD_TEXTS = ["l'été", '"quoted", 50 %', 'back\\slash \\n', 'two\nlines\r\n\ttab', '👩🏽‍💻 日本語 \u202Eright', '\u001F', "'; DROP TABLE store.calls; --", '{x}', '$memo', ' ', ''];

describe.skipIf(!HAS_CLICKHOUSE)('a copy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-copy-'));
  const opened: CopyEnd[] = [];
  let server: TestServer;
  let files = 0;
  beforeAll(async () => { server = await startTestServer(); }, 300_000);
  afterAll(async () => {
    for (const { engine } of opened) await engine.close();
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  const keep = (end: CopyEnd): CopyEnd => (opened.push(end), end);
  const duck = (): CopyEnd => keep(duckDbEnd({ path: join(folder, `${++files}.duckdb`), threads: 1 }, `duckdb:${files}`));
  const house = (): CopyEnd => keep(clickHouseEnd({ url: server.freshUrl(), origin: 'tests' }));
  const copy = (from: CopyEnd, to: CopyEnd, rowsAFile?: number): Promise<CopyResult> => copyWarehouse({ from, to, folder: join(folder, 'under way'), ...(rowsAFile === undefined ? {} : { rowsAFile }) });

  /** A site with everything that rows have in the wild, whose days are closed but the last one. */
  async function site(seed: number): Promise<CopyEnd> {
    const end = duck();
    const { engine } = end;
    await engine.migrate();
    await fill(DUCKDB, engine, oddHistory(seed, 300), 41);
    for (const [index, text] of ODD_TEXTS.entries()) {
      const extra = index % 2 === 0 ? JSON.stringify({ key: text, 'a "b"': [1, null] }) : null;
      await engine.execute({ sql: `INSERT INTO store.calls (tenant, source, row_state, source_sequence, load_mark, call_id, started_at, direction, memo, comments, uui, contact_index, cti_id, extra)
        VALUES ('ocm', 'core', 2, $sequence, 42, $id, $at, 'inbound', $text, $text, NULL, $wide, NULL, $extra)`,
        parameters: { sequence: -9_007_199_254_740_991 + index, id: `odd${index}`, at: new Date(Date.UTC(2026, 2, 29, 0, 59, 59, 999) + index * 300_000), text, wide: 4_611_686_018_427_387_904n, extra } });
      await engine.execute({ sql: "INSERT INTO store.quarantine VALUES ('core', 'L', 42, $line, $text, $text, $at)", parameters: { line: index, text, at: new Date(Date.UTC(2026, 2, 28 + index)) } });
    }
    await engine.execute({ sql: "INSERT INTO store.loads VALUES ('L', 42, 'core', 'calls', 'od-calls', 'a''b', 1, 2, 3, 4, 5, NULL, NULL, TIMESTAMP '2026-03-29 10:00:00.001'), ('M', 41, 'core', 'legs', 'legs', '', 1, 2, 3, 4, 5, TIMESTAMP '2026-03-27 18:00:00', TIMESTAMP '2026-03-30 18:00:00.5', TIMESTAMP '2026-04-01 00:00:00')" });
    await engine.execute({ sql: 'INSERT INTO dim.version VALUES (7)' });
    await closeDays(engine, { utcMs: Date.UTC(2026, 2, 30, 12) });
    // A late row opens a day again; a day has two marks.
    await engine.execute({ sql: "INSERT INTO store.touched_days VALUES ('calls', DATE '2026-03-29', 42), ('calls', DATE '2026-03-29', 43); UPDATE store.state SET load_mark = 43" });
    return end;
  }

  /** Every row of every table, missing values as both engines understand them. */
  async function rows({ engine, columns }: CopyEnd, normal: boolean): Promise<Record<string, unknown[]>> {
    const all: Record<string, unknown[]> = {};
    for (const table of [...COPIED_TABLES, STATE_TABLE]) {
      const values = (await columns(table.name)).map(({ name, type }) => {
        const value = normal ? present(name, table) : name;
        return type === 'json' || type === 'date' ? `CAST(${name} AS VARCHAR) AS ${name}` : name === 'contact_index' ? `CAST(${name} AS VARCHAR) AS ${name}` : type === 'text' && normal ? `coalesce(${value}, '') AS ${name}` : `${value} AS ${name}`;
      });
      const found = await engine.query({ sql: `SELECT ${values.join(', ')} FROM ${table.rows ?? table.name} AS t` });
      all[table.name] = found.map((row) => JSON.stringify(normal ? row : sorted(row))).toSorted();
    }
    return all;
  }

  /** Of all measures together: a server plans each question for longer than it computes. */
  async function answers(engine: Engine): Promise<unknown[]> {
    const all: unknown[] = [];
    for (const by of [[], ['day' as const], ['queue' as const, '60min' as const]]) {
      const asked = measures().filter(({ dimensions }) => !by.some((key) => key === 'queue') || dimensions.includes('queue')).map(({ id }) => id);
      const { rows: found, totals, loadMark, dataAt, names } = await kpi(engine, { measures: asked, by, from: '2026-03-27', to: '2026-04-01', zone: 'Europe/Paris', where: {}, totals: true }, FULL_SCOPE);
      expect(found.length).toBeGreaterThan(0);
      all.push({ by, found: found.map((row) => rounded(row)).toSorted(), totals: rounded(totals ?? {}), loadMark, dataAt, names });
    }
    return all;
  }

  test('knows every table of the schema, as copied or as not', async () => {
    const [old, fresh] = [duck(), house()];
    for (const { engine } of [old, fresh]) await engine.migrate();
    const tables = [
      ...await old.engine.query<{ name: string }>({ sql: "SELECT schema_name || '.' || table_name AS name FROM duckdb_tables() WHERE schema_name IN ('store', 'dim')" }),
      // A schema is the first word of a name there.
      ...await fresh.engine.query<{ name: string }>({ sql: "SELECT replaceOne(name, '_', '.') AS name FROM system.tables WHERE database = currentDatabase() AND (startsWith(name, 'store_') OR startsWith(name, 'dim_')) AND NOT endsWith(engine, 'View')" }),
    ];
    const known = [...COPIED_TABLES, STATE_TABLE].map(({ name }) => name);
    expect([...new Set(tables.map(({ name }) => name))].toSorted()).toEqual([...known, ...NOT_COPIED.keys()].toSorted());
  }, 60_000);

  test('to ClickHouse and back gives the same rows and the same answers', async () => {
    const source = await site(1);
    const there = house();
    // Days go by in several files.
    const result = await copy(source, there, 40);
    expect(result).toMatchObject({ keptParts: 0, tables: { 'store.calls': 300 + ODD_TEXTS.length, 'store.legs': 300, 'store.agent_states': expect.any(Number), 'store.quarantine': ODD_TEXTS.length, 'store.loads': 2, 'dim.version': 1 } });
    expect(result.days).toBe(4);
    expect(await answers(there.engine)).toEqual(await answers(source.engine));
    const back = duck();
    await copy(there, back, 40);
    expect(await rows(back, false)).toEqual(await rows(there, false));
    expect(await answers(back.engine)).toEqual(await answers(source.engine));
    const [was, is] = [await rows(source, true), await rows(back, true)];
    for (const table of ['store.quarantine', 'store.loads', 'store.touched_days', 'store.closed_days', 'store.legs_by_quarter', 'store.agent_states_by_day', 'dim.agents', 'dim.version', 'store.state']) expect([table, is[table]]).toEqual([table, was[table]]);
    const texts = (end: CopyEnd) => end.engine.query({ sql: "SELECT call_id, memo, comments, extra::VARCHAR AS extra, contact_index::VARCHAR AS wide, cti_id, source_sequence, started_at FROM store.calls WHERE call_id LIKE 'odd%' ORDER BY call_id" });
    expect(await texts(back)).toEqual(await texts(source));
    expect(existsSync(join(folder, 'under way'))).toBe(false);
    // Once more: nothing to do, and still equal.
    expect(await copy(source, there)).toMatchObject({ copiedParts: 0, copiedRows: 0, keptParts: result.copiedParts });
  }, 240_000);

  test('counts and checks large tables month by month, in questions that may take as long as the server works at them', async () => {
    const source = house();
    await source.engine.migrate();
    await source.engine.execute({ sql: `INSERT INTO store.calls (tenant, call_id, started_at, direction, row_state, source_sequence, load_mark) VALUES
      ('ocm', 'A', '2025-12-31 23:59:59.999', 'inbound', 2, 1, 1), ('ocm', 'B', '2026-01-01 00:00:00', 'inbound', 2, 1, 1), ('ocm', 'C', '2026-03-31 23:59:59.999', 'inbound', 2, 1, 1)` });
    await source.engine.execute({ sql: 'INSERT INTO store.state (load_mark, newest_event) SELECT 1, NULL' });
    const target = duck();
    const [steps, limits]: [string[], unknown[]] = [[], []];
    const watched: CopyEnd = { ...source, engine: { ...source.engine, query: (request) => (limits.push(request.timeoutMs), source.engine.query(request)) } };
    const { tables, days } = await copyWarehouse({ from: watched, to: target, folder: join(folder, 'under way'), onProgress: (step) => { if (step.stage !== 'copying' && step.table === 'store.calls') steps.push(`${step.stage} ${step.month}`); } });
    expect([tables['store.calls'], days]).toEqual([3, 3]);
    const months = [null, '2025-12', '2026-01', '2026-03'];
    expect(steps).toEqual(['counting', 'checking'].flatMap((stage) => months.map((month) => `${stage} ${month}`)));
    expect([...new Set(limits)]).toEqual([undefined]);
    expect(await source.engine.query({ sql: "SELECT toInt32(getSetting('max_execution_time')) AS s" })).toEqual([{ s: 0 }]);
  }, 60_000);

  test('from ClickHouse takes the newest version of each row, also of one that moved to another day', async () => {
    const there = house();
    await there.engine.migrate();
    const columns = 'INSERT INTO store.calls (tenant, call_id, started_at, direction, row_state, source_sequence, load_mark, talk_s, is_deleted) VALUES';
    // The newer version comes first; then an older one, and a call that began on another day than was said at first.
    await there.engine.execute({ sql: `${columns} ('ocm', 'A', '2026-03-28 10:00:00', 'inbound', 3, 2, 1, 20, 0), ('ocm', 'B', '2026-03-28 23:59:59.999', 'inbound', 2, 1, 1, 5, 0)` });
    await there.engine.execute({ sql: `${columns} ('ocm', 'A', '2026-03-28 10:00:00', 'inbound', 1, 9, 2, 0, 0), ('ocm', 'B', '2026-03-28 23:59:59.999', 'inbound', 2, 1, 2, 5, 1), ('ocm', 'B', '2026-03-29 00:00:00', 'inbound', 2, 2, 2, 6, 0)` });
    await there.engine.execute({ sql: 'INSERT INTO store.state (load_mark, newest_event) SELECT 2, NULL' });
    const back = duck();
    expect(await copy(there, back)).toMatchObject({ days: 2, tables: { 'store.calls': 2 } });
    expect(await back.engine.query({ sql: 'SELECT call_id, started_at, row_state, talk_s FROM store.calls ORDER BY call_id' })).toEqual([
      { call_id: 'A', started_at: Date.UTC(2026, 2, 28, 10), row_state: 3, talk_s: 20 }, { call_id: 'B', started_at: Date.UTC(2026, 2, 29), row_state: 2, talk_s: 6 },
    ]);
  }, 120_000);

  for (const [name, target] of [['ClickHouse', house], ['DuckDB', duck]] as const) {
    test(`that is cut off between any two parts goes on there, on ${name}`, async () => {
      const source = await site(2);
      const whole = target();
      const { copiedParts } = await copy(source, whole);
      const expected = await rows(whole, false);
      const cut = target();
      let [left, before] = [0, 0];
      const failing: CopyEnd = { ...cut, replace: async (part, file) => {
        // Cut off before it begins, in the middle (rows without their note), and after.
        if (--left < 0) {
          if (name === 'ClickHouse') await cut.replace({ ...part, note: part.note && { ...part.note, part: 'lost', fingerprint: '' } }, file);
          throw new Error('cut off');
        }
        await cut.replace(part, file);
      } };
      const noted = async (): Promise<number> => (await cut.engine.query<{ n: number }>({ sql: "SELECT count(*) AS n FROM store.copied WHERE part LIKE '% %' AND part <> 'store.state all'" }))[0]?.n ?? 0;
      const runs = Math.floor(copiedParts / PARTS_A_RUN);
      for (let run = 0; run < runs; run += 1) {
        left = PARTS_A_RUN;
        await expect(copy(source, failing)).rejects.toThrow(/could not be copied: cut off$/);
        before += PARTS_A_RUN;
        expect(await noted()).toBe(before);
      }
      left = Infinity;
      expect(await copy(source, failing)).toMatchObject({ keptParts: before, copiedParts: copiedParts - before });
      expect(await copy(source, cut)).toMatchObject({ copiedParts: 0 });
      expect(await rows(cut, false)).toEqual(expected);
      const doubled = await cut.engine.query({ sql: `SELECT call_id FROM store.calls GROUP BY call_id HAVING count(*) > 1` });
      expect(doubled).toEqual([]);
    }, 240_000);
  }

  test('again brings what changed in the source since: rows that are new, changed or gone', async () => {
    const source = await site(3);
    const there = house();
    await copy(source, there);
    await source.engine.execute({ sql: "DELETE FROM store.calls WHERE call_id = 'odd1'; UPDATE store.calls SET talk_s = 7 WHERE call_id = 'odd2'; INSERT INTO store.calls (tenant, call_id, started_at, direction) VALUES ('ocm', 'new', TIMESTAMP '2026-05-01 00:00:00', 'inbound'); DELETE FROM store.quarantine WHERE line = 4; UPDATE store.state SET load_mark = 50" });
    expect(await copy(source, there)).toMatchObject({ copiedParts: 3 });
    expect(await there.engine.query({ sql: "SELECT call_id, talk_s FROM store.calls WHERE call_id IN ('odd1', 'odd2', 'new') ORDER BY call_id" })).toEqual([{ call_id: 'new', talk_s: 0 }, { call_id: 'odd2', talk_s: 7 }]);
    expect(await there.engine.query({ sql: 'SELECT load_mark FROM store.state' })).toEqual([{ load_mark: 50 }]);
  }, 120_000);

  test('that differs in the end names the table and the day, and copies it anew the next time', async () => {
    const source = await site(4);
    const there = house();
    const losing: CopyEnd = { ...there, replace: async (part, file) => {
      await there.replace(part, file);
      if (part.note?.part === 'store.calls 2026-03-29') await there.engine.execute({ sql: "DELETE FROM store.calls WHERE call_id = 'odd3'" });
      if (part.note?.part === 'store.legs 2026-03-28') await there.engine.execute({ sql: 'ALTER TABLE store.legs UPDATE talk_s = talk_s + 1 WHERE talk_s > 0 SETTINGS mutations_sync = 1' });
      // Not seen in any sum: there was no event, and now there is one at the beginning of time.
      if (part.note?.part.startsWith('store.loads ')) await there.engine.execute({ sql: "ALTER TABLE store.loads UPDATE oldest_event = fromUnixTimestamp64Milli(0, 'UTC') WHERE load_id = 'L' SETTINGS mutations_sync = 1" });
    } };
    await expect(copy(source, losing)).rejects.toThrow(/differs from duckdb:\d+:\n {2}store\.calls of 2026-03-29: (\d+) rows in the source, (\d+) in the target/);
    expect(await there.engine.query({ sql: 'SELECT max(load_mark) AS mark FROM store.state' })).toEqual([{ mark: 0 }]);
    await expect(copy(source, there)).rejects.toThrow(/store\.legs of 2026-03-2\d: the sum of talk_s is \d+ in the source, \d+ in the target/);
    await expect(copy(source, there)).rejects.toThrow(/store\.loads of 2026-03-29: the number of NULL in oldest_event is 1 in the source, 0 in the target/);
    await copy(source, there);
    expect(await answers(there.engine)).toEqual(await answers(source.engine));
  }, 240_000);

  test('refuses a target with other data, with an older or a newer schema, and one that was loaded into since', async () => {
    const [source, other] = [await site(5), await site(6)];
    const there = house();
    await expect(copy(source, other)).rejects.toThrow(/duckdb:\d+ holds other data already \(store\.calls\): nothing was copied/);
    await copy(source, there);
    await expect(copy(other, there)).rejects.toThrow(/holds a copy of duckdb:\d+, not of duckdb:\d+/);
    await there.engine.execute({ sql: 'INSERT INTO store.state (load_mark, newest_event) SELECT 99, NULL' });
    await expect(copy(source, there)).rejects.toThrow('was loaded into since');
    const old = house();
    await old.engine.migrate();
    await old.engine.execute({ sql: "DELETE FROM store.migrations WHERE name = '0104_create_state'" });
    await expect(copy(source, old)).rejects.toThrow(/clickhouse:http:\S+ has an older schema than this program: 0104_create_state is missing. .*`vigie migrate`/);
    await expect(copy(old, house())).rejects.toThrow('older schema');
    await old.engine.execute({ sql: "INSERT INTO store.migrations SELECT '0104_create_state', now64(3); INSERT INTO store.migrations SELECT '9999_later', now64(3)" });
    await expect(copy(source, old)).rejects.toThrow(/clickhouse:.*newer program.*9999_later/);
    await expect(copy(duck(), house())).rejects.toThrow('holds no warehouse');
    const busy = house();
    await busy.engine.migrate();
    await busy.engine.execute({ sql: "INSERT INTO store.decided_loads (load_mark, load_id, stage) SELECT 1, 'L', 's'" });
    await expect(copy(busy, duck())).rejects.toThrow(/clickhouse:\S+: 1 loads are under way/);
  }, 120_000);
});

function sorted(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).toSorted(([a], [b]) => a.localeCompare(b)));
}

function rounded(row: Record<string, unknown>): string {
  return JSON.stringify(sorted(row), (_key, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value));
}
