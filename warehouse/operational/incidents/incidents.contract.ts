import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationalStore } from '../store.ts';
import { calendarOf } from './calendar-of.ts';
import { act, affects, openedAt, person } from './fixtures/events.ts';
import type { NewIncidentEvent } from './events.ts';
import { refuse } from './refusal.ts';
import { SHIPPED_RULES } from './shipped-rules.ts';
import { targetClock } from './target-clock.ts';

const MONDAY = Date.parse('2026-03-02T10:00:00Z');
const MINUTE = 60_000;

/** What the incidents of every operational store must do. `connect` gives a connection of an administrator of the database. */
export function incidentsContract(name: string, open: () => Promise<OperationalStore>, connect: () => Promise<pg.Client>): void {
  describe(`incidents on ${name}`, () => {
    let store: OperationalStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    /** A new incident's number. */
    const begin = async (atMs = MONDAY, more: Parameters<typeof store.incidents.open>[1] = {}): Promise<number> => {
      const opened = await store.incidents.open(openedAt(atMs), more);
      if (!opened.ok) throw new Error(opened.reason);
      return opened.incident.number;
    };

    test('an incident is opened, lived and closed; all of it is in its log', async () => {
      const number = await begin();
      const awa = person('Awa');
      expect(await store.incidents.append(number, [act(MONDAY + MINUTE, { kind: 'acknowledged', note: '' }, 'Awa'), act(MONDAY + MINUTE, { kind: 'person-added', person: awa })])).toMatchObject({ ok: true, appended: 2, incident: { state: 'acknowledged', persons: [awa] } });
      await store.incidents.append(number, [act(MONDAY + 20 * MINUTE, { kind: 'resolved', note: 'redémarré' }, 'Awa')]);
      expect(await store.incidents.append(number, [act(MONDAY + 30 * MINUTE, { kind: 'closed', note: '' }, 'Chef')])).toMatchObject({ ok: true, incident: { state: 'closed', open: false } });
      const incident = await store.incidents.get(number);
      expect(incident).toMatchObject({ number, type: 'service-stopped', severity: 1, affects, detectedAtMs: MONDAY, acknowledgedAtMs: MONDAY + MINUTE, resolvedAtMs: MONDAY + 20 * MINUTE, closedAtMs: MONDAY + 30 * MINUTE });
      expect(incident?.timeline.map(({ sequence, by, body }) => [sequence, by, body.kind])).toEqual([[1, 'Essai', 'opened'], [3, 'Essai', 'person-added'], [2, 'Awa', 'acknowledged'], [4, 'Awa', 'resolved'], [5, 'Chef', 'closed']]);
      expect(await store.incidents.verify(number)).toEqual({ ok: true, events: 5 });
      expect(await store.incidents.get(9_999_999)).toBeNull();
      expect(await store.incidents.append(9_999_999, [act(MONDAY, { kind: 'commented', text: 'x' })])).toMatchObject({ ok: false, code: 'unknown-incident' });
    });

    test('of one trouble there is one incident until it is closed', async () => {
      const detectorKey = `sql ${randomUUID()}`;
      const number = await begin(MONDAY, { detectorKey });
      expect(await store.incidents.open(openedAt(MONDAY + MINUTE), { detectorKey })).toMatchObject({ ok: true, opened: false, incident: { number } });
      await store.incidents.append(number, [act(MONDAY + MINUTE, { kind: 'resolved', note: '' }), act(MONDAY + 2 * MINUTE, { kind: 'closed', note: '' })]);
      const again = await begin(MONDAY + 9 * MINUTE, { detectorKey });
      expect(again).toBe(number + 1);
      expect(await store.incidents.append(number, [act(MONDAY + 10 * MINUTE, { kind: 'reopened', reason: 'encore' })])).toMatchObject({ ok: false, code: 'another-open' });
      // Without a key there is no such question; the same opening twice is one.
      const opening = openedAt(MONDAY);
      const [one, two] = [await store.incidents.open(opening), await store.incidents.open(opening)];
      expect([one, two]).toMatchObject([{ opened: true, incident: { number: again + 1 } }, { opened: false, incident: { number: again + 1 } }]);
    });

    test('what cannot be is refused by name, and takes no number; the same event twice is one', async () => {
      const number = await begin();
      expect(await store.incidents.open(openedAt(MONDAY, { type: 'inconnu' }))).toMatchObject({ ok: false, code: 'unknown-type' });
      expect(await store.incidents.open(openedAt(MONDAY, { startedAt: '2026-03-02T10:00:01.000Z' }))).toMatchObject({ ok: false, code: 'started-after-detection' });
      expect(await store.incidents.open(openedAt(MONDAY), { more: [act(MONDAY, { kind: 'person-removed', person: randomUUID() })] })).toMatchObject({ ok: false, code: 'unknown-person' });
      expect(await begin()).toBe(number + 1);
      const comment = act(MONDAY + MINUTE, { kind: 'commented', text: 'une fois' });
      expect(await store.incidents.append(number, [comment, comment])).toMatchObject({ ok: true, appended: 1 });
      expect(await store.incidents.append(number, [{ ...comment, body: { kind: 'commented', text: 'autre chose' } }])).toMatchObject({ ok: true, appended: 0, incident: { comments: [{ text: 'une fois' }] } });
      expect(await store.incidents.append(number + 1, [comment])).toMatchObject({ ok: false, code: 'duplicate' });
      await store.incidents.append(number, [act(MONDAY + MINUTE, { kind: 'acknowledged', note: '' }, 'Awa')]);
      expect(await store.incidents.append(number, [act(MONDAY + 3 * MINUTE, { kind: 'commented', text: 'avec' }), act(MONDAY + 2 * MINUTE, { kind: 'acknowledged', note: '' }, 'Bello')])).toMatchObject({ ok: false, code: 'already-acknowledged', by: 'Awa', atMs: MONDAY + MINUTE });
      // All together or not at all.
      expect((await store.incidents.get(number))?.comments).toHaveLength(1);
      // Something late may not make wrong what is known of later.
      await store.incidents.append(number, [act(MONDAY + 5 * MINUTE, { kind: 'clock-paused', reason: 'x' }, 'Awa')]);
      expect(await store.incidents.append(number, [act(MONDAY + 4 * MINUTE, { kind: 'resolved', note: '' }, 'Bello')])).toMatchObject({ ok: false, code: 'already-resolved', by: 'Awa', reason: expect.stringContaining('clock-paused') });
      for (const bad of [act(MONDAY, { kind: 'commented', text: '' }), act(MONDAY, { kind: 'commented', text: 'zéro \0' }), act(MONDAY, { kind: 'commented', text: 'moitié \ud800' }), act(Number.NaN, { kind: 'commented', text: 'x' }), act(MONDAY, { kind: 'commented', text: 'x' }, ' '), act(MONDAY, { kind: 'step-done', step: 'x', note: '' })]) {
        expect(await store.incidents.append(number, [bad])).toMatchObject({ ok: false, code: expect.stringMatching(/^(invalid|unknown-step)$/) });
      }
      const hostile = `'); drop table incidents; -- " \\ \\u0000 $1 \u2028 é 😀`;
      expect(await store.incidents.append(number, [act(MONDAY + 6 * MINUTE, { kind: 'commented', text: hostile })])).toMatchObject({ ok: true });
      expect((await store.incidents.get(number))?.comments.at(-1)?.text).toBe(hostile);
      expect(await store.incidents.verify(number)).toMatchObject({ ok: true });
    });

    test('what is to be told is queued with what happened, or not at all', async () => {
      const about = { kind: 'incident', id: randomUUID() };
      const mail = (key: string) => ({ key: `${about.id} ${key}`, channel: 'email' as const, recipient: 'awa@example.org', subject: key, text: key, about });
      const number = await begin(MONDAY, { notifications: [mail('ouvert')] });
      const comment = act(MONDAY, { kind: 'commented', text: 'x' });
      await store.incidents.append(number, [comment], { notifications: [mail('dit')] });
      await store.incidents.append(number, [comment], { notifications: [mail('encore')] });
      await store.incidents.append(number, [act(MONDAY, { kind: 'closed', note: '' })], { notifications: [mail('refusé')] });
      expect((await store.notifications.list({ about })).map(({ subject }) => subject).toSorted()).toEqual(['dit', 'ouvert']);
      await store.notifications.cancel({ about });
    });

    test('incidents are found by what they are, page by page, and by what has changed', async () => {
      const from = MONDAY + 365 * 24 * 60 * MINUTE;
      const revision = await store.incidents.revision();
      const numbers = [await begin(from), await begin(from + MINUTE), await begin(from + 2 * MINUTE)];
      const [first = 0, second = 0, third = 0] = numbers;
      const action = randomUUID();
      await store.incidents.append(first, [act(from + MINUTE, { kind: 'action-added', action, list: 'rex', text: 'x', owner: 'Awa', dueAt: '2027-04-01T00:00:00.000Z' }), act(from + MINUTE, { kind: 'resolved', note: '' }), act(from + MINUTE, { kind: 'closed', note: '' })]);
      await store.incidents.append(second, [act(from + 2 * MINUTE, { kind: 'changed', type: 'power', severity: 3 })]);
      const list = async (options: Parameters<typeof store.incidents.list>[0]): Promise<number[]> => (await store.incidents.list({ fromMs: from, ...options })).map(({ number }) => number);
      expect(await list({})).toEqual([third, second, first]);
      expect([await list({ open: true }), await list({ open: false }), await list({ unfinished: true })]).toEqual([[third, second], [first], [third, second, first]]);
      expect([await list({ type: 'power' }), await list({ severity: 1 }), await list({ toMs: from + MINUTE }), await list({ limit: 2 }), await list({ limit: 2, beforeNumber: second })]).toEqual([[second], [third, first], [first], [third, second], [first]]);
      await store.incidents.append(first, [act(from + 3 * MINUTE, { kind: 'action-done', action, note: '' })]);
      expect(await list({ unfinished: true })).toEqual([third, second]);
      const later = await store.incidents.revision();
      expect(later - revision).toBe(6);
      expect([await list({ afterRevision: revision }), await list({ afterRevision: later - 1 }), await list({ afterRevision: later })]).toEqual([[third, second, first], [first], []]);
    });

    test('no event is changed or removed, and where somebody does it all the same it shows', async () => {
      const number = await begin();
      await store.incidents.append(number, [act(MONDAY + MINUTE, { kind: 'commented', text: 'vrai' }), act(MONDAY + 2 * MINUTE, { kind: 'commented', text: 'aussi' })]);
      const client = await connect();
      try {
        await client.query(`insert into incident_settings values ('essai', '', 1, now(), 'x', '{}') on conflict do nothing`);
        for (const statement of ['update incident_events set by = $$x$$', 'delete from incident_events', 'truncate incident_events', "update incident_settings set value = '1'", 'delete from incident_settings', 'truncate incident_settings', 'truncate incident_files cascade']) {
          await expect(client.query(statement)).rejects.toThrow('never changed or removed');
        }
        await client.query('alter table incident_events disable trigger append_only');
        await client.query(`update incident_events set body = jsonb_set(body, '{text}', '"faux"') where incident = $1 and sequence = 2`, [number]);
        expect(await store.incidents.verify(number)).toEqual({ ok: false, sequence: 2, reason: 'it is not what was written' });
        await client.query(`update incident_events set body = jsonb_set(body, '{text}', '"vrai"') where incident = $1 and sequence = 2`, [number]);
        expect(await store.incidents.verify(number)).toEqual({ ok: true, events: 3 });
        await client.query('delete from incident_events where incident = $1 and sequence = 3', [number]);
        expect(await store.incidents.verify(number)).toEqual({ ok: false, sequence: 3, reason: 'the log does not end where it did' });
        await client.query('delete from incident_events where incident = $1 and sequence = 1', [number]);
        expect(await store.incidents.verify(number)).toEqual({ ok: false, sequence: 1, reason: 'it is missing' });
        expect(await store.incidents.verify(9_999_999)).toBeNull();
        // Its opening is gone: it would be in nobody's way.
        await client.query('delete from incident_events where incident = $1', [number]);
        await client.query('delete from incidents where number = $1', [number]);
        await client.query('alter table incident_events enable trigger append_only');
      } finally {
        await client.end();
      }
    });

    test('the catalogue: as shipped, changed with its history, added to, retired; a change meanwhile refuses the next', async () => {
      const types = await store.incidents.types();
      expect(types.slice(0, 9).map(({ slug, targetMinutes }) => `${slug} ${targetMinutes}`)).toEqual(['hermes-patch 120', 'production-servers-access 30', 'service-stopped 15', 'power 5', 'link-instability 60', 'si-ocm-unreachable 60', 'crm-disconnected 30', 'hmp-space 20', 'data-loss 120']);
      expect(types.slice(9).map(({ slug, breakdown }) => `${slug} ${breakdown}`)).toEqual(['data-late false', 'nuisance-limit false', 'backup-overdue false']);
      const power = types.find(({ slug }) => slug === 'power') ?? fail('no type power');
      expect(await store.incidents.putType({ ...power, targetMinutes: 7 }, 'Chef')).toEqual({ ok: true, version: 1 });
      expect(await store.incidents.putType({ ...power, targetMinutes: 9 }, 'Autre')).toMatchObject({ ok: false, code: 'changed-meanwhile', by: 'Chef' });
      expect(await store.incidents.putType({ ...power, version: 1, retired: true }, 'Autre')).toEqual({ ok: true, version: 2 });
      expect(await store.incidents.putType({ ...power, version: 2, targetMinutes: -1 }, 'Autre')).toMatchObject({ ok: false, code: 'invalid' });
      expect(await store.incidents.putType({ ...power, slug: 'climatisation', labelFr: 'Climatisation' }, 'Chef')).toEqual({ ok: true, version: 1 });
      const now = await store.incidents.types();
      expect([now[3], now.at(-1)]).toMatchObject([{ slug: 'power', targetMinutes: 5, retired: true, version: 2 }, { slug: 'climatisation', version: 1 }]);
      expect((await store.incidents.history('type', 'power')).map(({ version, by, value }) => ({ version, by, value }))).toMatchObject([{ version: 2, by: 'Autre', value: { retired: true } }, { version: 1, by: 'Chef', value: { targetMinutes: 7 } }]);
      expect(await store.incidents.open(openedAt(MONDAY, { type: 'climatisation' }))).toMatchObject({ ok: true });
    });

    test('a target keeps the hours that its calendar had, whoever changes the calendar; with another calendar it has the hours of that one', async () => {
      const days = { id: 'jours', zone: 'Africa/Douala', weekdays: { 1: [{ from: '08:00', to: '18:00' }] }, holidays: ['2026-05-20'] };
      const shorter = { ...days, weekdays: { 1: [{ from: '12:00', to: '13:00' }] } };
      await store.changeCalendar(days);
      const opened = await store.incidents.open(openedAt(MONDAY, { calendar: 'jours' }));
      if (!opened.ok) throw new Error(opened.reason);
      const { incident: { number } } = opened;
      await store.changeCalendar(shorter);
      const kept = await store.incidents.get(number) ?? fail('it is gone');
      // Detected at 11:00 in Douala.
      expect([kept.hours, targetClock(kept, calendarOf(kept, [shorter]), MONDAY + 20 * MINUTE)]).toMatchObject([days, { state: 'running', breachedAtMs: MONDAY + 15 * MINUTE }]);
      await store.incidents.append(number, [act(MONDAY + MINUTE, { kind: 'changed', title: 'SQL' })]);
      expect(await store.incidents.get(number)).toMatchObject({ calendar: 'jours', hours: days });
      await store.incidents.append(number, [act(MONDAY + 2 * MINUTE, { kind: 'changed', calendar: 'jours' })]);
      expect(await store.incidents.get(number)).toMatchObject({ calendar: 'jours', hours: shorter });
      await store.incidents.append(number, [act(MONDAY + 3 * MINUTE, { kind: 'changed', calendar: null })]);
      expect(await store.incidents.get(number)).toMatchObject({ calendar: null, hours: null });
      expect(await store.incidents.verify(number)).toMatchObject({ ok: true });
      // A log that says only which calendar goes by that of today; one that is no more stops no clock.
      expect([calendarOf({ calendar: 'jours', hours: null }, [shorter]), calendarOf({ calendar: 'jours', hours: null }, [])]).toEqual([shorter, null]);
    });

    test('rules, settings and detectors: as shipped, then as they are put', async () => {
      expect(await store.incidents.rules()).toEqual(SHIPPED_RULES);
      expect(SHIPPED_RULES.contacts).toEqual([]);
      const awa = person('Awa', { email: 'awa@example.org' });
      expect(await store.incidents.putRules({ ...SHIPPED_RULES, contacts: [awa] }, 'Chef')).toEqual({ ok: true, version: 1 });
      expect(await store.incidents.rules()).toMatchObject({ version: 1, contacts: [{ ...awa, phone: '', conference: false }], rules: SHIPPED_RULES.rules });
      const recipients = [{ kind: 'contact' as const, contact: randomUUID() }, { kind: 'on-call' as const, calendar: 'inconnu' }];
      expect(await store.incidents.putRules({ version: 1, contacts: [], onCall: [], rules: [{ id: 'x', labelFr: 'x', labelEn: 'x', moment: 'opened', recipients }] }, 'Chef')).toMatchObject({ ok: false, code: 'invalid', reason: expect.stringMatching(/no contact .*no on-call calendar inconnu/s) });
      const settings = await store.incidents.settings();
      expect(settings).toMatchObject({ version: 0, conferenceMinutes: 60, warnShares: [0.5, 0.8], reportMinutes: 60, rexDays: 7, signatureDays: 14, conferencePlace: '' });
      const revision = await store.incidents.revision();
      expect(await store.incidents.putSettings({ ...settings, conferencePlace: 'https://conf.example.org/ocm' }, 'Chef')).toEqual({ ok: true, version: 1 });
      expect(await store.incidents.settings()).toMatchObject({ version: 1, conferencePlace: 'https://conf.example.org/ocm' });
      await store.incidents.putDetector({ detector: 'disk-low', on: false, parameters: { freeGigabytes: 5 } }, 'Chef');
      expect(await store.incidents.detectors()).toContainEqual({ detector: 'disk-low', on: false, parameters: { freeGigabytes: 5 }, version: 1 });
      expect(await store.incidents.revision()).toBe(revision + 2);
    });

    test('a file lies with its event, once', async () => {
      const number = await begin();
      const content = Buffer.from([0, 255, 10, 13, 92, 39]);
      const id = randomUUID();
      const add = () => store.incidents.addAttachment(number, { id, name: 'capture é.png', mediaType: 'image/png', content, by: 'Awa', atMs: MONDAY + MINUTE });
      expect(await add()).toMatchObject({ ok: true, id, incident: { attachments: [{ id, by: 'Awa', bytes: 6 }] } });
      expect(await add()).toMatchObject({ ok: true, id, incident: { attachments: [{ id }] } });
      expect(await store.incidents.attachment(id)).toMatchObject({ incident: number, name: 'capture é.png', mediaType: 'image/png', content, sha256: createHash('sha256').update(content).digest('hex') });
      expect([await store.incidents.document(id), await store.incidents.attachment('x')]).toEqual([null, null]);
      expect(await store.incidents.addAttachment(number, { name: 'gros', mediaType: 'x/y', content: new Uint8Array(10 * 1024 * 1024 + 1), by: 'Awa' })).toMatchObject({ ok: false, code: 'too-large' });
      expect(await store.incidents.addAttachment(number, { id, name: 'autre', mediaType: 'x/y', content: new Uint8Array(1), by: 'Awa' })).toMatchObject({ ok: false, code: 'duplicate' });
      expect(await store.incidents.addAttachment(9_999_999, { name: 'x', mediaType: 'x/y', content, by: 'Awa' })).toMatchObject({ ok: false, code: 'unknown-incident' });
      const large = await store.incidents.addAttachment(number, { name: 'grand', mediaType: 'x/y', content: Buffer.alloc(3 * 1024 * 1024, 7), by: 'Awa', atMs: MONDAY + MINUTE });
      expect((await store.incidents.attachment(large.ok ? large.id : ''))?.content.equals(Buffer.alloc(3 * 1024 * 1024, 7))).toBe(true);
    });

    test('each signs by a link of his own, once, what was shown and what was made', async () => {
      const [awa, ocm, other] = [person('Awa', { signs: true }), person('DSI', { signs: true, party: 'client' }), person('Autre')];
      const number = await begin();
      await store.incidents.append(number, [awa, ocm, other].map((each) => act(MONDAY, { kind: 'person-added', person: each })));
      const make = (content: string, atMs = MONDAY + 20 * MINUTE) => store.incidents.addDocument(number, { name: 'rapport.pdf', mediaType: 'application/pdf', content: Buffer.from(content), by: 'Chef', atMs, signers: [awa.id, ocm.id] });
      expect(await make('%PDF un')).toMatchObject({ ok: false, code: 'not-resolved' });
      await store.incidents.append(number, [act(MONDAY + 10 * MINUTE, { kind: 'resolved', note: '' })]);
      const made = await make('%PDF un');
      const sha256 = made.ok ? made.sha256 : '';
      const at = MONDAY + 30 * MINUTE;
      const token = async (who: string, days?: number): Promise<string> => {
        const issued = await store.incidents.issueSigningToken(number, who, { atMs: at, days });
        return issued.ok ? issued.token : issued.code;
      };
      const sign = (by: string, more: { sha256?: string; atMs?: number } = {}) => store.incidents.signByToken(by, { typedName: 'Awa N.', sha256, address: '127.0.0.1', atMs: at + MINUTE, ...more });
      expect(await token(other.id)).toBe('not-a-signer');
      const [old, mine] = [await token(awa.id), await token(awa.id)];
      expect(await store.incidents.signingLink(mine, at)).toMatchObject({ ok: true, incident: number, person: awa, sha256, expiresMs: at + 14 * 24 * 60 * MINUTE, signedAtMs: null });
      expect(await sign(old)).toMatchObject({ ok: false, code: 'unknown-link-to-sign' });
      expect(await sign('devine')).toMatchObject({ ok: false, code: 'unknown-link-to-sign' });
      expect(await sign(mine, { sha256: 'b'.repeat(64) })).toMatchObject({ ok: false, code: 'changed-document' });
      expect(await sign(mine, { atMs: at + 14 * 24 * 60 * MINUTE })).toMatchObject({ ok: false, code: 'expired-link' });
      expect(await sign(mine)).toMatchObject({ ok: true, incident: { document: { signatures: [{ person: awa.id, typedName: 'Awa N.', atMs: at + MINUTE }] } } });
      expect(await sign(mine)).toMatchObject({ ok: false, code: 'already-signed', by: 'Awa' });
      expect(await store.incidents.signingLink(mine, at)).toMatchObject({ ok: true, signedAtMs: at + MINUTE });
      // What was signed is shown by the link until it expires, and no longer.
      expect(await store.incidents.signingLink(mine, at + 14 * 24 * 60 * MINUTE)).toMatchObject({ ok: false, code: 'expired-link' });
      expect(await token(awa.id)).toBe('already-signed');
      const theirs = await token(ocm.id);
      const client = await connect();
      try {
        const { rows } = await client.query<{ kept: string }>('select string_agg(link::text, $$ $$) as kept from incident_signing_links as link');
        expect(rows[0]?.kept).toContain(awa.id);
        expect(rows[0]?.kept).not.toContain(theirs);
        // Somebody changes the bytes behind the program's back.
        await client.query('alter table incident_files disable trigger append_only');
        await client.query(`update incident_files set content = $2 where id = $1`, [made.ok ? made.id : '', Buffer.from('%PDF faux')]);
        expect(await sign(theirs)).toMatchObject({ ok: false, code: 'changed-document' });
        await client.query(`update incident_files set content = $2 where id = $1`, [made.ok ? made.id : '', Buffer.from('%PDF un')]);
        await client.query('alter table incident_files enable trigger append_only');
      } finally {
        await client.end();
      }
      // A later report takes the place of the first: its links sign nothing any more.
      expect(await make('%PDF deux', at + 2 * MINUTE)).toMatchObject({ ok: true, incident: { document: { signatures: [] } } });
      expect(await sign(theirs)).toMatchObject({ ok: false, code: 'changed-document' });
      expect(await store.incidents.verify(number)).toMatchObject({ ok: true });
    });

    test('links are made with the mails that bear them: sent twice, the first ones stay good; where one is refused, nothing is written', async () => {
      const [awa, ocm, other] = [person('Awa', { signs: true }), person('DSI', { signs: true, party: 'client' }), person('Autre')];
      const number = await begin();
      await store.incidents.append(number, [...[awa, ocm, other].map((each) => act(MONDAY, { kind: 'person-added', person: each })), act(MONDAY + MINUTE, { kind: 'resolved', note: '' })]);
      const document = { name: 'rapport.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF'), by: 'Chef', atMs: MONDAY + 2 * MINUTE, signers: [awa.id, ocm.id] };
      // Somebody has written something while it was printed.
      expect(await store.incidents.addDocument(number, document, { unless: ({ timeline }) => (timeline.length > 4 ? refuse('changed-meanwhile', 'x') : null) })).toMatchObject({ ok: false, code: 'changed-meanwhile' });
      expect((await store.incidents.get(number))?.document).toBeNull();
      await store.incidents.addDocument(number, document, { unless: () => null });
      const about = { kind: 'incident', id: randomUUID() };
      const tokens: string[] = [];
      const send = (event: NewIncidentEvent, whom: readonly string[]) => store.incidents.appendWithLinks(number, [event], async (issue) => {
        for (const who of whom) tokens.push((await issue(who, MONDAY + 3 * MINUTE)).token);
        return whom.map((who) => ({ key: `${event.id} ${who}`, channel: 'email' as const, recipient: 'awa@example.org', subject: who, text: 'x', about }));
      });
      const told = act(MONDAY + 3 * MINUTE, { kind: 'told', rule: 'signature-links', moment: 'signature', level: 1, recipients: ['Awa'] });
      const is = async (): Promise<(string | boolean)[]> => Promise.all(tokens.map(async (token) => {
        const link = await store.incidents.signingLink(token, MONDAY + 3 * MINUTE);
        return link.ok ? link.person.name : link.code;
      }));
      expect(await send(told, [awa.id, ocm.id])).toMatchObject({ ok: true, appended: 1 });
      expect(await send(told, [awa.id, ocm.id])).toMatchObject({ ok: true, appended: 0 });
      expect(await is()).toEqual(['Awa', 'DSI']);
      expect(await send(act(MONDAY + 4 * MINUTE, told.body), [awa.id, other.id])).toMatchObject({ ok: false, code: 'not-a-signer' });
      // The link that was made before the refusal is as if it had not been.
      expect(await is()).toEqual(['Awa', 'DSI', 'unknown-link-to-sign']);
      expect([await store.notifications.list({ about }), (await store.incidents.get(number))?.timeline.filter(({ body }) => body.kind === 'told')].map((all) => all?.length)).toEqual([2, 1]);
      await store.notifications.cancel({ about });
      // It goes on after all: its report is no final one.
      await store.incidents.append(number, [act(MONDAY + 5 * MINUTE, { kind: 'reopened', reason: 'encore' })]);
      expect(await is()).toEqual(['changed-document', 'changed-document', 'unknown-link-to-sign']);
      expect((await store.incidents.get(number))?.document).toBeNull();
    });

    test('service that was back before somebody took note of it is told as of then', async () => {
      const number = await begin();
      await store.incidents.append(number, [act(MONDAY + 10 * MINUTE, { kind: 'acknowledged', note: '' }, 'Awa')]);
      expect(await store.incidents.append(number, [act(MONDAY + 6 * MINUTE, { kind: 'mitigated', note: '' }, 'Awa')])).toMatchObject({ ok: true, incident: { acknowledgedAtMs: MONDAY + 6 * MINUTE } });
      expect(await store.incidents.append(number, [act(MONDAY + 4 * MINUTE, { kind: 'resolved', note: '' }, 'Awa')])).toMatchObject({ ok: false, code: 'already-resolved' });
      expect(await store.incidents.append(number, [act(MONDAY + 8 * MINUTE, { kind: 'resolved', note: '' }, 'Awa')])).toMatchObject({ ok: true, incident: { state: 'resolved', acknowledgedAtMs: MONDAY + 6 * MINUTE, resolvedAtMs: MONDAY + 8 * MINUTE } });
      // Who takes note of it now hears that it is over.
      expect(await store.incidents.append(number, [act(MONDAY + 12 * MINUTE, { kind: 'acknowledged', note: '' }, 'Bello')])).toMatchObject({ ok: false, code: 'already-mitigated', by: 'Awa' });
    });

    test('subscribers hear of what changes, also through another connection', async () => {
      const other = await open();
      try {
        const heard: number[] = [];
        const ofSettings: boolean[] = [];
        const stop = store.incidents.subscribe(({ numbers, settings }) => {
          heard.push(...numbers);
          ofSettings.push(settings);
        }, { pollMs: 50 });
        await new Promise((resolve) => setTimeout(resolve, 200));
        const own = await begin();
        await expect.poll(() => heard, { timeout: 10_000 }).toContain(own);
        await other.incidents.append(own, [act(MONDAY + MINUTE, { kind: 'commented', text: 'ailleurs' })]);
        await expect.poll(() => heard.filter((number) => number === own).length, { timeout: 10_000 }).toBe(2);
        expect(ofSettings).not.toContain(true);
        await other.incidents.putDetector({ detector: randomUUID(), on: false, parameters: {} }, 'Chef');
        await expect.poll(() => ofSettings, { timeout: 10_000 }).toContain(true);
        stop();
        await other.incidents.append(own, [act(MONDAY + MINUTE, { kind: 'commented', text: 'encore' })]);
        expect((await store.incidents.get(own))?.comments).toHaveLength(2);
        expect(heard.filter((number) => number === own)).toHaveLength(2);
      } finally {
        await other.close();
      }
    });
  });
}

function fail(message: string): never {
  throw new Error(message);
}
