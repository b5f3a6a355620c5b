import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasPostgres, startPostgres, type RealPostgres } from '../../warehouse/operational/fixtures/real-postgres.ts';
import { openStore } from '../../warehouse/operational/store.ts';
import { openMailBox, type MailBox } from '../notify/fixtures/mail-box.ts';
import { createEnding, type Ending } from './ending.ts';
import { startNotifying } from './notifying.ts';

describe.skipIf(!hasPostgres('sending by one of several processes'))('processes that share a store', () => {
  let server: RealPostgres;
  let storeUrl = '';
  let box: MailBox;
  const endings: Ending[] = [];
  beforeAll(async () => {
    server = await startPostgres();
    [storeUrl, box] = [await server.database('notifying'), await openMailBox()];
  });
  afterAll(async () => {
    for (const ending of endings) await ending.end(null);
    await box.close();
    server.stop();
  });

  const startOne = async (): Promise<Ending> => {
    const logger = pino({ enabled: false });
    const ending = createEnding(logger);
    endings.push(ending);
    const store = await openStore({ connection: { connectionString: storeUrl }, maxConnections: 2 });
    ending.add('store', () => store.close());
    startNotifying({ configuration: { storeUrl, notificationsKeptDays: 400, notify: { mail: { host: '127.0.0.1', port: box.port, secure: false, login: null, from: { name: 'Vigie', address: 'vigie@example.org' } }, webhooks: [] } }, store, logger, ending });
    return ending;
  };

  test('one sends; when it ends another goes on, and everything goes once', async () => {
    const [first] = [await startOne(), await startOne()];
    const store = await openStore({ connection: { connectionString: storeUrl }, maxConnections: 1 });
    const queue = (names: string[]): Promise<number> => store.notifications.queue(names.map((name) => ({ key: name, channel: 'email', recipient: `${name}@example.org`, subject: 's', text: 't' })));
    const received = (): string[] => box.received.flatMap(({ to }) => to).toSorted();
    await queue(['a', 'b', 'c']);
    await vi.waitFor(() => expect(received()).toEqual(['a@example.org', 'b@example.org', 'c@example.org']), { timeout: 15_000 });
    await first.end(null);
    await queue(['d']);
    await vi.waitFor(() => expect(received()).toHaveLength(4), { timeout: 15_000 });
    await vi.waitFor(async () => expect((await store.notifications.list({ states: ['sent'] })).map(({ key }) => key)).toEqual(['d', 'c', 'b', 'a']), { timeout: 5000 });
    await store.close();
  });
});
