import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { serveEmbedded, type EmbeddedStore } from '../../warehouse/operational/embedded.ts';
import type { NewMail, Notification } from '../../warehouse/operational/notifications/notification.ts';
import { openStore, type OperationalStore } from '../../warehouse/operational/store.ts';
import type { NotifyConfiguration } from '../configuration.ts';
import { endKillables, startKillable } from '../fixtures/killable.ts';
import { answer, openMailBox, type MailBox } from './fixtures/mail-box.ts';
import { NO_MAIL_SERVER, NO_SUCH_WEBHOOK, startSender, type Sender, type SenderOptions } from './sender.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-sender-'));
let embedded: EmbeddedStore;
let store: OperationalStore;
beforeAll(async () => {
  embedded = await serveEmbedded(join(folder, 'store'));
  store = await openStore({ connection: embedded, maxConnections: 1 });
});
afterAll(async () => {
  endKillables();
  await store.close();
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
});

let box: MailBox | null = null;
let sender: Sender | null = null;
const log = vi.fn<SenderOptions['log']>();
afterEach(async () => {
  await sender?.end();
  await box?.close();
  [sender, box] = [null, null];
  // What a test left behind is not the next one's.
  for (const { key } of await store.notifications.list({ states: ['due', 'failed'] })) await store.notifications.cancel({ key });
  log.mockReset();
});

const mailOn = (port: number): NotifyConfiguration => ({ mail: { host: '127.0.0.1', port, secure: false, login: null, from: { name: 'Vigie', address: 'vigie@example.org' } }, webhooks: [] });
const start = (configuration: NotifyConfiguration, most = 3): void => {
  sender = startSender({ notifications: store.notifications, configuration, log, lookMs: 40, pauses: { pauseAfter: (attempts) => (attempts >= most ? null : 30), silenceAfter: () => 60 } });
};
const opened = async (options: SMTPServerOptions & { port?: number } = {}): Promise<MailBox> => (box = await openMailBox(options));

let made = 0;
const mail = (more: Partial<NewMail> = {}): NewMail => ({ key: `mail-${++made}`, channel: 'email', recipient: `p${made}@example.org`, subject: 'Panne', text: 'Plus rien', ...more });
const stateOf = async (key: string): Promise<Notification | undefined> => (await store.notifications.list({ limit: 1000 })).find((each) => each.key === key);
const until = (key: string, wanted: Partial<Notification> | object): Promise<void> => vi.waitFor(async () => expect(await stateOf(key)).toMatchObject(wanted), { timeout: 20_000, interval: 30 });

describe('the sender', () => {
  test('greylisted, it comes again and is taken', async () => {
    let asked = 0;
    const { port, received } = await opened({ onRcptTo: (_address, _session, callback) => callback(++asked === 1 ? answer(451, '4.7.1 Greylisted, come again') : null) });
    start(mailOn(port));
    const one = mail();
    await store.notifications.queue([one]);
    await until(one.key, { state: 'sent', attempts: 2, lastError: expect.stringContaining('451 4.7.1 Greylisted'), receipt: '250 OK queued as 4F2A' });
    expect(received.map(({ to }) => to)).toEqual([[one.recipient]]);
  });

  test('refused for good it is given up at once, refused long enough too; others go their way', async () => {
    const { port, received } = await opened({ onRcptTo: ({ address }, _session, callback) => callback(address.startsWith('gone') ? answer(550, '5.1.1 no such user') : address.startsWith('full') ? answer(452, '4.2.2 mailbox full') : null) });
    start(mailOn(port));
    const [gone, full, fine] = [mail({ recipient: 'gone@example.org' }), mail({ recipient: 'full@example.org' }), mail()];
    await store.notifications.queue([gone, full, fine]);
    await until(fine.key, { state: 'sent' });
    await until(gone.key, { state: 'given-up', attempts: 1, lastError: expect.stringContaining('550 5.1.1 no such user') });
    await until(full.key, { state: 'given-up', attempts: 3, lastError: expect.stringContaining('452 4.2.2 mailbox full') });
    expect(received).toHaveLength(1);
    expect(JSON.stringify(log.mock.calls)).not.toContain('@example.org');
  });

  test('a server that is away costs no attempt, and is not asked for each mail; once it is back everything goes', async () => {
    const { port } = await opened();
    await box?.close();
    start(mailOn(port));
    const all = Array.from({ length: 6 }, () => mail());
    await store.notifications.queue(all);
    for (const { key } of all) await until(key, { state: 'due', attempts: 0, lastError: expect.stringContaining('ECONNREFUSED') });
    expect(log.mock.calls.filter(([, message]) => message === 'notifications wait for their server')).toHaveLength(1);
    const { received } = await opened({ port });
    for (const { key } of all) await until(key, { state: 'sent', attempts: 1 });
    expect(received.flatMap(({ to }) => to).toSorted()).toEqual(all.map(({ recipient }) => recipient).toSorted());
  });

  test('without a mail server they wait, and say so; with one they go', async () => {
    const [one, call] = [mail(), { key: `call-${++made}`, channel: 'webhook' as const, recipient: 'nowhere', subject: 's', body: {} }];
    start({ mail: null, webhooks: [] });
    await store.notifications.queue([one, call]);
    await until(one.key, { state: 'due', attempts: 0, lastError: NO_MAIL_SERVER });
    await until(call.key, { state: 'due', attempts: 0, lastError: NO_SUCH_WEBHOOK });
    await sender?.end();
    const { port, received } = await opened();
    start(mailOn(port));
    await until(one.key, { state: 'sent' });
    expect(received.map(({ to }) => to)).toEqual([[one.recipient]]);
  });

  test('webhooks are called again after a failure, each by itself', async () => {
    const calls: string[] = [];
    const server = createServer((request, response) => {
      calls.push(`${request.url ?? ''} ${String(request.headers['webhook-id'])}`);
      response.writeHead(request.url === '/good' ? 200 : calls.length > 2 ? 204 : 500).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bound = server.address();
    const nobody = await opened();
    await box?.close();
    const base = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`;
    const secret = 'a-secret-of-the-hook';
    start({ mail: null, webhooks: [{ name: 'bad', url: `${base}/bad`, secret }, { name: 'good', url: `${base}/good`, secret }, { name: 'away', url: `http://127.0.0.1:${nobody.port}/`, secret }] }, 9);
    const [bad, good, away] = ['bad', 'good', 'away'].map((recipient) => ({ key: `hook-${recipient}`, channel: 'webhook' as const, recipient, subject: 's', body: { a: 1 } }));
    if (!bad || !good || !away) throw new Error('three are wanted');
    await store.notifications.queue([away, bad, good]);
    await until(good.key, { state: 'sent', attempts: 1 });
    await until(bad.key, { state: 'sent', lastError: expect.stringContaining('500') });
    await until(away.key, { state: 'due', attempts: 0 });
    const delivery = (await stateOf(bad.key))?.delivery ?? '';
    expect(new Set(calls.filter((call) => call.startsWith('/bad')))).toEqual(new Set([`/bad ${delivery}`]));
    server.closeAllConnections();
    server.close();
  });

  test('ended, it lets come to an end what is under way, and takes nothing more', async () => {
    let finish: (() => void) | null = null;
    const { port } = await opened({ onData: (stream, _session, callback) => void stream.resume().on('end', () => (finish = () => callback(null, 'at last'))) });
    start(mailOn(port));
    const one = mail();
    await store.notifications.queue([one]);
    const arrived = await vi.waitFor(() => finish ?? Promise.reject(new Error('nothing has arrived')), { timeout: 10_000 });
    const ended = sender?.end();
    const later = mail();
    await store.notifications.queue([later]);
    arrived();
    await ended;
    sender = null;
    expect(await stateOf(one.key)).toMatchObject({ state: 'sent', receipt: expect.stringContaining('at last') });
    expect(await stateOf(later.key)).toMatchObject({ state: 'due', attempts: 0 });
  });

  test('killed between sending and saying so, it is sent once more under the same Message-ID', async () => {
    const texts: string[] = [];
    const { port } = await opened({
      onData: (stream, _session, callback) => {
        let raw = '';
        stream.setEncoding('utf8').on('data', (chunk: string) => (raw += chunk)).on('end', () => {
          texts.push(raw);
          // The first copy arrived, and its sender never hears of it.
          if (texts.length > 1) callback(null, 'again');
        });
      },
    });
    const one = mail();
    const doomed = startKillable(new URL('./fixtures/sender-process.ts', import.meta.url), embedded.host, String(embedded.port), String(port), '1500');
    await doomed.line((line) => line === 'ready');
    await store.notifications.queue([one]);
    await vi.waitFor(() => expect(texts).toHaveLength(1), { timeout: 20_000 });
    await doomed.end('SIGKILL');
    expect(await stateOf(one.key)).toMatchObject({ state: 'sending', attempts: 1 });
    start(mailOn(port));
    await until(one.key, { state: 'sent', attempts: 2, receipt: expect.stringContaining('again') });
    const ids = texts.map((text) => /^Message-ID: (<.*>)/im.exec(text)?.[1]);
    expect(ids).toEqual([`<${(await stateOf(one.key))?.delivery ?? ''}@example.org>`, ids[0]]);
  });
});
