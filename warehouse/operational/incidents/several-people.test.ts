import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPostgres, startPostgres, type RealPostgres } from '../fixtures/real-postgres.ts';
import { openStore, type OperationalStore } from '../store.ts';
import { dutiesOf } from './duties.ts';
import { act, openedAt, person } from './fixtures/events.ts';
import { incidentsContract } from './incidents.contract.ts';
import { SHIPPED_RULES } from './shipped-rules.ts';

const MONDAY = Date.parse('2026-03-02T10:00:00Z');
const MINUTE = 60_000;

/** A real server: what happens at once cannot be shown on the embedded one, which is a single session. */
describe.skipIf(!hasPostgres('incidents'))('a PostgreSQL server', () => {
  let server: RealPostgres;
  const urls = { contract: '', people: '' };
  beforeAll(async () => {
    server = await startPostgres();
    for (const name of ['contract', 'people'] as const) urls[name] = await server.database(name);
  });
  afterAll(() => server.stop());

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: urls.contract });
    await client.connect();
    return client;
  };
  incidentsContract('a PostgreSQL server', () => openStore({ connection: { connectionString: urls.contract }, maxConnections: 4 }), connect);

  describe('several people and programs at once', () => {
    let stores: OperationalStore[] = [];
    beforeAll(async () => {
      stores = await Promise.all([1, 2, 3].map(() => openStore({ connection: { connectionString: urls.people }, maxConnections: 3 })));
    });
    afterAll(() => Promise.all(stores.map((store) => store.close())));
    const of = (index: number): OperationalStore['incidents'] => (stores[index % stores.length] ?? stores[0] ?? fail()).incidents;

    test('nothing is lost, nothing is doubled, what contradicts is refused by name, and the log is whole', async () => {
      const opened = await of(0).open(openedAt(MONDAY));
      const number = opened.ok ? opened.incident.number : 0;
      const comments = Array.from({ length: 40 }, (_, index) => act(MONDAY + index, { kind: 'commented', text: `n° ${index}` }, `Personne ${index % 4}`));
      // Each is sent twice, through two connections.
      const written = await Promise.all([...comments, ...comments].map((event, index) => of(index).append(number, [event])));
      expect(written.every(({ ok }) => ok)).toBe(true);
      expect(written.reduce((sum, each) => sum + (each.ok ? each.appended : 0), 0)).toBe(40);
      const acknowledged = await Promise.all(['Awa', 'Bello', 'Chef'].map((who, index) => of(index).append(number, [act(MONDAY + MINUTE, { kind: 'acknowledged', note: '' }, who)])));
      expect(acknowledged.filter(({ ok }) => ok)).toHaveLength(1);
      const first = (await of(0).get(number))?.timeline.find(({ body }) => body.kind === 'acknowledged')?.by;
      expect(acknowledged.flatMap((each) => (each.ok ? [] : [`${each.code} ${each.by}`]))).toEqual([`already-acknowledged ${first}`, `already-acknowledged ${first}`]);
      const incident = await of(1).get(number);
      expect(incident?.comments.map(({ text }) => text)).toEqual(comments.map((_, index) => `n° ${index}`));
      expect(incident?.timeline.map(({ sequence }) => sequence).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 42 }, (_, index) => index + 1));
      expect(await of(2).verify(number)).toEqual({ ok: true, events: 42 });
    });

    test('one REX of two that were written from the same version', async () => {
      const opened = await of(0).open(openedAt(MONDAY));
      const number = opened.ok ? opened.incident.number : 0;
      const write = (who: string, index: number, basedOn: string | null) => of(index).append(number, [act(MONDAY + MINUTE, { kind: 'rex-written', basedOn, impact: who, causes: '', wentWell: '', wentBadly: '' }, who)]);
      const written = await Promise.all(['Awa', 'Bello'].map((who, index) => write(who, index, null)));
      const rex = (await of(0).get(number))?.rex;
      expect(written.filter(({ ok }) => ok)).toHaveLength(1);
      expect(written.find(({ ok }) => !ok)).toMatchObject({ code: 'changed-meanwhile', by: rex?.by });
      expect(await write('Chef', 2, rex?.version ?? null)).toMatchObject({ ok: true, incident: { rex: { by: 'Chef' } } });
    });

    test('one trouble seen by several programs is one incident, and what is due is done once', async () => {
      const detectorKey = randomUUID();
      const before = await of(0).list({ limit: 1 });
      const opened = await Promise.all(Array.from({ length: 9 }, (_, index) => of(index).open(openedAt(MONDAY), { detectorKey })));
      expect(opened.filter((each) => each.ok && each.opened)).toHaveLength(1);
      const numbers = new Set(opened.map((each) => (each.ok ? each.incident.number : 0)));
      expect([...numbers]).toEqual([(before[0]?.number ?? 0) + 1]);
      const [number = 0] = numbers;
      const [settings, contact] = [await of(0).settings(), { ...person('Awa', { email: 'awa@example.org' }), conference: true, crisis: true, phone: '', tenant: null }];
      const nowMs = MONDAY + 61 * MINUTE;
      const work = async (incidents: OperationalStore['incidents']): Promise<number> => {
        let done = 0;
        for (let round = 0; round < 4; round += 1) {
          const incident = await incidents.get(number);
          for (const duty of incident ? dutiesOf(incident, { settings, rules: { ...SHIPPED_RULES, contacts: [contact] }, type: null, calendar: null }, nowMs) : []) {
            const appended = await incidents.append(number, duty.events, { notifications: [{ key: `${number} ${duty.key}`, channel: 'webhook', recipient: 'essai', subject: duty.key, body: null, about: { kind: 'incident', id: String(number) } }] });
            // Another was quicker: its event is there, or says so.
            if (appended.ok && appended.appended > 0) done += 1;
          }
        }
        return done;
      };
      const done = (await Promise.all(stores.map(({ incidents }) => work(incidents)))).reduce((sum, each) => sum + each, 0);
      const incident = await of(0).get(number);
      const kinds = incident?.timeline.map(({ body }) => (body.kind === 'told' ? `told ${body.rule}` : body.kind)) ?? [];
      expect(kinds.toSorted()).toEqual([
        'breached', 'conference-called', 'crisis-opened', 'opened', 'person-added', 'person-added', 'told breached', 'told breached-client', 'told conference', 'told crisis', 'told opened', 'told unacknowledged-15', 'told unacknowledged-5', 'warned', 'warned',
      ]);
      expect(done).toBe(12);
      expect(await stores[0]?.notifications.list({ about: { kind: 'incident', id: String(number) } })).toHaveLength(12);
    });
  });
});

function fail(): never {
  throw new Error('no store');
}
