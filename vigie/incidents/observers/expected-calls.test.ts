import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildConfiguration } from '../../../telephony/centre/build-configuration.ts';
import { loadCentre } from '../../../telephony/centre/load-centre.ts';
import { openDuckDb } from '../../../warehouse/duckdb/engine.ts';
import { openWarehouse } from '../../../warehouse/open-warehouse.ts';
import type { Warehouse } from '../../../warehouse/warehouse.ts';
import { isUnseen } from '../detectors/detector.ts';
import { expectedCalls } from './expected-calls.ts';
import { rowDetectors } from './rows.ts';
import type { Sources } from './sources.ts';

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
const configuration = buildConfiguration(loadCentre());
/** A Monday after the clocks of Paris went forward, those of Douala did not. */
const MONDAY = Date.parse('2026-03-30T08:00:00Z');

let warehouse: Warehouse;
let nowMs = MONDAY + 15 * MINUTE;
beforeAll(async () => {
  const engine = openDuckDb({ path: ':memory:', threads: 1 });
  warehouse = await openWarehouse({ engine, callerKeySecret: 'test', planFor: () => { throw new Error('no mapping'); } });
  const calls = (tenant: string, site: string, fromMs: number, count: number): Promise<unknown> => engine.execute({
    sql: "INSERT INTO store.calls (tenant, site, call_id, started_at, direction, row_state) SELECT $tenant, $site, $site || $from || '-' || i, make_timestamp_ms($from + i * 1000), 'inbound', 2 FROM range($count) r(i)",
    parameters: { tenant, site, from: fromMs, count },
  });
  for (const [index, count] of [10, 30, 20, 100].entries()) {
    await calls('ocm', 'douala', MONDAY - (index + 1) * WEEK, count);
    // At ten by the clock on the wall: an hour later in UTC before that Sunday.
    await calls('sereno', 'lille', MONDAY + 60 * MINUTE - (index + 1) * WEEK, 40);
  }
});
afterAll(() => warehouse.close());

const sources = (more: Partial<Sources> = {}): Sources => ({ nowMs: () => nowMs, centre: () => configuration, live: null, warehouse, spool: null, plan: null, filling: () => false, disks: [], backupDirectory: null, ...more });
const expected = (): ReturnType<typeof expectedCalls> => expectedCalls({ ...sources(), warehouse });

describe('the usual volume', () => {
  test('is the median of four weeks at the same time of the wall clock, cut to the range', async () => {
    expect(await expected().between(MONDAY, MONDAY + 15 * MINUTE, 'tenant')).toEqual(new Map([['ocm', 25], ['sereno', 40]]));
    expect(await expected().between(MONDAY + 7.5 * MINUTE, MONDAY + 22.5 * MINUTE, 'site')).toEqual(new Map([['douala', 12.5], ['lille', 20]]));
    expect(await expected().between(MONDAY + 60 * MINUTE, MONDAY + 75 * MINUTE, 'tenant')).toEqual(new Map([['ocm', 0], ['sereno', 0]]));
  });

  test('is not known with fewer than three weeks', async () => {
    const at = MONDAY - 2 * WEEK;
    expect(await expected().between(at, at + 15 * MINUTE, 'tenant')).toEqual(new Map([['ocm', null], ['sereno', null]]));
  });

  test('a tenant whose calls were seen and stop is missed; one that comes by files is not, and nobody while a history is filled', async () => {
    nowMs = MONDAY - 4 * WEEK;
    const [watched, filling] = [sources(), sources({ filling: () => true })].map((each) => rowDetectors(each, expected())[0]);
    // In this minute it is alive.
    nowMs = MONDAY - WEEK + 10 * MINUTE;
    expect(await watched?.look({})).toMatchObject([{ key: 'ocm', firing: false }]);
    nowMs = MONDAY + 12 * MINUTE;
    expect(await watched?.look({})).toMatchObject([{ key: 'ocm', firing: false, evidence: { values: { calls: 0 } } }]);
    expect(await watched?.look({ leastExpected: 15 })).toMatchObject([{ key: 'ocm', firing: true }]);
    const unseen = await filling?.look({});
    expect(unseen && isUnseen(unseen)).toBe(true);
  });
});
