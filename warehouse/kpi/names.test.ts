import { expect, test } from 'vitest';
import { syncDimensions } from '../duckdb/dimensions.ts';
import { openDuckDb } from '../duckdb/engine.ts';
import type { Dimensions } from '../warehouse.ts';
import { namesOf } from './names.ts';

test('a changed name is seen by the next question', async () => {
  const engine = openDuckDb({ path: ':memory:', threads: 1 });
  await engine.migrate();
  const empty: Dimensions = { version: 1, tenants: [], sites: [], queues: [], campaigns: [], teams: [], agents: [], teamMembers: [], statuses: [], pauseReasons: [] };
  const names = async (): Promise<unknown> => (await namesOf(engine, [{ team: 'a' }, { team: 'b' }], ['team', 'hour'], 0)).team;
  expect(await names()).toEqual({});
  for (const [version, name] of [[1, 'Matin'], [1, 'Midi'], [2, 'Soir']] as const) {
    await syncDimensions(engine, { ...empty, version, teams: [{ team: 'a', name, site: 'douala', tenant: 'ocm' }] });
    expect(await names()).toEqual({ a: name });
    expect(await names()).toEqual({ a: name });
  }
  await engine.close();
});
