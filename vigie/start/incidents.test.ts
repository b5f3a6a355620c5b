import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasPostgres, startPostgres, type RealPostgres } from '../../warehouse/operational/fixtures/real-postgres.ts';
import { smallCentre } from '../../warehouse/operational/fixtures/small-centre.ts';
import { openStore, type OperationalStore } from '../../warehouse/operational/store.ts';
import { createSteadyClock, machineTime } from '../incidents/steady-clock.ts';
import { createEnding, type Ending } from './ending.ts';
import { keepIncidents } from './incidents.ts';

const logger = pino({ enabled: false });

describe.skipIf(!hasPostgres('who looks after incidents'))('several processes on one store', () => {
  let server: RealPostgres;
  let url = '';
  const opened: { ending: Ending; store: OperationalStore }[] = [];
  beforeAll(async () => {
    server = await startPostgres();
    url = await server.database('incidents');
  });
  afterAll(async () => {
    for (const { ending, store } of opened) await ending.end(null).then(() => store.close());
    server.stop();
  });

  async function begin(): Promise<ReturnType<typeof keepIncidents> & { ending: Ending; store: OperationalStore }> {
    const store = await openStore({ connection: { connectionString: url }, maxConnections: 3 });
    const ending = createEnding(logger);
    opened.push({ ending, store });
    const sources = { centre: () => smallCentre, live: null, warehouse: null, spool: null, plan: null, filling: () => false, disks: [{ place: 'data', path: tmpdir() }], backupDirectory: null };
    return { ...keepIncidents({ configuration: { storeUrl: url, notify: { mail: null, webhooks: [] } }, store, clock: createSteadyClock(machineTime), site: 'http://127.0.0.1', sources, logger, ending }), ending, store };
  }
  const open = (store: OperationalStore): ReturnType<OperationalStore['incidents']['open']> =>
    store.incidents.open({ id: randomUUID(), atMs: Date.now(), by: 'Awa', body: { kind: 'opened', type: 'power', severity: 1, title: 'Coupure', description: '', startedAt: null, affects: { tenants: [], sites: [], queues: [], components: [] }, targetMinutes: 30, calendar: null, evidence: null } });
  const told = async (store: OperationalStore, number: number): Promise<number> => (await store.incidents.get(number))?.timeline.filter(({ body }) => body.kind === 'told').length ?? 0;

  test('one has the desk and the detectors; when it ends, the other goes on', async () => {
    const [one, two] = [await begin(), await begin()];
    const watched = (): Promise<number[]> => Promise.all([one, two].map(async ({ detectors }) => (await detectors.list()).filter(({ checkedAtMs }) => checkedAtMs !== null).length));
    await vi.waitFor(async () => expect((await watched()).toSorted((a, b) => a - b)).toEqual([0, 9]), 15_000);
    await open(one.store);
    await vi.waitFor(async () => expect(await told(two.store, 1)).toBe(1), 15_000);
    const [first, second] = (await watched())[0] === 9 ? [one, two] : [two, one];
    await first.ending.end(null);
    await vi.waitFor(async () => expect((await second.detectors.list()).filter(({ checkedAtMs }) => checkedAtMs !== null)).toHaveLength(9), 15_000);
    await open(second.store);
    await vi.waitFor(async () => expect(await told(second.store, 2)).toBe(1), 15_000);
    expect(await told(second.store, 1)).toBe(1);
    expect(Object.keys(second.sight)).toEqual(['floor', 'rows', 'incidents']);
  }, 60_000);
});
