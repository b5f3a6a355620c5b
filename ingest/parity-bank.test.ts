import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HAS_CLICKHOUSE, startTestServer } from '../warehouse/clickhouse/test-support/test-server.ts';
import type { TestServer } from '../warehouse/clickhouse/test-support/test-server.ts';
import { INTERVALS } from '../warehouse/warehouse.ts';
import type { Dimension } from '../warehouse/warehouse.ts';
import { importFile } from './import.ts';
import { BothEngines, measuresBy } from './testing/parity/both-engines.ts';

const file = resolve(process.env['VIGIE_REFERENCE_DATA'] ?? '../shared/data', 'anonymous-bank/january-1999.txt');
const present = existsSync(file);
if (!present) process.stderr.write(`SKIPPED: ${file} is absent, its measures are not compared between the engines (VIGIE_REFERENCE_DATA)\n`);

/** Its rows have one tenant, site, campaign and medium: together they are as each alone. */
const GROUPS: readonly (readonly Dimension[])[] = [[], ['queue'], ['agent'], ['tenant', 'site', 'campaign', 'medium', 'hour', 'weekday']];

describe.skipIf(!HAS_CLICKHOUSE || !present)('the Anonymous Bank month, on DuckDB and on ClickHouse', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-bank-'));
  let server: TestServer;
  let both: BothEngines;
  beforeAll(async () => {
    server = await startTestServer();
    both = await BothEngines.open(server.freshUrl());
    await both.do((warehouse) => importFile({ file, mapping: 'anonymous-bank', warehouse }));
    // The rest of the month is read from rows.
    await both.do((warehouse) => warehouse.closeDays({ utcMs: Date.UTC(1999, 0, 6) }));
  }, 120_000);
  afterAll(async () => {
    await both.close();
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  test.each([null, ...INTERVALS])('by %s and each dimension, every measure is the same', async (interval) => {
    // A minute alone is asked for fewer days: there is a row for each.
    const range = interval === '1min' ? { from: '1999-01-03', to: '1999-01-17' } : { from: '1999-01-01', to: '1999-02-01' };
    // Nobody is in a team: asked once.
    for (const dimensions of interval === null ? [...GROUPS, ['team'] as const] : GROUPS) {
      const answer = await both.ask({ ...range, zone: 'Asia/Jerusalem', measures: measuresBy(dimensions, interval), by: [...dimensions, ...(interval ? [interval] : [])], where: {}, totals: interval === null });
      expect(answer.rows.length === 0).toBe(dimensions[0] === 'team');
    }
  }, 120_000);
});
