import { afterAll, expect, test } from 'vitest';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import type { Engine } from '../../warehouse/engine.ts';
import { embeddedStoreOf } from '../../warehouse/operational/fixtures/embedded-store.ts';
import { act, openedAt } from '../../warehouse/operational/incidents/fixtures/events.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { IncidentCopier } from './incident-copier.ts';

const MINUTE = 60_000;
const FIRST = Date.UTC(2026, 2, 2, 8);
const { store } = await embeddedStoreOf('incident-copier');
const engines: Engine[] = [];
afterAll(() => Promise.all(engines.map((engine) => engine.close())));

async function openWarehouse(): Promise<{ engine: Engine; part: Pick<Warehouse, 'syncIncidents'> }> {
  const engine = openDuckDb({ path: ':memory:', threads: 1 });
  engines.push(engine);
  await engine.migrate();
  return { engine, part: engine.loads({ callerKeySecret: 'secret', planFor: () => { throw new Error('no mapping'); } }) };
}

const TABLES = ['store.incidents', 'store.incident_actions', 'store.component_outages', 'dim.components'];
const tablesOf = async (engine: Engine): Promise<unknown[]> => Promise.all(TABLES.map((table) => engine.query({ sql: `SELECT * FROM ${table} ORDER BY ALL` })));

/** How many incidents were read, of the store as it is. */
function counted(): { read: number; store: ConstructorParameters<typeof IncidentCopier>[0] } {
  const { incidents } = store;
  const counting = {
    read: 0,
    store: {
      load: () => store.load(),
      incidents: {
        revision: () => incidents.revision(), settings: () => incidents.settings(),
        list: async (options?: Parameters<typeof incidents.list>[0]) => {
          const found = await incidents.list(options);
          counting.read += found.length;
          return found;
        },
      },
    },
  };
  return counting;
}

test('after the first copy only what has changed is read and written, and the tables are those of a copy of everything', async () => {
  const open = async (atMs: number, lasting: number | null): Promise<number> => {
    const ends = lasting === null ? [] : [act(atMs + lasting, { kind: 'resolved', note: '' }), act(atMs + lasting, { kind: 'closed', note: '' })];
    const opened = await store.incidents.open(openedAt(atMs), { more: ends });
    if (!opened.ok) throw new Error(opened.reason);
    return opened.incident.number;
  };
  for (let hour = 0; hour < 20; hour += 1) await open(FIRST + hour * 60 * MINUTE, 10 * MINUTE);
  const running = await open(FIRST + 30 * 60 * MINUTE, null);
  const { engine, part } = await openWarehouse();
  const counting = counted();
  const copier = new IncidentCopier(counting.store, part);
  let nowMs = FIRST + 30 * 60 * MINUTE;
  /** Copies, checks against a copy of everything, and gives how many were read. */
  const copy = async (): Promise<number> => {
    counting.read = 0;
    await copier.copy(nowMs);
    const { read } = counting;
    const whole = await openWarehouse();
    await new IncidentCopier(store, whole.part).copy(nowMs);
    expect(await tablesOf(engine)).toEqual(await tablesOf(whole.engine));
    return read;
  };
  expect(await copy()).toBe(21);
  // Those that are open are looked at each time.
  expect(await copy()).toBe(1);

  // An hour that stood between two others joins them; what has no end yet gets one.
  const between = await open(FIRST + 5 * 60 * MINUTE + 10 * MINUTE, 50 * MINUTE);
  await store.incidents.append(running, [act(FIRST + 30 * 60 * MINUTE + 5 * MINUTE, { kind: 'action-added', action: '00000000-0000-4000-8000-000000000001', list: 'rex', text: 'x', owner: 'Awa', dueAt: '2026-04-01T00:00:00.000Z' })]);
  expect(await copy()).toBe(3);
  await store.incidents.append(between, [act(FIRST + 7 * 60 * MINUTE, { kind: 'changed', affects: { tenants: [], sites: [], queues: [], components: [{ component: 'crm', share: 0.5 }] } })]);
  await store.incidents.append(running, [act(FIRST + 31 * 60 * MINUTE, { kind: 'resolved', note: '' })]);
  expect(await copy()).toBe(3);

  // A target passes while nobody notes it.
  const late = await open(FIRST + 40 * 60 * MINUTE, null);
  await copy();
  nowMs = FIRST + 41 * 60 * MINUTE;
  await copy();
  expect(await engine.query({ sql: 'SELECT breached_at IS NOT NULL AS breached FROM store.incidents WHERE incident = $late', parameters: { late } })).toEqual([{ breached: true }]);

  // Other words for all of them.
  const settings = await store.incidents.settings();
  await store.incidents.putSettings({ ...settings, rexDays: settings.rexDays + 1 }, 'Chef');
  expect(await copy()).toBeGreaterThanOrEqual(23);
});

test('what the warehouse did not take is told the next time', async () => {
  const { engine, part } = await openWarehouse();
  let away = false;
  const copier = new IncidentCopier(store, { syncIncidents: (facts) => (away ? Promise.reject(new Error('away')) : part.syncIncidents(facts)) });
  const nowMs = FIRST + 60 * 60 * MINUTE;
  await copier.copy(nowMs);
  away = true;
  const opened = await store.incidents.open(openedAt(FIRST + 50 * 60 * MINUTE), { more: [act(FIRST + 50 * 60 * MINUTE + 1, { kind: 'resolved', note: '' })] });
  if (!opened.ok) throw new Error(opened.reason);
  await expect(copier.copy(nowMs)).rejects.toThrow('away');
  await store.incidents.append(opened.incident.number, [act(FIRST + 51 * 60 * MINUTE, { kind: 'reopened', reason: 'x' })]);
  await expect(copier.copy(nowMs)).rejects.toThrow('away');
  away = false;
  await copier.copy(nowMs);
  const whole = await openWarehouse();
  await new IncidentCopier(store, whole.part).copy(nowMs);
  expect(await tablesOf(engine)).toEqual(await tablesOf(whole.engine));
});
