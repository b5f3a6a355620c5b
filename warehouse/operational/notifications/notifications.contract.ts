import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { act, openedAt } from '../incidents/fixtures/events.ts';
import type { OperationalStore } from '../store.ts';
import type { NewMail, NewWebhookCall, Notification, TakenNotification } from './notification.ts';
import type { Reachable } from './notifications.ts';

const MONDAY = Date.parse('2026-03-02T10:00:00Z');
const MINUTE = 60_000;
const EVERYTHING: Reachable = { email: true, webhooks: ['hook'] };

/** What the notifications of every operational store must do. */
export function notificationsContract(name: string, open: () => Promise<OperationalStore>): void {
  describe(`notifications on ${name}`, () => {
    let store: OperationalStore;
    let made = 0;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    const mail = (more: Partial<NewMail> = {}): NewMail => ({ key: `key-${++made}`, channel: 'email', recipient: 'awa@example.org', subject: 'Panne', text: 'Plus rien', ...more });
    const hook = (more: Partial<NewWebhookCall> = {}): NewWebhookCall => ({ key: `key-${++made}`, channel: 'webhook', recipient: 'hook', subject: 'Panne', body: { état: 'ouvert' }, ...more });
    const about = (): { kind: string; id: string } => ({ kind: 'incident', id: String(++made) });
    /** What is due by then, out of the way of the tests that follow. */
    const take = (nowMs = MONDAY, limit = 10, reachable = EVERYTHING): Promise<TakenNotification[]> => store.notifications.take(limit, nowMs, { leaseMs: MINUTE, reachable });
    const queue = (...all: Parameters<OperationalStore['notifications']['queue']>[0]): Promise<number> => store.notifications.queue(all, { nowMs: MONDAY });
    const one = async (key: string): Promise<Notification | undefined> => (await store.notifications.list({ limit: 1000 })).find((each) => each.key === key);
    const done = async (taken: readonly TakenNotification[]): Promise<void> => {
      for (const each of taken) await store.notifications.sent(each, { nowMs: MONDAY, receipt: '250 OK' });
    };

    test('what is queued twice under one key is one; it comes back with all that it carries', async () => {
      const subject = about();
      const calendar = { name: 'invitation.ics', type: 'text/calendar; method=REQUEST', content: new TextEncoder().encode('BEGIN:VCALENDAR') };
      const first = mail({ about: subject, html: '<p>Plus rien</p>', attachments: [calendar, { name: 'é.pdf', type: 'application/pdf', content: new Uint8Array([0, 255, 10]) }] });
      expect(await queue(first, hook({ about: subject }), first)).toBe(2);
      expect(await queue({ ...first, text: 'other' })).toBe(0);
      const taken = await take();
      expect(taken.map(({ channel, recipient, state, attempts, about: of, dueMs }) => ({ channel, recipient, state, attempts, of, dueMs }))).toEqual([
        { channel: 'email', recipient: 'awa@example.org', state: 'sending', attempts: 1, of: subject, dueMs: MONDAY },
        { channel: 'webhook', recipient: 'hook', state: 'sending', attempts: 1, of: subject, dueMs: MONDAY },
      ]);
      const [{ content: written } = { content: null }, { content: called } = { content: null }] = taken;
      expect(called).toEqual({ channel: 'webhook', body: { état: 'ouvert' } });
      expect(written).toMatchObject({ channel: 'email', text: 'Plus rien', html: '<p>Plus rien</p>' });
      expect(written?.channel === 'email' && written.attachments.map((file) => [file.name, file.type, [...file.content]])).toEqual([
        ['invitation.ics', calendar.type, [...calendar.content]], ['é.pdf', 'application/pdf', [0, 255, 10]],
      ]);
      expect(await take()).toEqual([]);
      await done(taken);
      expect(await store.notifications.list({ about: subject, states: ['sent'] })).toMatchObject([{ channel: 'webhook' }, { channel: 'email', sentMs: MONDAY, receipt: '250 OK', nextAttemptMs: null }]);
      expect(await take(MONDAY + 60 * MINUTE)).toEqual([]);
    });

    test('what is due later waits; by key, by what it is about or by the beginning of keys it is withdrawn', async () => {
      const [of, other] = [about(), about()];
      const at = { about: of, dueMs: MONDAY + 60 * MINUTE };
      await queue(mail({ ...at, key: 'esc-1-a' }), mail({ ...at, key: 'esc-1-b' }), mail({ ...at, key: 'call-1' }), mail({ ...at, key: 'esc_1-c', about: other }));
      expect(await take(MONDAY + 59 * MINUTE)).toEqual([]);
      expect(await store.notifications.cancel({ key: 'esc-1-b' })).toBe(1);
      expect(await store.notifications.cancel({ about: of, keyStarts: 'esc-' })).toBe(1);
      expect(await store.notifications.cancel({ about: of, keyStarts: 'esc-' })).toBe(0);
      const taken = await take(MONDAY + 60 * MINUTE);
      expect(taken.map(({ key }) => key)).toEqual(['call-1', 'esc_1-c']);
      expect((await store.notifications.list({ about: of })).map(({ key, state }) => `${key} ${state}`)).toEqual(['call-1 sending', 'esc-1-b cancelled', 'esc-1-a cancelled']);
      // Its sender cannot be held any more; only the next attempt can.
      expect(await store.notifications.cancel({ about: of })).toBe(1);
      expect((await one('call-1'))?.state).toBe('sending');
      await store.notifications.failed(taken[0] ?? { id: 0, lease: 0 }, '451 later', MONDAY + 61 * MINUTE);
      expect((await one('call-1'))?.state).toBe('cancelled');
      await done(taken.slice(1));
    });

    test('a refusal is tried again when it was said, a last one is not, until a person wants it', async () => {
      const refused = mail();
      await queue(refused);
      const [first = { id: 0, lease: 0 }] = await take();
      await store.notifications.failed(first, '451 4.7.1 Greylisted', MONDAY + 5 * MINUTE);
      expect(await one(refused.key)).toMatchObject({ state: 'failed', attempts: 1, lastError: '451 4.7.1 Greylisted', nextAttemptMs: MONDAY + 5 * MINUTE });
      expect(await take(MONDAY + 4 * MINUTE)).toEqual([]);
      const [second = { id: 0, lease: 0 }] = await take(MONDAY + 5 * MINUTE);
      expect(second).toMatchObject({ attempts: 2 });
      // What is said of an earlier lease is late.
      await store.notifications.failed(first, 'late', null);
      await store.notifications.failed(second, '550 no such user', null);
      expect(await one(refused.key)).toMatchObject({ state: 'given-up', lastError: '550 no such user', nextAttemptMs: null });
      expect(await take(MONDAY + 600 * MINUTE)).toEqual([]);
      expect(await store.notifications.retry(first.id, MONDAY)).toBe(true);
      expect(await store.notifications.retry(first.id, MONDAY)).toBe(false);
      await done(await take());
      expect(await one(refused.key)).toMatchObject({ state: 'sent', attempts: 1, lastError: '550 no such user' });
    });

    test('a sender that dies leaves it to the next one, once, under the same name', async () => {
      const doubtful = mail();
      await queue(doubtful);
      const [first] = await take();
      expect(await take(MONDAY + MINUTE - 1)).toEqual([]);
      const [second] = await take(MONDAY + MINUTE);
      expect(second).toMatchObject({ delivery: first?.delivery, attempts: 2 });
      expect(await take(MONDAY + 2 * MINUTE)).toEqual([]);
      expect(await one(doubtful.key)).toMatchObject({ state: 'given-up', lastError: expect.stringContaining('may have arrived') });
      // It lived after all.
      await store.notifications.sent(second ?? { id: 0, lease: 0 }, { nowMs: MONDAY, receipt: '250 OK' });
      expect((await one(doubtful.key))?.state).toBe('sent');
    });

    test('what no server can be asked for waits with the reason, and counts no attempt', async () => {
      const [written, called] = [mail(), hook({ recipient: 'elsewhere' })];
      await queue(written, called);
      expect(await take(MONDAY, 10, { email: false, webhooks: ['hook'] })).toEqual([]);
      await store.notifications.explain({ channel: 'email' }, 'no mail server configured', MONDAY);
      await store.notifications.explain({ channel: 'webhook', except: ['hook'] }, 'no such webhook', MONDAY);
      expect(await one(written.key)).toMatchObject({ state: 'due', attempts: 0, lastError: 'no mail server configured' });
      expect(await one(called.key)).toMatchObject({ state: 'due', lastError: 'no such webhook' });
      const [taken = { id: 0, lease: 0 }] = await take();
      await store.notifications.postponed(taken, 'connect ECONNREFUSED', MONDAY + MINUTE);
      expect(await one(written.key)).toMatchObject({ state: 'due', attempts: 0, lastError: 'connect ECONNREFUSED', nextAttemptMs: MONDAY + MINUTE });
      await done(await take(MONDAY + MINUTE, 10, { email: true, webhooks: ['elsewhere'] }));
    });

    test('what nobody wants to read any more is given up; no address is, at once', async () => {
      const [late, wrong] = [mail({ expiresMs: MONDAY + MINUTE }), mail({ recipient: 'awa@example.org\nBcc: all@example.org' })];
      await queue(late, wrong);
      await store.notifications.explain({ channel: 'email' }, 'no mail server configured', MONDAY);
      expect(await take(MONDAY + MINUTE)).toEqual([]);
      expect(await one(late.key)).toMatchObject({ state: 'given-up', lastError: 'it could not be sent in time: no mail server configured' });
      expect(await one(wrong.key)).toMatchObject({ state: 'given-up', lastError: 'the recipient is no e-mail address' });
    });

    test('a personal link is forgotten once it is sent or withdrawn', async () => {
      const [sent, withdrawn] = [mail({ confidential: true, text: 'https://vigie/sign/secret' }), mail({ confidential: true, dueMs: MONDAY + MINUTE })];
      await queue(sent, withdrawn);
      const taken = await take();
      expect(taken).toMatchObject([{ content: { text: 'https://vigie/sign/secret' } }]);
      await done(taken);
      await store.notifications.cancel({ key: withdrawn.key });
      // Sent or not, there is nothing that could be tried again.
      for (const { id } of await store.notifications.list({ limit: 2 })) expect(await store.notifications.retry(id, MONDAY)).toBe(false);
    });

    test('the longest due goes first, as many as are wanted, and the journal is read page by page', async () => {
      const of = about();
      await queue(...[3, 1, 2].map((minutes) => mail({ about: of, dueMs: MONDAY - minutes * MINUTE, subject: `${minutes}\n min` })));
      const taken = [...await take(MONDAY, 2), ...await take(MONDAY, 2)];
      expect(taken.map(({ subject }) => subject)).toEqual(['3 min', '2 min', '1 min']);
      await done(taken);
      const [newest] = await store.notifications.list({ about: of, limit: 1 });
      expect(newest).toMatchObject({ subject: '2 min' });
      expect((await store.notifications.list({ about: of, beforeId: newest?.id ?? 0 })).map(({ subject }) => subject)).toEqual(['1 min', '3 min']);
    });

    test('this process is told that there is something to send', async () => {
      let told = 0;
      const stop = store.notifications.onQueued(() => told++);
      const again = mail();
      await queue(again);
      await queue(again);
      stop();
      await queue(mail());
      expect(told).toBe(1);
      await done(await take());
    });

    test('what was told long ago is taken away part by part, with its files; what is to be sent, or about what is not over, stays', async () => {
      const LONG_AGO = MONDAY - 1000 * 24 * 60 * MINUTE;
      const file = (text: string): { name: string; type: string; content: Uint8Array } => ({ name: `${text}.pdf`, type: 'application/pdf', content: new TextEncoder().encode(`%PDF ${text}`) });
      const [shared, alone] = [file('shared'), file('alone')];
      const opened = await store.incidents.open(openedAt(LONG_AGO));
      if (!opened.ok) throw new Error(opened.reason);
      const incident = { kind: 'incident', id: String(opened.incident.number) };
      const [told, ofIncident, withdrawn, refused, waiting, later] = [
        mail({ attachments: [alone, shared] }), mail({ about: incident }), mail({ attachments: [alone] }), mail({ recipient: 'nobody' }), mail({ attachments: [shared] }), mail({ dueMs: MONDAY }),
      ];
      await store.notifications.queue([told, ofIncident, withdrawn, refused, waiting, later], { nowMs: LONG_AGO });
      await store.notifications.cancel({ key: withdrawn.key });
      for (const each of await take(LONG_AGO)) {
        if (each.key === waiting.key) await store.notifications.failed(each, '451 later', MONDAY);
        else await store.notifications.sent(each, { nowMs: LONG_AGO + MINUTE, receipt: '250' });
      }
      const left = async (): Promise<string[]> => {
        const keys = (await store.notifications.list({ limit: 1000 })).map(({ key }) => key);
        return [told, ofIncident, withdrawn, refused, waiting, later].filter(({ key }) => keys.includes(key)).map(({ key }) => key);
      };
      // What other tests have left behind without a notification.
      await store.notifications.prune(LONG_AGO);
      expect([await left(), await store.notifications.keptSinceMs()]).toEqual([[told, ofIncident, withdrawn, refused, waiting, later].map(({ key }) => key), null]);
      const before = LONG_AGO + 400 * 24 * 60 * MINUTE;
      expect(await store.notifications.prune(before, 2)).toEqual({ notifications: 2, files: 1 });
      expect(await store.notifications.prune(before, 2)).toEqual({ notifications: 1, files: 0 });
      expect(await store.notifications.prune(before, 2)).toEqual({ notifications: 0, files: 0 });
      expect([await left(), await store.notifications.keptSinceMs()]).toEqual([[ofIncident.key, waiting.key, later.key], before]);
      await store.incidents.append(opened.incident.number, [act(LONG_AGO + MINUTE, { kind: 'resolved', note: '' }), act(LONG_AGO + MINUTE, { kind: 'closed', note: '' })]);
      expect(await store.notifications.prune(before)).toEqual({ notifications: 1, files: 0 });
      // Its file is there still, and an earlier limit takes nothing back.
      await store.notifications.prune(LONG_AGO);
      expect(await store.notifications.keptSinceMs()).toBe(before);
      const taken = await take();
      expect(taken.find(({ key }) => key === waiting.key)?.content).toMatchObject({ attachments: [{ name: 'shared.pdf', content: Buffer.from(shared.content) }] });
      await done(taken);
      expect(await store.notifications.prune(MONDAY + MINUTE, 10_000)).toMatchObject({ files: 3 });
    });

    test('a file of what was confidential goes though nothing tells any more whose it was', async () => {
      await store.notifications.prune(0);
      await queue(mail({ confidential: true, attachments: [{ name: 'secret.pdf', type: 'application/pdf', content: Buffer.from('%PDF secret') }] }));
      expect(await store.notifications.prune(0)).toEqual({ notifications: 0, files: 0 });
      await done(await take());
      expect(await store.notifications.prune(0)).toEqual({ notifications: 0, files: 1 });
      expect(await store.notifications.prune(MONDAY + MINUTE)).toMatchObject({ notifications: 1 });
    });

    test('files of an incident and documents to sign are evidence: they are not of the outbox', async () => {
      const opened = await store.incidents.open(openedAt(MONDAY));
      const number = opened.ok ? opened.incident.number : 0;
      const content = Buffer.from('%PDF evidence');
      const attachment = await store.incidents.addAttachment(number, { name: 'a.pdf', mediaType: 'application/pdf', content, by: 'Awa', atMs: MONDAY });
      await queue(mail({ attachments: [{ name: 'a.pdf', type: 'application/pdf', content }] }));
      await done(await take());
      expect(await store.notifications.prune(MONDAY + MINUTE)).toMatchObject({ notifications: 1, files: 1 });
      expect((await store.incidents.attachment(attachment.ok ? attachment.id : ''))?.content.equals(content)).toBe(true);
    });
  });
}
