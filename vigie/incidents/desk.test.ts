import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { embeddedStoreOf } from '../../warehouse/operational/fixtures/embedded-store.ts';
import { smallCentre } from '../../warehouse/operational/fixtures/small-centre.ts';
import type { IncidentBody } from '../../warehouse/operational/incidents/events.ts';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { startDesk, type Desk } from './desk.ts';
import { virtualTime, type VirtualTime } from './fixtures/virtual-time.ts';

const MINUTE = 60_000;
const MONDAY = Date.parse('2026-03-02T09:00:00Z');
const AWA = { id: randomUUID(), name: 'Awa', email: 'awa@site.example', party: 'site', language: 'fr', conference: true, crisis: true } as const;
const OCM = { id: randomUUID(), name: 'OCM IT', email: 'it@ocm.example', party: 'client', language: 'en', conference: true, signs: true } as const;
const VENDOR = { id: randomUUID(), name: 'Vocalcom', email: 'help@vendor.example', party: 'vendor', language: 'fr' } as const;

let store: OperationalStore;
let time: VirtualTime;
const desks: Desk[] = [];
/** Each test has a week of its own, after what the tests before it have written. */
let week = 0;
/** The last change that a desk has heard of. */
let heard = 0;
beforeAll(async () => {
  ({ store } = await embeddedStoreOf('desk'));
  const rules = await store.incidents.rules();
  await store.incidents.putRules({ ...rules, contacts: [AWA, OCM, VENDOR] }, 'Awa');
  await store.incidents.putSettings({ ...(await store.incidents.settings()), conferencePlace: 'https://meet.example/ocm' }, 'Awa');
});
beforeEach(async () => {
  for (const desk of desks.splice(0)) await desk.end();
  time = virtualTime(MONDAY + (week += 1) * 7 * 24 * 60 * MINUTE);
  // Nothing runs from the test before.
  for (const { number, resolvedAtMs } of await store.incidents.list({ open: true })) if (resolvedAtMs === null) await store.incidents.append(number, [{ id: randomUUID(), atMs: time.clock.nowMs(), by: 'Awa', body: { kind: 'resolved', note: '' } }]);
});

function desk(clock = time.clock, append: OperationalStore['incidents']['append'] = (...args) => store.incidents.append(...args)): Desk {
  const { incidents: all } = store;
  const one = startDesk({
    incidents: { list: (options) => all.list(options), get: (number) => all.get(number), append, types: () => all.types(), rules: () => all.rules(), settings: () => all.settings(), appendWithLinks: (...args) => all.appendWithLinks(...args), subscribe: (listener) => all.subscribe((change) => {
      listener(change);
      heard = change.revision;
    }) },
    centre: () => smallCentre, clock, organizer: { name: 'Vigie', address: 'vigie@example.org' }, site: 'https://vigie.example', logger: pino({ enabled: false }),
  });
  desks.push(one);
  return one;
}
async function open(body: Partial<Extract<IncidentBody, { kind: 'opened' }>> = {}): Promise<number> {
  const opened = await store.incidents.open({ id: randomUUID(), atMs: time.clock.nowMs(), by: 'Awa', body: { kind: 'opened', type: 'power', severity: 1, title: 'Coupure', description: '', startedAt: null, affects: { tenants: ['ocm'], sites: ['douala'], queues: [], components: [] }, targetMinutes: 30, calendar: null, evidence: null, ...body } });
  if (!opened.ok) throw new Error(opened.reason);
  return opened.incident.number;
}
async function say(number: number, body: IncidentBody, how: { atMs?: number; by?: string } = {}): Promise<void> {
  time.pass(1000);
  const said = await store.incidents.append(number, [{ id: randomUUID(), atMs: time.clock.nowMs(), by: 'Awa', ...how, body }]);
  if (!said.ok) throw new Error(said.reason);
  const revision = await store.incidents.revision();
  await vi.waitFor(() => expect(heard).toBeGreaterThanOrEqual(revision), 5000);
  // Time stands until what follows is done: a look that was going on when it was heard has not seen it, the next one has.
  for (const one of desks) for (let look = 0; look < 2; look += 1) await one.tick();
}
/** Lives so many minutes, a look each minute, and after what was written at once. */
async function live(one: Desk, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    time.pass(MINUTE);
    await one.tick();
    await one.tick();
  }
}
/** Who was told what, in order: `recipient subject`. */
async function mails(number: number): Promise<string[]> {
  const all = await store.notifications.list({ about: { kind: 'incident', id: String(number) }, limit: 1000 });
  return all.toReversed().map(({ recipient, subject }) => `${recipient.split('@')[0] ?? ''} ${subject.split(' · ')[1] ?? ''}`);
}
async function get(number: number): Promise<Incident> {
  const incident = await store.incidents.get(number);
  if (!incident) throw new Error('no such incident');
  return incident;
}

describe('the desk', () => {
  test('a whole incident: exactly the right people are told exactly the right things at the right minute', async () => {
    const fromMs = time.clock.nowMs();
    const number = await open();
    const told: string[] = [];
    const one = desk(time.clock, async (incident, events, options) => {
      const minute = Math.floor((time.clock.nowMs() - fromMs) / MINUTE);
      told.push(...(options?.notifications ?? []).map(({ recipient, subject }) => `${minute} ${recipient.split('@')[0] ?? ''} ${subject.split(' · ')[1] ?? ''}`));
      return store.incidents.append(incident, events, options);
    });
    await one.tick();
    await live(one, 6);
    await say(number, { kind: 'acknowledged', note: '' });
    // The first hourly report of the cell, which opens after 60 minutes, is written in time; the second one is forgotten.
    await live(one, 104);
    await say(number, { kind: 'crisis-report', hour: 1, text: 'Le groupe électrogène est arrivé.' });
    await live(one, 75);
    await say(number, { kind: 'resolved', note: '' });
    await live(one, 2);
    await say(number, { kind: 'crisis-ended', note: '' });
    await say(number, { kind: 'closed', note: '' });
    await live(one, 2);
    // Of one minute in no order of its own: persons have random ids.
    const byMinute = (lines: string[]): string[] => lines.toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1));
    expect(byMinute(told)).toEqual(byMinute([
      '0 awa Incident ouvert',
      '5 awa Incident non pris en compte',
      '15 awa Le délai cible approche',
      '24 awa Le délai cible approche',
      '30 awa Délai cible dépassé', '30 help Délai cible dépassé', '30 it Target passed',
      '60 awa Invitation à la conférence', '60 it Invitation to the conference',
      '60 it Crisis cell opened', '60 awa Vous êtes de la cellule de crise',
      '110 awa Rapport horaire à rendre',
      '170 awa Rapport horaire à rendre',
      '180 awa Rapport horaire manquant',
      '185 awa Retour à la normale', '185 it Back to normal', '185 help Retour à la normale',
      '187 awa Incident clos', '187 it Incident closed',
    ]));
    expect(await mails(number)).toEqual(told.map((line) => line.slice(line.indexOf(' ') + 1)));
    const incident = await get(number);
    expect(incident.breachNotedAtMs).toBe(fromMs + 30 * MINUTE);
    expect(incident.timeline.flatMap(({ body }) => (body.kind === 'told' && body.moment === 'opened' ? body.recipients : []))).toEqual(['Awa']);
  }, 60_000);

  test('a target counts in the hours of its calendar alone; the clock of the conference does not wait for them', async () => {
    const fromMs = time.clock.nowMs();
    // Monday 10:00 in Douala; nobody works from 12:00 to 13:00.
    const number = await open({ calendar: 'jours-ouvres', targetMinutes: 180 });
    const one = desk();
    await one.tick();
    await live(one, 239);
    expect((await get(number)).breachNotedAtMs).toBeNull();
    await live(one, 1);
    const { breachNotedAtMs, timeline, conferences } = await get(number);
    const minute = (ms: number | null | undefined): number => ((ms ?? 0) - fromMs) / MINUTE;
    expect(timeline.flatMap(({ body, atMs }) => (body.kind === 'warned' ? minute(atMs) : []))).toEqual([90, 204]);
    expect([minute(breachNotedAtMs), minute(conferences[0]?.calledAtMs)]).toEqual([240, 60]);
  }, 60_000);

  test('the invitation has an iCalendar file for all who are invited, at the place that is configured', async () => {
    const number = await open();
    time.pass(60 * MINUTE);
    await desk().tick();
    const [taken] = (await store.notifications.take(200, Date.now() + 1000, { leaseMs: MINUTE, reachable: { email: true, webhooks: [] } })).filter(({ subject }) => subject.includes(`no. ${number} · Invitation`));
    const content = taken?.content;
    const file = content?.channel === 'email' ? content.attachments[0] : undefined;
    expect(file?.type).toBe('text/calendar; charset=utf-8; method=REQUEST');
    const text = Buffer.from(file?.content ?? []).toString('utf8').replaceAll('\r\n ', '');
    expect(text).toContain(`DTSTART:${new Date(time.clock.nowMs() + 15 * MINUTE).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`);
    expect(text).toContain('LOCATION:https://meet.example/ocm');
    expect([...text.matchAll(/^ATTENDEE.*mailto:(.*)\r$/gm)].map(([, address]) => address)).toEqual([AWA.email, OCM.email]);
    // The incident's page is not for outside.
    expect(content?.channel === 'email' && content.text).not.toContain(`/incidents/${number}`);
  });

  test('of what touches another client alone a client hears nothing, by a rule or by the procedure', async () => {
    const rules = await store.incidents.rules();
    const put = async (tenant: string | null): Promise<void> => {
      const { version } = await store.incidents.rules();
      await store.incidents.putRules({ ...rules, version, contacts: [AWA, { ...OCM, tenant }, VENDOR] }, 'Awa');
    };
    await put('ocm');
    const one = desk();
    await one.tick();
    const [own, theirs] = [await open(), await open({ affects: { tenants: ['sereno'], sites: [], queues: [], components: [] } })];
    for (const number of [own, theirs]) await say(number, { kind: 'commented', text: 'ouvert' });
    await live(one, 61);
    await say(own, { kind: 'resolved', note: '' });
    await say(theirs, { kind: 'resolved', note: '' });
    await live(one, 1);
    expect((await mails(own)).filter((mail) => mail.startsWith('it '))).toEqual(['it Target passed', 'it Invitation to the conference', 'it Crisis cell opened', 'it Back to normal']);
    expect((await mails(theirs)).filter((mail) => !mail.startsWith('awa ') && !mail.startsWith('help '))).toEqual([]);
    expect((await get(theirs)).conferences).toHaveLength(1);
    await put(null);
  }, 60_000);

  test('a setting that changes while the desk reads the settings holds', async () => {
    const number = await open({ targetMinutes: 100 });
    const { incidents: all } = store;
    let changes = 1;
    const one = startDesk({
      incidents: {
        list: (options) => all.list(options), get: (number_) => all.get(number_), append: (...args) => all.append(...args), appendWithLinks: (...args) => all.appendWithLinks(...args), types: () => all.types(), rules: () => all.rules(),
        async settings() {
          const read = await all.settings();
          if (changes > 0) {
            changes -= 1;
            await all.putSettings({ ...read, warnShares: [0.1] }, 'Awa');
            const revision = await all.revision();
            await vi.waitFor(() => expect(heard).toBeGreaterThanOrEqual(revision), 5000);
          }
          return read;
        },
        subscribe: (listener) => all.subscribe((change) => {
          listener(change);
          heard = change.revision;
        }),
      },
      centre: () => smallCentre, clock: time.clock, organizer: { name: 'Vigie', address: 'vigie@example.org' }, site: 'https://vigie.example', logger: pino({ enabled: false }),
    });
    desks.push(one);
    await one.tick();
    await live(one, 11);
    expect((await get(number)).warnedShares).toEqual([0.1]);
    await all.putSettings({ ...(await all.settings()), warnShares: [0.5, 0.8] }, 'Awa');
  });

  test('who has not signed is reminded by a link that is good, to the page for outside; two desks at once send one', async () => {
    const number = await open();
    const { incidents } = store;
    const persons = [AWA, OCM].map(({ id, name, email, party, language }) => ({ id, name, email, party, language, role: '', signs: true }));
    time.pass(MINUTE);
    await incidents.append(number, [...persons.map((person) => ({ id: randomUUID(), atMs: time.clock.nowMs(), by: 'Awa', body: { kind: 'person-added' as const, person } })), { id: randomUUID(), atMs: time.clock.nowMs(), by: 'Awa', body: { kind: 'resolved', note: '' } }]);
    const made = await incidents.addDocument(number, { name: 'rapport.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF'), by: 'Awa', atMs: time.clock.nowMs(), signers: persons.map(({ id }) => id) });
    const [one, two] = [desk(), desk(time.another())];
    await Promise.all([one.tick(), two.tick()]);
    time.pass(3 * 24 * 60 * MINUTE);
    await Promise.all([one.tick(), two.tick()]);
    await Promise.all([two.tick(), one.tick()]);
    const reminders = (await store.notifications.take(500, Date.now() + 1000, { leaseMs: MINUTE, reachable: { email: true, webhooks: [] } })).filter(({ subject, about }) => about?.id === String(number) && /Rapport à signer|Report to be signed/.test(subject));
    expect(reminders.map(({ recipient }) => recipient).toSorted()).toEqual([AWA.email, OCM.email]);
    for (const { content, recipient, expiresMs, createdMs } of reminders) {
      const token = content.channel === 'email' ? /https:\/\/vigie\.example\/sign\/(?<token>[\w-]{43})\s/.exec(content.text)?.groups?.['token'] : undefined;
      expect(await incidents.signingLink(token ?? '', time.clock.nowMs())).toMatchObject({ ok: true, person: { email: recipient }, sha256: made.ok ? made.sha256 : '' });
      // Nobody wants a mail whose link has expired.
      expect(Math.abs((expiresMs ?? 0) - createdMs - 14 * 24 * 60 * MINUTE)).toBeLessThan(MINUTE);
    }
  });

  test('a conference that a person calls invites who takes part, once, with its file', async () => {
    const number = await open({ targetMinutes: 300 });
    const one = desk();
    await one.tick();
    const guest = { id: randomUUID(), name: 'Opérateur', email: 'guest@carrier.example', party: 'vendor', role: '', language: 'fr', signs: false } as const;
    await say(number, { kind: 'person-added', person: guest });
    await say(number, { kind: 'conference-called', conference: randomUUID(), startsAt: new Date(time.clock.nowMs() + 30 * MINUTE).toISOString(), place: '+237 1', participants: [guest.id] });
    expect(await mails(number)).toEqual(['awa Incident ouvert', 'guest Invitation à la conférence', 'awa Conférence convoquée', 'it Conference called']);
    const [taken] = (await store.notifications.take(200, Date.now() + 1000, { leaseMs: MINUTE, reachable: { email: true, webhooks: [] } })).filter(({ subject }) => subject.includes(` ${number} · Invitation à`));
    const content = taken?.content;
    expect(content?.channel === 'email' && Buffer.from(content.attachments[0]?.content ?? []).toString('utf8')).toContain('mailto:guest@carrier.example');
  });

  test('a breach that passed when the condition was over already is taken back, from whoever was told', async () => {
    const fromMs = time.clock.nowMs();
    const number = await open();
    const one = desk();
    await one.tick();
    await live(one, 32);
    expect((await get(number)).breachNotedAtMs).toBe(fromMs + 30 * MINUTE);
    const before = (await mails(number)).length;
    await say(number, { kind: 'resolved', note: '' }, { atMs: fromMs + 29 * MINUTE, by: 'vigie' });
    expect(await get(number)).toMatchObject({ state: 'resolved', breachNotedAtMs: null });
    expect((await mails(number)).slice(before).toSorted()).toEqual(['awa Dépassement retiré', 'awa Retour à la normale', 'help Dépassement retiré', 'help Retour à la normale', 'it Back to normal', 'it Breach withdrawn']);
    expect((await get(number)).timeline.flatMap(({ body }) => (body.kind === 'remarked' ? [body.textEn] : []))).toEqual([expect.stringContaining('Awa, OCM IT, Vocalcom')]);
  });

  test('two desks at once do nothing twice', async () => {
    const number = await open();
    const [one, two] = [desk(), desk(time.another())];
    for (let quarter = 0; quarter < 6; quarter += 1) {
      time.pass(15 * MINUTE);
      await Promise.all([one.tick(), two.tick()]);
      await Promise.all([two.tick(), one.tick()]);
    }
    expect((await mails(number)).toSorted()).toEqual([
      'awa Délai cible dépassé', 'awa Incident non pris en compte', 'awa Incident non pris en compte', 'awa Incident ouvert', 'awa Invitation à la conférence', 'awa Le délai cible approche', 'awa Le délai cible approche',
      'awa Vous êtes de la cellule de crise', 'help Délai cible dépassé', 'help Incident non pris en compte', 'it Crisis cell opened', 'it Invitation to the conference', 'it Target passed',
    ]);
    const incident = await get(number);
    for (const kind of ['breached', 'conference-called', 'crisis-opened'] as const) expect([kind, incident.timeline.filter(({ body }) => body.kind === kind).length]).toEqual([kind, 1]);
  });

  test('a desk whose word got lost after it was written tells nobody twice', async () => {
    const number = await open();
    let lost = 0;
    const one = desk(time.clock, async (...args) => {
      await store.incidents.append(...args);
      if (args[0] === number) lost += 1;
      throw new Error('the connection broke after the commit');
    });
    await one.tick();
    expect(lost).toBe(1);
    await one.end();
    const two = desk();
    await two.tick();
    await live(two, 2);
    expect(await mails(number)).toEqual(['awa Incident ouvert']);
  });

  test('an incident that cannot be handled keeps nobody from the others', async () => {
    const [broken, other] = [await open(), await open()];
    const one = desk(time.clock, (number, ...rest) => (number === broken ? Promise.reject(new Error('it cannot be written')) : store.incidents.append(number, ...rest)));
    await one.tick();
    expect(await mails(other)).toEqual(['awa Incident ouvert']);
    expect(await mails(broken)).toEqual([]);
    // Who watches from outside is told.
    expect(one.doneAtMs()).toBeNull();
  });

  test.each([['forwards', 8 * 60 * MINUTE], ['backwards', -8 * 60 * MINUTE]])("a wall's clock that jumps %s changes no breach, and stands in the log", async (_, byMs) => {
    const fromMs = time.clock.nowMs();
    const number = await open();
    const one = desk();
    await one.tick();
    await live(one, 10);
    time.jump(byMs);
    await live(one, 19);
    expect((await get(number)).breachNotedAtMs).toBeNull();
    await live(one, 1);
    const incident = await get(number);
    expect(incident.breachNotedAtMs).toBe(fromMs + 30 * MINUTE);
    expect(incident.comments.map(({ by, text }) => [by, text.includes(`${byMs / 1000} s`)])).toEqual([['vigie', true]]);
    // With nothing that runs, the wall's time is taken over, but not before what is written.
    await say(number, { kind: 'resolved', note: '' });
    await one.tick();
    await one.tick();
    // Not before what is written.
    expect(time.clock.nowMs()).toBe(byMs > 0 ? time.another().nowMs() : fromMs + 30 * MINUTE + 1000);
  });

  test('at rest it asks the store for nothing', async () => {
    const number = await open({ targetMinutes: 300 });
    let asked = 0;
    const one = desk();
    await one.tick();
    await live(one, 1);
    // What it wrote itself it hears of too.
    const revision = await store.incidents.revision();
    await vi.waitFor(() => expect(heard).toBeGreaterThanOrEqual(revision), 5000);
    for (let look = 0; look < 2; look += 1) await one.tick();
    const { list, get: getOne } = store.incidents;
    Object.assign(store.incidents, { list: (...args: Parameters<typeof list>) => ((asked += 1), list.apply(store.incidents, args)), get: (...args: Parameters<typeof getOne>) => ((asked += 1), getOne.apply(store.incidents, args)) });
    for (let second = 0; second < 100; second += 1) {
      time.pass(1000);
      await one.tick();
    }
    Object.assign(store.incidents, { list, get: getOne });
    expect(asked).toBe(0);
    expect((await get(number)).open).toBe(true);
  });
});
