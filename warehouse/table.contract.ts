import { tableFromIPC } from 'apache-arrow';
import type { Table } from 'apache-arrow';
import { afterEach, describe, expect, test } from 'vitest';
import type { Engine } from './engine.ts';
import { brokenEnd } from './arrow/whole.ts';

/** The bytes of a stream, and whether it ended by itself. */
export async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

export interface TableTestEngine {
  open: (limits?: { connections: number }) => Promise<Engine>;
  /** SQL of a table function of so many whole numbers, its column `n`. */
  numbers: (count: number) => string;
  /** A row that fails when it is computed, for those numbers. */
  failsAt: (row: number) => string;
}

/** What every engine's tables must be. */
export function tableContract(name: string, { open: openOne, numbers, failsAt }: TableTestEngine): void {
  const opened: Engine[] = [];
  const open: TableTestEngine['open'] = async (limits) => {
    const engine = await openOne(limits);
    opened.push(engine);
    return engine;
  };
  afterEach(async () => { for (const engine of opened.splice(0)) await engine.close(); });
  const read = async (engine: Engine, sql: string): Promise<Table> => tableFromIPC(await bytesOf(await engine.table({ sql, mostRows: 1_000_000 })));

  describe(`${name}: tables`, () => {
    test('columns have one type on all engines, and values are what they were', async () => {
      const table = await read(await open(), `
        SELECT CAST('é' || n AS VARCHAR) AS "a-text", CAST(n AS INTEGER) AS i, CAST(9007199254740993 + n AS BIGINT) AS b, CAST(n / 3 AS DOUBLE) AS d, CAST(n % 2 = 0 AS BOOLEAN) AS yes,
          CAST('2026-01-02 03:04:05.678' AS TIMESTAMP) AS at, CAST('2026-02-03' AS DATE) AS day, CAST(CASE WHEN n = 1 THEN 'x' END AS VARCHAR) AS rare, CAST(nullif(n, 2) AS BIGINT) AS often, CAST(nullif('', '') AS TIMESTAMP) AS never
        FROM (${numbers(3)}) AS t ORDER BY n`);
      expect(table.schema.fields.map(({ name: column, type }) => [column, String(type)])).toEqual([
        ['a-text', 'Utf8'], ['i', 'Int32'], ['b', 'Int64'], ['d', 'Float64'], ['yes', 'Bool'], ['at', 'Timestamp<MILLISECOND, UTC>'], ['day', 'Date32<DAY>'], ['rare', 'Utf8'], ['often', 'Int64'], ['never', 'Timestamp<MILLISECOND, UTC>'],
      ]);
      const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
      const day = Date.UTC(2026, 1, 3);
      expect(table.toArray().map((row) => [...row].map(([, value]: [string, unknown]) => value))).toEqual([
        ['é0', 0, 9007199254740993n, 0, true, at, day, null, 0n, null],
        ['é1', 1, 9007199254740994n, 1 / 3, false, at, day, 'x', 1n, null],
        ['é2', 2, 9007199254740995n, 2 / 3, true, at, day, null, null, null],
      ]);
    });
    test('no rows are a whole table too', async () => {
      const table = await read(await open(), `SELECT CAST(n AS BIGINT) AS n FROM (${numbers(3)}) AS t WHERE n > 5`);
      expect([table.numRows, table.schema.names]).toEqual([0, ['n']]);
    });
    test('many rows come in order, in batches', async () => {
      const table = await read(await open(), `SELECT CAST(n AS BIGINT) AS n, CAST(n AS VARCHAR) AS s FROM (${numbers(200_000)}) AS t ORDER BY n`);
      expect(table.numRows).toBe(200_000);
      expect(table.batches.length).toBeGreaterThan(1);
      const misplaced = [...table.getChild('n')?.toArray() ?? []].findIndex((n, index) => n !== BigInt(index));
      expect(misplaced).toBe(-1);
      expect([table.getChild('s')?.get(0), table.getChild('s')?.get(199_999)]).toEqual(['0', '199999']);
    });
    test('values are bound', async () => {
      const text = "'; DROP TABLE store.calls; -- \\ é";
      const table = tableFromIPC(await bytesOf(await (await open()).table({ sql: 'SELECT CAST($text AS VARCHAR) AS t', parameters: { text }, mostRows: 1 })));
      expect(table.get(0)?.['t']).toBe(text);
    });
    test('what fails before the first rows is an error, not a stream', async () => {
      const engine = await open();
      await expect(engine.table({ sql: 'SELECT no_such_column', mostRows: 1 })).rejects.toThrow(/no_such_column/);
      await expect(engine.table({ sql: 'SELECT $a AS a', parameters: { b: 1 }, mostRows: 1 })).rejects.toThrow('$a has no value');
    });
    test('what fails later breaks the stream, and its bytes are no table', async () => {
      const stream = await (await open()).table({ sql: `SELECT CAST(n AS BIGINT) AS n, CAST(${failsAt(900_000)} AS BIGINT) AS m FROM (${numbers(1_000_000)}) AS t`, mostRows: 1_000_000 });
      const parts: Uint8Array[] = [];
      const reading = async (): Promise<void> => { for await (const part of stream) parts.push(part); };
      await expect(reading()).rejects.toThrow(/in the middle of its answer|aborted/);
      expect(Buffer.concat(parts).length).toBeGreaterThan(100_000);
      expect(() => tableFromIPC(Buffer.concat([...parts, brokenEnd('for a test')]))).toThrow(/Expected to read/);
    });
    test('too many rows are refused', async () => {
      const engine = await open();
      const all = async (): Promise<unknown> => bytesOf(await engine.table({ sql: `SELECT CAST(n AS BIGINT) AS n FROM (${numbers(50_000)}) AS t`, mostRows: 1000 }));
      await expect(all()).rejects.toMatchObject({ code: 'too-large' });
    });
    test('a reader that goes away ends the statement, one that takes nothing too, and the connection serves again', async () => {
      const engine = await open({ connections: 1 });
      const endless = { sql: `SELECT CAST(n AS BIGINT) AS n, CAST(n AS VARCHAR) AS s FROM (${numbers(1_000_000_000)}) AS t`, mostRows: 2_000_000_000 };
      const left = (await engine.table({ ...endless, timeoutMs: 20_000 })).getReader();
      expect((await left.read()).value?.length).toBeGreaterThan(0);
      await left.cancel();
      expect(await engine.query({ sql: 'SELECT 1 AS n' })).toEqual([{ n: 1 }]);
      const slow = (await engine.table({ ...endless, timeoutMs: 1500 })).getReader();
      await slow.read();
      const waiting = engine.query({ sql: 'SELECT 2 AS n' });
      expect(await waiting).toEqual([{ n: 2 }]);
      const rest = async (): Promise<void> => { while (!(await slow.read()).done); };
      await expect(rest()).rejects.toMatchObject({ code: 'timeout' });
      const cancelled = (await engine.table({ ...endless, queryId: 'q' })).getReader();
      await engine.cancel('q');
      const remaining = async (): Promise<void> => { while (!(await cancelled.read()).done); };
      await expect(remaining()).rejects.toMatchObject({ code: 'cancelled' });
      expect(await engine.query({ sql: 'SELECT 3 AS n' })).toEqual([{ n: 3 }]);
      const open2 = (await engine.table(endless)).getReader();
      await open2.read();
      await engine.close();
      await expect((async () => { while (!(await open2.read()).done); })()).rejects.toMatchObject({ code: expect.stringMatching(/cancelled|unavailable/) });
    });
  });
}
