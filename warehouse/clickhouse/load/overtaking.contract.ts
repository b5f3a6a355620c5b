import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { LoadPlan } from '../../load-plan.ts';
import type { LoadCounts } from '../../warehouse.ts';
import type { ClickHouseEngine } from '../engine.ts';
import { loadFiles } from './load-file.ts';

const PLAN: LoadPlan = {
  name: 'lines', target: 'calls', zone: 'UTC', deriveLegs: true, keepUnknown: false, keyHorizonDays: 3,
  source: { format: 'ndjson', nulls: [], redundant: [], required: [] },
  columns: {
    tenant: { op: 'constant', value: 'overtaken' }, call_id: 'id', source_sequence: 'n', first_queue: 'queue',
    started_at: { op: 'timestamp', of: 'at', formats: ['iso'], zone: 'utc' },
  },
};
const line = (id: string, n: number, day: number): string => JSON.stringify({ id, n, queue: '101', at: `2026-02-0${day}T10:00:00Z` });
const counts = (some: Partial<LoadCounts>): LoadCounts => ({ accepted: 0, updated: 0, unchanged: 0, leftOut: 0, quarantined: 0, ...some });

/** Of two loaders of one warehouse: a call that both bring at the same moment, each with another start, stands there once. */
export function overtakingContract(loaders: () => { slow: ClickHouseEngine; quick: ClickHouseEngine }): void {
  describe('a load that another overtakes between its comparison and its decision', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vigie-overtaken-'));
    afterAll(() => { rmSync(folder, { recursive: true }); });

    async function load(engine: ClickHouseEngine, name: string, lines: string[]): Promise<LoadCounts | undefined> {
      writeFileSync(join(folder, name), lines.join('\n'));
      return (await loadFiles({ engine, plan: PLAN, callerKeySecret: 'x' }, [{ loadId: name, source: 's', file: join(folder, name), mapping: 'lines' }]))[0];
    }
    /** The slow loader, which lets others in when it has compared; how often it compared anew. */
    function overtaken(work: () => Promise<unknown>): { engine: ClickHouseEngine; again: () => number } {
      const { slow } = loaders();
      let again = 0;
      return {
        again: () => again,
        engine: {
          ...slow,
          async execute(request) {
            if (request.sql.startsWith('TRUNCATE TABLE store.known_')) again += 1;
            if (request.sql.startsWith('INSERT INTO store.turns')) await work();
            await slow.execute(request);
          },
        },
      };
    }
    async function told(ids: string[]): Promise<unknown> {
      const parameters = { ids };
      return {
        calls: await loaders().quick.query({ sql: "SELECT call_id AS id, source_sequence AS n, CAST(started_at AS DATE)::VARCHAR AS day FROM store.calls WHERE tenant = 'overtaken' AND call_id = ANY($ids) ORDER BY 1, 3", parameters }),
        legs: await loaders().quick.query({ sql: "SELECT call_id AS id, source_sequence AS n, CAST(entered_at AS DATE)::VARCHAR AS day FROM store.legs WHERE tenant = 'overtaken' AND call_id = ANY($ids) ORDER BY 1, 3", parameters }),
      };
    }
    const both = (rows: { id: string; n: number; day: string }[]): unknown => ({ calls: rows, legs: rows });

    test('takes away what the other wrote, keeps what is newer there, and counts both as they came', async () => {
      const { engine, again } = overtaken(async () => expect(await load(loaders().quick, 'quick', [line('older', 1, 5), line('newer', 9, 5), line('alike', 3, 5)])).toEqual(counts({ accepted: 3 })));
      expect(await load(engine, 'slow', [line('older', 2, 6), line('newer', 2, 6), line('alike', 3, 6), line('alone', 1, 6)])).toEqual(counts({ accepted: 1, updated: 2, unchanged: 1 }));
      expect(again()).toBe(1);
      expect(await told(['older', 'newer', 'alike', 'alone'])).toEqual(both([
        { id: 'alike', n: 3, day: '2026-02-06' }, { id: 'alone', n: 1, day: '2026-02-06' }, { id: 'newer', n: 9, day: '2026-02-05' }, { id: 'older', n: 2, day: '2026-02-06' },
      ]));
      const days = await loaders().quick.query({ sql: "SELECT day::VARCHAR AS day, max(load_mark) = (SELECT max(load_mark) FROM store.loads WHERE load_id = 'slow') AS slow FROM store.touched_days WHERE target = 'calls' AND day >= '2026-02-05' GROUP BY day ORDER BY day" });
      expect(days).toEqual([{ day: '2026-02-05', slow: expect.anything() }, { day: '2026-02-06', slow: expect.anything() }]);
      expect(days.map(({ slow }) => Boolean(slow))).toEqual([true, true]);
    }, 60_000);

    test('also where the other has taken its stage away and has not yet said that it is done', async () => {
      const { quick } = loaders();
      let [gone, release] = [(): void => undefined, (): void => undefined];
      const [isGone, released] = [new Promise<void>((resolve) => { gone = resolve; }), new Promise<void>((resolve) => { release = resolve; })];
      const held: ClickHouseEngine = {
        ...quick,
        async execute(request) {
          if (request.sql.startsWith('INSERT INTO store.decided_loads')) await released;
          await quick.execute(request);
          if (request.sql.startsWith('DROP TABLE IF EXISTS store.staged_')) gone();
        },
      };
      let loading: Promise<unknown> = Promise.resolve();
      const { engine, again } = overtaken(async () => {
        loading = load(held, 'quick to go', [line('going', 1, 5)]);
        await isGone;
      });
      expect(await load(engine, 'slow to come', [line('going', 2, 6)])).toEqual(counts({ updated: 1 }));
      expect(again()).toBe(1);
      release();
      expect(await loading).toEqual(counts({ accepted: 1 }));
      expect(await told(['going'])).toEqual(both([{ id: 'going', n: 2, day: '2026-02-06' }]));
    }, 60_000);

    test('also where the other has only decided and writes its rows later', async () => {
      const { quick } = loaders();
      const gates = new EventTarget();
      const passed = (name: string): Promise<unknown> => new Promise((resolve) => { gates.addEventListener(name, resolve, { once: true }); });
      const [decided, released] = [passed('decided'), passed('released')];
      const held: ClickHouseEngine = {
        ...quick,
        async send(request) {
          if (request.sql.startsWith('INSERT INTO store.calls')) {
            gates.dispatchEvent(new Event('decided'));
            await released;
          }
          return quick.send(request);
        },
      };
      let other: Promise<unknown> = Promise.resolve();
      const { engine } = overtaken(() => {
        other = load(held, 'held', [line('held', 1, 5)]);
        return decided;
      });
      expect(await load(engine, 'after held', [line('held', 2, 6)])).toEqual(counts({ updated: 1 }));
      gates.dispatchEvent(new Event('released'));
      expect(await other).toEqual(counts({ accepted: 1 }));
      expect(await told(['held'])).toEqual(both([{ id: 'held', n: 2, day: '2026-02-06' }]));
    }, 60_000);

    test('compares nothing anew where they tell of other calls', async () => {
      const { engine, again } = overtaken(async () => { await load(loaders().quick, 'others', [line('other', 1, 5)]); });
      expect(await load(engine, 'own', [line('own', 1, 5)])).toEqual(counts({ accepted: 1 }));
      expect(again()).toBe(0);
    }, 60_000);
  });
}
