import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import type { Engine } from '../../warehouse/engine.ts';
import { kpi } from '../../warehouse/kpi/kpi.ts';
import { serveEmbedded, type EmbeddedStore } from '../../warehouse/operational/embedded.ts';
import { act, openedAt } from '../../warehouse/operational/incidents/fixtures/events.ts';
import { openStore, type OperationalStore } from '../../warehouse/operational/store.ts';
import { FULL_SCOPE } from '../../warehouse/warehouse.ts';
import { startCopyingIncidents } from './copy-incidents.ts';

const MINUTE = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'vigie-copied-incidents-'));
let embedded: EmbeddedStore;
let store: OperationalStore;
let engine: Engine;
beforeAll(async () => {
  embedded = await serveEmbedded(join(folder, 'store'));
  store = await openStore({ connection: embedded, maxConnections: 1 });
  engine = openDuckDb({ path: ':memory:', threads: 1 });
  await engine.migrate();
});
afterAll(async () => {
  await store.close();
  await embedded.stop();
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

test('what happens to an incident is in the figures soon after', async () => {
  const errors: unknown[] = [];
  const copying = startCopyingIncidents({ store, warehouse: engine.loads({ callerKeySecret: 'secret', planFor: () => { throw new Error('no mapping'); } }), onError: (error) => errors.push(error) });
  const figures = async (): Promise<unknown> => (await kpi(engine, { measures: ['incidents', 'open-incidents', 'mttr', 'incidents-within-target'], by: [], from: '2026-03-02', to: '2026-03-03', zone: 'UTC', where: {} }, FULL_SCOPE)).rows[0];
  const detectedAtMs = Date.UTC(2026, 2, 2, 10);
  const opened = await store.incidents.open(openedAt(detectedAtMs), {});
  if (!opened.ok) throw new Error(opened.reason);
  await expect.poll(figures, { timeout: 15_000 }).toEqual({ 'incidents': 1, 'open-incidents': 1, 'mttr': null, 'incidents-within-target': 0 });
  await store.incidents.append(opened.incident.number, [act(detectedAtMs + 12 * MINUTE, { kind: 'resolved', note: '' }), act(detectedAtMs + 13 * MINUTE, { kind: 'closed', note: '' })]);
  await expect.poll(figures, { timeout: 15_000 }).toEqual({ 'incidents': 1, 'open-incidents': 0, 'mttr': 720, 'incidents-within-target': 1 });
  await copying.stop();
  expect(errors).toEqual([]);
  expect(await engine.query({ sql: 'SELECT count(*) AS n FROM dim.components' })).toEqual([{ n: 13 }]);
});
