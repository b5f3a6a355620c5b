import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine, LoadPart } from '../engine.ts';
import type { LoadPlan } from '../load-plan.ts';
import { onEachEngine } from '../test-support/each-engine.ts';
import { heldKey } from './held-key.ts';

const PLAN: LoadPlan = {
  name: 'lines', target: 'calls', zone: 'UTC', deriveLegs: true, keepUnknown: false, keyHorizonDays: 3,
  source: { format: 'ndjson', nulls: [], redundant: [], required: [] },
  columns: { tenant: { op: 'constant', value: 't' }, call_id: 'id', caller: 'caller', started_at: { op: 'timestamp', of: 'at', formats: ['iso'], zone: 'utc' } },
};

onEachEngine((tested) => {
  describe('the key that a warehouse holds', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vigie-held-key-'));
    let engine: Engine;
    beforeAll(async () => { engine = await tested.open(); });
    afterAll(async () => {
      await engine.close();
      rmSync(folder, { recursive: true });
    });
    const part = (callerKeySecret: string): LoadPart => engine.loads({ callerKeySecret, planFor: () => PLAN });
    const load = (secret: string, id: string): ReturnType<LoadPart['load']> => {
      writeFileSync(join(folder, id), JSON.stringify({ id, caller: '0612345678', at: '2026-01-05T10:00:00Z' }));
      return part(secret).load({ loadId: id, source: 's', file: join(folder, id), mapping: 'lines' });
    };

    test('is that of the first load, whatever is in it; another one loads nothing and changes nothing', async () => {
      expect(await heldKey(engine)).toBe(null);
      const odd = String.raw`it's "odd" \n {x} $memo ; --`;
      expect(await load(odd, 'A')).toMatchObject({ accepted: 1 });
      for (const other of ['another', '', odd.toUpperCase()]) await expect(load(other, 'B')).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/nothing was loaded.*VIGIE_STORE/) });
      expect(await load(odd, 'C')).toMatchObject({ accepted: 1 });
      expect(await heldKey(engine)).toBe(odd);
      expect(await engine.query({ sql: 'SELECT count(*) AS n, count(DISTINCT caller_key) AS keys FROM store.calls' })).toEqual([{ n: 2, keys: 1 }]);
      expect(await part('another').loadCounts('B')).toBe(null);
    });
  });
});
