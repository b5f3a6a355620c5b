import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../engine.ts';
import type { LoadPlan } from '../../load-plan.ts';
import { openDuckDb } from '../engine.ts';
import { loadFile } from './load-file.ts';

const PLAN: LoadPlan = {
  name: 'lines', target: 'calls', zone: 'UTC', deriveLegs: true, keepUnknown: true, keyHorizonDays: null,
  source: { format: 'ndjson', nulls: [], redundant: [], required: [] },
  columns: { tenant: { op: 'job-tenant' }, call_id: 'id', first_queue: 'queue', started_at: { op: 'timestamp', of: 'at', formats: ['iso'], zone: 'utc' } },
};

describe('a load that fails after its rows were read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-load-'));
  const file = join(folder, 'calls.ndjson');
  const job = { loadId: 'one', source: 'test', file, mapping: 'lines', tenant: 'ocm' };
  let engine: Engine;

  beforeEach(async () => {
    writeFileSync(file, ['{"id":"A","queue":"1","at":"2026-01-01T10:00:00Z"}', 'broken', '{"id":"B","queue":"1","at":"2026-01-01T11:00:00Z"}'].join('\n'));
    engine = openDuckDb({ path: ':memory:', threads: 2 });
    await engine.migrate();
  });
  afterEach(async () => {
    await engine.close();
    rmSync(file);
  });

  async function counts(): Promise<unknown> {
    const [row] = await engine.query({
      sql: `SELECT (SELECT count(*) FROM store.calls) AS calls, (SELECT count(*) FROM store.legs) AS legs, (SELECT count(*) FROM store.quarantine) AS quarantined,
        (SELECT count(*) FROM store.touched_days) AS days, (SELECT count(*) FROM store.loads) AS loads, (SELECT load_mark FROM store.state) AS mark`,
    });
    return row;
  }

  test('leaves nothing behind, and succeeds when it is tried again', async () => {
    const before = await counts();
    const failing: Engine = {
      ...engine,
      transaction: (work) => engine.transaction((inside) => work({
        ...inside,
        execute: (request) => (request.sql.includes('INSERT INTO store.loads') ? Promise.reject(new Error('IO Error: no space left')) : inside.execute(request)),
      })),
    };
    await expect(loadFile({ engine: failing, plan: PLAN, callerKeySecret: 'x' }, job)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await counts()).toEqual(before);
    const left: { name: string }[] = [];
    await engine.transaction(async (inside) => { left.push(...await inside.query<{ name: string }>({ sql: 'SELECT table_name AS name FROM duckdb_tables() WHERE temporary' })); });
    expect(left).toEqual([]);

    expect(await loadFile({ engine, plan: PLAN, callerKeySecret: 'x' }, job)).toEqual({ accepted: 2, updated: 0, unchanged: 0, leftOut: 0, quarantined: 1 });
    expect(await counts()).toEqual({ calls: 2, legs: 2, quarantined: 1, days: 2, loads: 1, mark: 1 });
  });
});
