import { expect, test } from 'vitest';
import { DIMENSIONS, FULL_SCOPE } from '../warehouse.ts';
import type { Dimension, Interval } from '../warehouse.ts';
import { onEachEngine } from '../test-support/each-engine.ts';
import { aCall, aLeg, aState } from './test-support/raw-rows.ts';
import { withHistory } from './test-support/with-history.ts';

const NOON = Date.UTC(2026, 0, 5, 12);
const HOSTILE = ["'; DROP TABLE store.calls; --", "' OR 1=1 --", '"', '$p0', '$1', '\\', '\u0000', '/*{target}*/', '%', '*/ 1 /*', "x') UNION SELECT 1 --", '😀', '__proto__', 'constructor', 'toString', 'a'.repeat(10_000)];

const history = { calls: [aCall({ call_id: '1', started_at: NOON }), aCall({ call_id: '2', started_at: NOON, direction: 'outbound', first_queue: '', queued: false })], legs: [aLeg({ call_id: '1', entered_at: NOON })], states: [aState({ state: 'ready', started_at: NOON, duration_ms: 1000 })] };
const refused = { name: 'WarehouseError', code: 'invalid-query' };

onEachEngine((tested) => {
  test('hostile ids filter nothing in', async () => {
    await withHistory(tested, history, async (ask, engine) => {
      for (const dimension of DIMENSIONS.filter((one) => one !== 'hour' && one !== 'weekday')) {
        const measures = dimension === 'component' ? ['availability'] : dimension === 'incident-type' || dimension === 'severity' ? ['incidents', 'mttr'] : ['agent-contacts', 'offers'];
        expect((await ask({ measures, by: [dimension], where: { [dimension]: HOSTILE } })).rows).toEqual([]);
      }
      const dials = ['dial-attempts', 'nuisance-rate', 'dial-positive'];
      for (const dimension of ['tenant', 'site', 'campaign', 'medium'] as const) {
        expect((await ask({ measures: dials, by: [dimension] })).rows).toHaveLength(1);
        expect((await ask({ measures: dials, by: [dimension], where: { [dimension]: HOSTILE } })).rows).toEqual([]);
      }
      expect((await ask({ measures: ['dial-attempts'] }, { ...FULL_SCOPE, tenants: HOSTILE, sites: HOSTILE, teams: HOSTILE })).rows).toEqual([{ 'dial-attempts': 0 }]);
      expect((await ask({ measures: ['offered'] }, { ...FULL_SCOPE, tenants: HOSTILE, sites: HOSTILE, queues: HOSTILE, teams: HOSTILE })).rows).toEqual([{ offered: 0 }]);
      expect(await engine.query({ sql: 'SELECT count(*) AS n FROM store.calls' })).toEqual([{ n: 2 }]);
    });
  });

  test('hostile words are refused, with what is allowed', async () => {
    await withHistory(tested, history, async (ask) => {
      for (const text of HOSTILE) {
        await expect(ask({ measures: [text] })).rejects.toMatchObject(refused);
        await expect(ask({ measures: ['offered'], by: [text as Dimension] })).rejects.toMatchObject(refused);
        await expect(ask({ measures: ['offered'], where: Object.fromEntries([[text, ['x']]]) })).rejects.toMatchObject(refused);
        await expect(ask({ measures: ['offered'], where: { hour: [text] } })).rejects.toMatchObject(refused);
        await expect(ask({ measures: ['offered'], zone: text })).rejects.toMatchObject(refused);
        await expect(ask({ measures: ['offered'], from: text })).rejects.toMatchObject(refused);
        await expect(ask({ measures: ['offered'], to: `2026-01-06${text}` })).rejects.toMatchObject(refused);
        await expect(ask({ measures: ['offered'], compareTo: text as never })).rejects.toMatchObject(refused);
      }
    });
  });

  test('what cannot be answered is refused by name', async () => {
    await withHistory(tested, history, async (ask) => {
      await expect(ask({ measures: ['ivr-only'], by: ['queue'] })).rejects.toThrow(/ivr-only has no dimension queue; allowed: tenant, site, campaign/);
      await expect(ask({ measures: ['occupancy'], where: { campaign: ['800'] } })).rejects.toThrow(/occupancy has no dimension campaign/);
      await expect(ask({ measures: ['offered'], by: ['day', 'week'] })).rejects.toThrow(/one interval/);
      await expect(ask({ measures: ['offered'], by: ['queue', 'queue'] })).rejects.toThrow(/twice/);
      await expect(ask({ measures: [] })).rejects.toMatchObject(refused);
      await expect(ask({ measures: ['offered'], from: '2026-02-30', to: '2026-03-01' })).rejects.toThrow(/from is/);
      await expect(ask({ measures: ['offered'], from: '2026-01-07' })).rejects.toThrow(/ends/);
      await expect(ask({ measures: ['offered'], from: '1990-01-01', to: '2026-01-01', by: ['15min'] })).rejects.toThrow(/intervals/);
      for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY]) await expect(ask({ measures: ['offered'], targetSeconds: wrong })).rejects.toThrow(/targetSeconds/);
    });
  });

  test('an empty scope shows nothing; an empty filter filters nothing', async () => {
    await withHistory(tested, history, async (ask) => {
      const measures = ['offered', 'agent-contacts', 'logged-time', 'argued'];
      for (const kind of ['tenants', 'sites', 'queues', 'teams'] as const)
        expect((await ask({ measures, totals: true }, { ...FULL_SCOPE, [kind]: [] })).totals).toEqual({ 'offered': 0, 'agent-contacts': 0, 'logged-time': 0, 'argued': 0 });
      expect((await ask({ measures: ['offered'], where: { site: [] } })).rows).toEqual([{ offered: 1 }]);
      expect((await ask({ measures: ['offered'], by: ['tenant', '60min'] satisfies (Dimension | Interval)[], where: { tenant: ['ocm'] } })).rows).toEqual([{ 'tenant': 'ocm', '60min': '2026-01-05T12:00:00+00:00', 'offered': 1 }]);
    });
  });
});
