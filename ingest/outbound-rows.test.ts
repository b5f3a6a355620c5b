import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { STANDARD_PEOPLE } from '../telephony/dialer/called-people.ts';
import { ROW_KINDS } from '../telephony/rows.ts';
import { outboundFloor } from '../telephony/testing/outbound-floor.ts';
import { openDuckDb } from '../warehouse/duckdb/engine.ts';
import { openWarehouse } from '../warehouse/open-warehouse.ts';
import { FULL_SCOPE } from '../warehouse/warehouse.ts';
import { importFile } from './import.ts';
import { planForMapping } from './mapping/plan-for-mapping.ts';

test('outbound calls are in no inbound figure, and in the time of the agents', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-outbound-'));
  const engine = await openDuckDb({ path: join(folder, 'warehouse.duckdb') });
  const warehouse = await openWarehouse({ engine, callerKeySecret: 'secret', planFor: planForMapping });
  onTestFinished(async () => {
    await warehouse.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const floor = outboundFloor({ agents: 3, level: 4, behaviour: { ...STANDARD_PEOPLE, personShare: 0.6, talkMeanSeconds: 60 } });
  floor.ready(1, 2, 3);
  floor.after(1200);
  floor.automaton.endDialing();
  floor.after(900);
  for (let agent = 1; agent <= 3; agent += 1) for (const kind of ['hang-up', 'end-wrapup', 'logout'] as const) floor.automaton.command({ kind, agent });
  for (const kind of ROW_KINDS) {
    const file = join(folder, `${kind}.ndjson`);
    writeFileSync(file, floor.rows.flatMap((emitted) => (emitted.kind === kind ? [`${JSON.stringify(emitted.row)}\n`] : [])).join(''));
    expect(await importFile({ file, mapping: kind, tenant: 'ocm', warehouse })).toMatchObject({ quarantined: 0 });
  }
  const one = async (sql: string): Promise<unknown> => (await engine.query({ sql }))[0];
  const { counters } = floor.automaton;
  expect(counters.nuisance).toBeGreaterThan(0);
  expect(await one(`SELECT CAST(count(*) AS INTEGER) AS dialed, CAST(sum(abandoned::INTEGER) AS INTEGER) AS nuisance, CAST(sum((answered AND NOT abandoned)::INTEGER) AS INTEGER) AS passed FROM store.calls WHERE direction = 'outbound' AND contact_index > 0 AND dialed LIKE '+336%'`))
    .toEqual({ dialed: counters.dialed, nuisance: counters.nuisance, passed: floor.calls().filter(({ FirstAgent }) => FirstAgent !== 0).length });
  expect(await one("SELECT CAST(count(*) AS INTEGER) AS legs FROM store.legs WHERE direction = 'outbound'")).toEqual({ legs: floor.legs().length });
  expect(await one("SELECT CAST(count(*) AS INTEGER) AS inbound FROM (SELECT direction FROM store.calls UNION ALL SELECT direction FROM store.legs) AS each WHERE direction <> 'outbound'")).toEqual({ inbound: 0 });
  const measures = ['offered', 'queued', 'answered', 'abandoned', 'no-agent', 'argued', 'rerouted'];
  const inbound = await warehouse.kpi({ measures, by: ['day'], from: '2026-01-05', to: '2026-01-06', zone: 'UTC', where: {} }, FULL_SCOPE);
  expect(inbound.rows.flatMap((row) => measures.filter((id) => Number(row[id] ?? 0) !== 0))).toEqual([]);
  const agents = await warehouse.kpi({ measures: ['talk-minutes-per-hour', 'logged-time'], by: ['agent'], from: '2026-01-05', to: '2026-01-06', zone: 'UTC', where: {} }, FULL_SCOPE);
  expect(agents.rows).toHaveLength(3);
  expect(agents.rows.every((row) => Number(row['talk-minutes-per-hour']) > 5 && Number(row['logged-time']) > 0)).toBe(true);
}, 60_000);
