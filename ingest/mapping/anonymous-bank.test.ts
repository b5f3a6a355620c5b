import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import { openWarehouse } from '../../warehouse/open-warehouse.ts';
import type { LoadCounts, Warehouse } from '../../warehouse/warehouse.ts';
import { importFile } from '../import.ts';
import { planForMapping } from './plan-for-mapping.ts';

const data = resolve(process.env['VIGIE_REFERENCE_DATA'] ?? '../shared/data');
const file = resolve(data, 'anonymous-bank/january-1999.txt');
const present = existsSync(file);
if (!present) process.stderr.write(`SKIPPED: ${file} is absent, the import of the Anonymous Bank month is not tested (VIGIE_REFERENCE_DATA)\n`);

describe.skipIf(!present)('the Anonymous Bank month', () => {
  const engine = openDuckDb({ path: ':memory:', threads: 1 });
  let warehouse: Warehouse;
  let counts: LoadCounts;
  beforeAll(async () => {
    warehouse = await openWarehouse({ engine, callerKeySecret: 'test', planFor: planForMapping });
    counts = await importFile({ file, mapping: 'anonymous-bank', warehouse });
  });
  afterAll(() => warehouse.close());

  test('every row is accounted for', () => {
    expect(counts).toEqual({ accepted: 31_359, updated: 0, unchanged: 0, leftOut: 240, quarantined: 0 });
  });

  test('gives the published figures', async () => {
    const [figures] = await engine.query({ sql: `SELECT count(*) FILTER (WHERE answered) AS answered, count(*) FILTER (WHERE NOT answered) AS hang, count(*) FILTER (WHERE answered AND queued) AS queued_answered,
      round(avg(wait_s) FILTER (WHERE answered), 3) AS wait, round(100 * count(*) FILTER (WHERE answered AND wait_s <= 20) / count(*) FILTER (WHERE answered), 3) AS in20,
      round(avg(talk_s) FILTER (WHERE answered AND talk_s BETWEEN 1 AND 3600), 3) AS service, count(*) FILTER (WHERE NOT answered AND queued AND NOT abandoned) AS lost FROM store.calls` });
    expect(figures).toEqual({ answered: 27_060, hang: 4_299, queued_answered: 27_060, wait: 35.028, in20: 60.613, service: 184.706, lost: 0 });
  });

  test('who hung up without waiting was never queued, and waiting who hung up abandoned', async () => {
    const rows = await engine.query({ sql: `SELECT queued, abandoned, first_queue = '' AS without, min(wait_s) = 0 AND max(wait_s) = 0 AS no_wait FROM store.calls WHERE NOT answered GROUP BY ALL ORDER BY queued` });
    expect(rows).toEqual([{ queued: false, abandoned: false, without: true, no_wait: true }, { queued: true, abandoned: true, without: false, no_wait: false }]);
  });

  test('local times are in UTC: January at Jerusalem is two hours ahead', async () => {
    expect(await engine.query({ sql: "SELECT started_at::VARCHAR AS at, first_queue AS queue, contact_id, priority FROM store.calls WHERE call_id = 'AA0101-33116'" }))
      .toEqual([{ at: '1998-12-31 22:00:31', queue: 'PS', contact_id: '9664491', priority: 2 }]);
  });

  test('one leg per queued call, with the same fate', async () => {
    expect(await engine.query({ sql: 'SELECT outcome, count(*) AS n, bool_and(derived) AS derived FROM store.legs GROUP BY ALL ORDER BY outcome' })).toEqual([
      { outcome: 'abandoned', n: (await engine.query<{ n: number }>({ sql: 'SELECT count(*) AS n FROM store.calls WHERE abandoned' }))[0]?.n, derived: true },
      { outcome: 'answered', n: 27_060, derived: true },
    ]);
  });

  test('a second import changes nothing and says so', async () => {
    expect(await importFile({ file, mapping: 'anonymous-bank', warehouse })).toEqual({ accepted: 0, updated: 0, unchanged: 31_359, leftOut: 240, quarantined: 0 });
  });
});
