import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPostgres, startPostgres, type RealPostgres } from '../fixtures/real-postgres.ts';
import { inTransaction } from '../contacts/in-transaction.ts';
import { openStore } from '../store.ts';
import { notificationsContract } from './notifications.contract.ts';
import type { NewMail } from './notification.ts';
import { withinKysely } from './notifications.ts';

/** A real server: what several senders and transactions do at once cannot be shown on a single session. */
describe.skipIf(!hasPostgres('notifications'))('a PostgreSQL server', () => {
  let server: RealPostgres;
  const urls = { contract: '', several: '' };
  beforeAll(async () => {
    server = await startPostgres();
    for (const name of ['contract', 'several'] as const) urls[name] = await server.database(name);
  });
  afterAll(() => server.stop());

  notificationsContract('a PostgreSQL server', () => openStore({ connection: { connectionString: urls.contract }, maxConnections: 4 }));

  const mails = (prefix: string, count: number): NewMail[] => Array.from({ length: count }, (_, index) => ({ key: `${prefix}-${index}`, channel: 'email', recipient: `p${index}@example.org`, subject: 's', text: 't' }));

  test('several that queue the same and take at once: everything goes once', async () => {
    const stores = await Promise.all([1, 2, 3].map(() => openStore({ connection: { connectionString: urls.several }, maxConnections: 4 })));
    const queued = await Promise.all(stores.map((store) => store.notifications.queue(mails('same', 60))));
    expect(queued.reduce((sum, count) => sum + count)).toBe(60);
    const nowMs = Date.now() + 1000;
    const rounds = await Promise.all(stores.map(async (store) => {
      const keys: string[] = [];
      for (let taken = 1; taken > 0;) {
        const all = await store.notifications.take(7, nowMs, { leaseMs: 60_000, reachable: { email: true, webhooks: [] } });
        for (const each of all) await store.notifications.sent(each, { nowMs, receipt: '250' });
        keys.push(...all.map(({ key }) => key));
        taken = all.length;
      }
      return keys;
    }));
    expect(rounds.flat().toSorted()).toEqual(mails('same', 60).map(({ key }) => key).toSorted());
    await Promise.all(stores.map((store) => store.close()));
  });

  test('a file that is taken away while somebody queues it again is there for whoever sends it', async () => {
    const stores = await Promise.all([1, 2].map(() => openStore({ connection: { connectionString: urls.several }, maxConnections: 4 })));
    const [queueing, pruning] = stores;
    if (!queueing || !pruning) throw new Error('no stores');
    const content = new TextEncoder().encode('%PDF the same');
    const [longAgo, nowMs] = [Date.UTC(2020, 0, 1), Date.now() + 1000];
    const send = async (atMs: number): Promise<number> => {
      const taken = await queueing.notifications.take(10, atMs, { leaseMs: 60_000, reachable: { email: true, webhooks: [] } });
      for (const each of taken) await queueing.notifications.sent(each, { nowMs: atMs, receipt: '250' });
      return taken.filter((each) => each.content.channel === 'email' && each.content.attachments.length === 1).length;
    };
    const one = (key: string): NewMail => ({ key, channel: 'email', recipient: 'a@example.org', subject: 's', text: 't', attachments: [{ name: 'a.pdf', type: 'application/pdf', content }] });
    await queueing.notifications.queue([one('round')], { nowMs: longAgo });
    await send(longAgo);
    for (let round = 0; round < 60; round += 1) {
      await Promise.all([queueing.notifications.queue([one(`round-${round}`)], { nowMs: longAgo }), pruning.notifications.prune(nowMs), pruning.notifications.prune(nowMs)]);
      expect(await send(longAgo)).toBe(1);
    }
    await Promise.all(stores.map((store) => store.close()));
  });

  test("queued within a transaction that is rolled back, nothing was queued", async () => {
    const store = await openStore({ connection: { connectionString: urls.several }, maxConnections: 2 });
    const pool = new pg.Pool({ connectionString: urls.several });
    const rolledBack = inTransaction(pool, async (client) => {
      await store.notifications.queue(mails('never', 2), { within: client });
      throw new Error('something else failed');
    });
    await expect(rolledBack).rejects.toThrow('something else failed');
    await inTransaction(pool, (client) => store.notifications.queue(mails('kept', 2), { within: client }));
    const database = new Kysely({ dialect: new PostgresDialect({ pool }) });
    await database.transaction().execute((transaction) => store.notifications.queue(mails('too', 1), { within: withinKysely(transaction) }));
    expect((await store.notifications.list({ states: ['due'] })).map(({ key }) => key)).toEqual(['too-0', 'kept-1', 'kept-0']);
    await database.destroy();
    await store.close();
  });
});
