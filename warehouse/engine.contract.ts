import { afterEach, describe, expect, test } from 'vitest';
import type { Engine } from './engine.ts';

export interface EngineUnderTest {
  /** A fresh one, empty. */
  open: (limits?: { connections: number }) => Promise<Engine>;
  /** A statement that never ends by itself. */
  endless: string;
}

/** What every engine must do. */
export function engineContract(name: string, { open: openOne, endless }: EngineUnderTest): void {
  const opened: Engine[] = [];
  const open: EngineUnderTest['open'] = async (limits) => {
    const engine = await openOne(limits);
    opened.push(engine);
    return engine;
  };
  afterEach(async () => { for (const engine of opened.splice(0)) await engine.close(); });

  describe(`${name}: values`, () => {
    test.each([false, true])('parameters go in and plain data comes out (large: %s)', async (large) => {
      const at = new Date('2026-01-02T03:04:05.678Z');
      const early = new Date('1969-12-31T23:59:59.001Z');
      const [row] = await (await open()).query({
        large,
        sql: `SELECT $text AS text, $n + 1 AS n, $big AS big, $x AS x, $yes AS yes, $none IS NULL AS none, $at AS at, $early AS early, TIMESTAMP '2026-01-02 03:04:05.678' AS written, CAST('2026-01-02 03:04:05' AS TIMESTAMP) AS "cast",
                CAST('b' = ANY($names) AS BOOLEAN) AS listed, CAST(4 = ANY($numbers) AS BOOLEAN) AS numbered, CAST('b' = ANY($empty) AS BOOLEAN) AS nowhere,
                DATE '2026-02-03' AS day, CAST(1.5 AS DECIMAL(9, 2)) AS d, [1, 2] AS l, CAST(NULL AS BIGINT) AS nothing, '$text; -- $none' AS quoted /* $none */ -- $none
        `,
        parameters: { text: "o'hara; DROP", n: 41, big: 2 ** 40, x: 0.5, yes: true, none: null, at, early, names: ['a', 'b'], numbers: [4, 5], empty: [], unused: 1 },
      });
      expect({ ...row, none: Boolean(row?.['none']) }).toEqual({
        text: "o'hara; DROP", n: 42, big: 2 ** 40, x: 0.5, yes: true, none: true, at: at.getTime(), early: early.getTime(), written: at.getTime(), cast: Date.UTC(2026, 0, 2, 3, 4, 5),
        listed: true, numbered: true, nowhere: false, day: '2026-02-03', d: 1.5, l: [1, 2], nothing: null, quoted: '$text; -- $none',
      });
    });
    test.each([false, true])('hostile texts come back as they went in (large: %s)', async (large) => {
      const texts = ["'; DROP TABLE store.calls; --", '"', '$p0', '\\', '\\N', '\\\'', '\n\t\r', '/*', '%', '{a:String}', '😀', 'é', '', 'NULL', 'a'.repeat(100_000)];
      const engine = await open();
      for (const text of texts) expect(await engine.query({ large, sql: 'SELECT $text AS text, CAST($text = ANY($texts) AS BOOLEAN) AS listed', parameters: { text, texts } })).toEqual([{ text, listed: true }]);
    });
    test('a long list of values is as safe as a short one', async () => {
      const texts = ["'; DROP TABLE store.calls; --", '\\', '\\\'', "''", '$v1', '{v1:String}', '😀', 'a'.repeat(40_000)];
      const values = Array.from({ length: 3000 }, (_, index) => texts[index % (index < 16 ? 8 : 7)] ?? '');
      const names = values.map((_value, index) => `v${index}`);
      const rows = await (await open()).query({ sql: `SELECT DISTINCT x FROM (${names.slice(0, 16).map((name) => `SELECT $${name} AS x`).join(' UNION ALL ')}) AS t WHERE x IN (${names.map((name) => `$${name}`).join(', ')})`, parameters: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])) });
      expect(rows.map(({ x }) => x).toSorted()).toEqual(texts.toSorted());
    });
    test('a number that would change is an error', async () => {
      for (const large of [false, true]) await expect((await open()).query({ large, sql: 'SELECT CAST(9007199254740993 AS BIGINT) AS n' })).rejects.toThrow('2^53');
    });
    test('a missing parameter is named', async () => {
      await expect((await open()).query({ sql: 'SELECT $a AS a, $b AS b', parameters: { a: 1 } })).rejects.toThrow('$b has no value');
    });
    test.each([false, true])('nothing known is NULL, not 0 or an empty text (large: %s)', async (large) => {
      const [row] = await (await open()).query({
        large,
        sql: `SELECT max(b.x) AS largest, sum(b.x) AS total, count(b.x) AS n, min(b.y) AS y, max(a.x) / nullif(0, 0) AS ratio, greatest(1, NULL) AS g
          FROM (SELECT 1 AS x) AS a LEFT JOIN (SELECT 2 AS x, 'text' AS y) AS b ON b.x = a.x`,
      });
      expect(row).toEqual({ largest: null, total: null, n: 0, y: null, ratio: null, g: 1 });
    });
    test('NULL comes last in every order, texts go by their bytes', async () => {
      const engine = await open();
      const ordered = async (direction: string): Promise<unknown> => (await engine.query({ sql: `SELECT x FROM (SELECT 'b' AS x UNION ALL SELECT NULL UNION ALL SELECT 'B' UNION ALL SELECT 'é' UNION ALL SELECT '' UNION ALL SELECT 'a') AS t ORDER BY x ${direction}` })).map(({ x }) => x);
      expect(await ordered('ASC')).toEqual(['', 'B', 'a', 'b', 'é', null]);
      expect(await ordered('DESC')).toEqual(['é', 'b', 'a', 'B', '', null]);
    });
  });

  describe(`${name}: limits`, () => {
    test('a query ends at its time limit, and the connection serves again', async () => {
      const engine = await open({ connections: 1 });
      await expect(engine.query({ sql: endless, timeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' });
      expect(await engine.query({ sql: 'SELECT 1 AS n' })).toEqual([{ n: 1 }]);
    });
    test('a query is cancelled by its id, also while it waits', async () => {
      const engine = await open({ connections: 1 });
      const running = engine.query({ sql: endless, queryId: 'q' });
      const waiting = engine.query({ sql: endless, queryId: 'q' });
      setTimeout(() => void engine.cancel('q'), 50);
      await expect(running).rejects.toMatchObject({ code: 'cancelled' });
      await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
      await engine.cancel('unknown');
      expect(await engine.query({ sql: 'SELECT 1 AS n', queryId: 'q' })).toEqual([{ n: 1 }]);
    });
    test('closing ends what runs', async () => {
      const engine = await open();
      const running = Array.from({ length: 3 }, () => engine.query({ sql: endless }).then(() => 'answered', () => 'stopped'));
      await engine.query({ sql: 'SELECT 1 AS n' });
      await engine.close();
      expect(await Promise.all(running)).toEqual(['stopped', 'stopped', 'stopped']);
      await expect(engine.query({ sql: 'SELECT 1 AS n' })).rejects.toMatchObject({ code: 'unavailable' });
    });
  });
}
