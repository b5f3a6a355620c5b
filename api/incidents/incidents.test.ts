import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { HOSTILE } from '../fixtures/hostile.ts';
import { pino } from 'pino';
import { smallCentre } from '../../warehouse/operational/fixtures/small-centre.ts';
import { openDirectory } from '../directory.ts';
import { perform } from './acts/perform.ts';
import { createIncidentLoaders } from './loaders.ts';
import { page } from './queries.ts';
import { openIncidentWork } from './work.ts';
import { MINUTE, MONDAY, serveIncidents, type ServedIncidents } from './fixtures/served.ts';

let given: ServedIncidents;
beforeAll(async () => { given = await serveIncidents(); });
afterAll(() => given.close());

const RESULT = '__typename ... on IncidentActDone { id incident { number state revision } } ... on IncidentActRefused { code reason(language: fr) by at incident { number state } }';
const act = async (field: string, variables?: Record<string, unknown>, head = ''): Promise<unknown> => Object.values(await given.ask(`mutation M${head} { ${field} { ${RESULT} } }`, variables))[0];
const shown = async (number: number, fields: string): Promise<unknown> => (await given.ask(`{ incident(number: ${number}) { ${fields} } }`))['incident'];
const atMinute = (minute: number): void => { given.clock.ms = MONDAY + minute * MINUTE; };

describe('one incident', () => {
  test('lives from its detection to its end, and tells it in words', async () => {
    atMinute(0);
    const number = await given.open('affects: { tenants: ["ocm"], queues: ["101"], components: [{ component: "sql" }, { component: "hermes", share: 0.5 }] } startedAt: "2026-03-02T07:58:00Z"');
    expect(await shown(number, 'state open type typeLabel(language: en) severity title openedBy detector startedAt detectedAt targetMinutes acts affects { tenants queues components { component share } } conferenceDueAt clock { state targetMs leftMs dueAt breachedAt }')).toEqual({
      state: 'DETECTED', open: true, type: 'service-stopped', typeLabel: 'A service has stopped (SQL, Onnet32 Slave)', severity: 'CRITICAL', title: 'SQL ne répond plus', openedBy: 'local', detector: null,
      startedAt: '2026-03-02T07:58:00.000Z', detectedAt: '2026-03-02T08:00:00.000Z', targetMinutes: 15, conferenceDueAt: '2026-03-02T09:00:00.000Z',
      acts: ['ACKNOWLEDGE', 'MITIGATE', 'RESOLVE', 'PAUSE_CLOCK', 'OPEN_CRISIS', 'DECLARE_LONG_INTERRUPTION'],
      affects: { tenants: ['ocm'], queues: ['101'], components: [{ component: 'sql', share: 1 }, { component: 'hermes', share: 0.5 }] },
      clock: { state: 'RUNNING', targetMs: 15 * MINUTE, leftMs: 15 * MINUTE, dueAt: '2026-03-02T08:15:00.000Z', breachedAt: null },
    });
    atMinute(5);
    expect(await act(`acknowledgeIncident(incident: ${number}, at: "2026-03-02T08:03:00Z", note: "j'y suis")`)).toMatchObject({ __typename: 'IncidentActDone', incident: { state: 'ACKNOWLEDGED', revision: 2 } });
    expect(await act(`pauseIncidentClock(incident: ${number}, reason: "attente de l'éditeur")`)).toMatchObject({ __typename: 'IncidentActDone' });
    atMinute(10);
    expect(await act(`resumeIncidentClock(incident: ${number})`)).toMatchObject({ __typename: 'IncidentActDone' });
    expect(await shown(number, 'clock { state usedMs leftMs dueAt } pauses { from to reason }')).toEqual({
      clock: { state: 'RUNNING', usedMs: 5 * MINUTE, leftMs: 10 * MINUTE, dueAt: '2026-03-02T08:20:00.000Z' },
      pauses: [{ from: '2026-03-02T08:05:00.000Z', to: '2026-03-02T08:10:00.000Z', reason: "attente de l'éditeur" }],
    });
    const person = randomUUID();
    expect(await act(`addIncidentPerson(incident: ${number}, person: { id: "${person}", name: "Awa", party: CLIENT, email: "awa@ocm.example", signs: true })`)).toMatchObject({ id: person });
    const conference = await act(`callConference(incident: ${number}, startsAt: "2026-03-02T08:30:00Z", place: "+33 1 23", participants: ["${person}"])`);
    const conferenceId = /"id":"([^"]+)"/.exec(JSON.stringify(conference))?.[1];
    atMinute(40);
    expect(await act(`holdConference(incident: ${number}, conference: "${conferenceId}", minutes: "Décidé de redémarrer", participants: ["${person}"])`)).toMatchObject({ __typename: 'IncidentActDone' });
    atMinute(41);
    expect(await act(`resolveIncident(incident: ${number})`)).toMatchObject({ incident: { state: 'RESOLVED' } });
    expect(await shown(number, 'conferenceDueAt clock { state breachedAt } conferences { place participants { name } minutes } acts')).toEqual({
      conferenceDueAt: null, clock: { state: 'STOPPED', breachedAt: '2026-03-02T08:20:00.000Z' }, acts: ['REOPEN', 'CLOSE', 'DECLARE_LONG_INTERRUPTION'],
      conferences: [{ place: '+33 1 23', participants: [{ name: 'Awa' }], minutes: 'Décidé de redémarrer' }],
    });
    atMinute(42);
    expect(await act(`reopenIncident(incident: ${number}, reason: "rechute")`)).toMatchObject({ incident: { state: 'ACKNOWLEDGED' } });
    atMinute(43);
    expect(await act(`resolveIncident(incident: ${number})`)).toMatchObject({ incident: { state: 'RESOLVED' } });
    expect(await act(`closeIncident(incident: ${number})`)).toMatchObject({ incident: { state: 'CLOSED' } });
    expect(await shown(number, 'open reopenings { reason } timeline { kind at by fr: words(language: fr) en: words(language: en, zone: "Europe/Paris") }')).toMatchObject({
      open: false, reopenings: [{ reason: 'rechute' }],
      timeline: [
        { kind: 'OPENED', by: 'local', fr: 'Incident ouvert : SQL ne répond plus (gravité 1, délai cible 15 min)' }, { kind: 'ACKNOWLEDGED', at: '2026-03-02T08:03:00.000Z', fr: "Pris en compte – j'y suis" }, { kind: 'CLOCK_PAUSED' },
        { kind: 'CLOCK_RESUMED' }, { kind: 'PERSON_ADDED', fr: 'Awa ajouté (client)' }, { kind: 'CONFERENCE_CALLED', en: 'Conference called for 02/03/2026, 09:30, +33 1 23 – Awa' }, { kind: 'CONFERENCE_HELD' }, { kind: 'RESOLVED' }, { kind: 'REOPENED' }, { kind: 'RESOLVED' }, { kind: 'CLOSED' },
      ],
    });
  });

  test('an act that was sent twice is done once, and one that makes no sense is refused with who was faster', async () => {
    atMinute(100);
    const id = randomUUID();
    const opening = `openIncident(id: "${id}", type: "power", title: "Coupure")`;
    const [first, second] = [await act(opening), await act(opening)];
    expect(second).toEqual(first);
    const number = Number(/"number":(\d+)/.exec(JSON.stringify(first))?.[1]);
    const comment = `commentIncident(incident: ${number}, id: "${randomUUID()}", text: "groupe démarré")`;
    await act(comment);
    await act(comment);
    expect(await shown(number, 'comments { text by } timeline { kind }')).toEqual({ comments: [{ text: 'groupe démarré', by: 'local' }], timeline: [{ kind: 'OPENED' }, { kind: 'COMMENTED' }] });
    atMinute(101);
    const acknowledge = `acknowledgeIncident(incident: ${number}, id: "${randomUUID()}")`;
    expect(await act(acknowledge)).toMatchObject({ __typename: 'IncidentActDone' });
    expect(await act(acknowledge)).toMatchObject({ __typename: 'IncidentActDone' });
    expect(await act(`acknowledgeIncident(incident: ${number})`)).toEqual({ __typename: 'IncidentActRefused', code: 'already-acknowledged', reason: "L'incident est déjà pris en compte.", by: 'local', at: '2026-03-02T09:41:00.000Z', incident: { number, state: 'ACKNOWLEDGED' } });
    expect(await act(`resolveIncident(incident: ${number}, at: "2026-03-02T09:43:00Z")`)).toMatchObject({ code: 'in-the-future' });
    expect(await act(`resolveIncident(incident: ${number}, at: "2026-03-02T09:00:00Z")`)).toMatchObject({ code: 'before-detection' });
    expect(await act(`commentIncident(incident: ${number}, id: "x", text: "y")`)).toMatchObject({ code: 'invalid', reason: "Ce qui a été saisi n'est pas valable (id: uuid)." });
    expect(await act('acknowledgeIncident(incident: 999999)')).toMatchObject({ code: 'unknown-incident', incident: null });
    expect(await act('openIncident(type: "nope", title: "x")')).toMatchObject({ code: 'unknown-type' });
  });

  test('the crisis cell has a report due each hour', async () => {
    atMinute(199);
    const number = await given.open();
    const person = randomUUID();
    await act(`addIncidentPerson(incident: ${number}, person: { id: "${person}", name: "Paul", party: SITE })`);
    atMinute(200);
    expect(await act(`openCrisis(incident: ${number}, members: ["${person}"])`)).toMatchObject({ __typename: 'IncidentActDone' });
    expect(await act(`openCrisis(incident: ${number}, members: [])`)).toMatchObject({ code: 'crisis-open' });
    atMinute(260);
    expect(await act(`writeCrisisReport(incident: ${number}, hour: 1, text: "rien de neuf")`)).toMatchObject({ __typename: 'IncidentActDone' });
    expect(await act(`writeCrisisReport(incident: ${number}, hour: 1, text: "autre")`)).toMatchObject({ code: 'already-done', by: 'local' });
    atMinute(400);
    expect(await act(`writeCrisisReport(incident: ${number}, hour: 2, text: "en retard")`)).toMatchObject({ __typename: 'IncidentActDone' });
    expect(await act(`addIncidentAction(incident: ${number}, list: PLAN, text: "second lien", owner: "Paul", dueAt: "2026-03-02T13:00:00Z")`)).toMatchObject({ __typename: 'IncidentActDone' });
    expect(await shown(number, 'crisis { members { name } overdueReports nextReportDueAt reports { hour state dueAt text } } actions { text overdue }')).toEqual({
      crisis: {
        members: [{ name: 'Paul' }], overdueReports: 1, nextReportDueAt: '2026-03-02T15:20:00.000Z',
        reports: [{ hour: 4, state: 'NEXT', dueAt: '2026-03-02T15:20:00.000Z', text: null }, { hour: 3, state: 'OVERDUE', dueAt: '2026-03-02T14:20:00.000Z', text: null }, { hour: 2, state: 'LATE', dueAt: '2026-03-02T13:20:00.000Z', text: 'en retard' }, { hour: 1, state: 'WRITTEN', dueAt: '2026-03-02T12:20:00.000Z', text: 'rien de neuf' }],
      },
      actions: [{ text: 'second lien', overdue: true }],
    });
  });

  test('a long interruption is a procedure of steps', async () => {
    atMinute(500);
    const number = await given.open();
    expect(await act(`finishInterruptionStep(incident: ${number}, step: "people-safe")`)).toMatchObject({ code: 'no-long-interruption' });
    await act(`declareLongInterruption(incident: ${number}, cause: FIRE)`);
    expect(await act(`finishInterruptionStep(incident: ${number}, step: "people-safe", note: "tous dehors")`)).toMatchObject({ __typename: 'IncidentActDone' });
    expect(await act(`finishInterruptionStep(incident: ${number}, step: "nope")`)).toMatchObject({ code: 'unknown-step' });
    atMinute(510);
    await act(`reportProgress(incident: ${number}, text: "site évacué")`);
    const { longInterruption } = JSON.parse(JSON.stringify(await shown(number, 'longInterruption { cause progressDueAt progress { text } steps { step phase label(language: fr) doneAt note overdue } }')));
    expect(longInterruption).toMatchObject({ cause: 'FIRE', progressDueAt: '2026-03-02T20:30:00.000Z', progress: [{ text: 'site évacué' }] });
    expect(longInterruption.steps).toHaveLength(16);
    expect(longInterruption.steps[0]).toMatchObject({ step: 'people-safe', phase: 'SAFETY', note: 'tous dehors', overdue: false });
  });
});

describe('two people at once', () => {
  test('an act comes after all that is written, however fast it follows', async () => {
    atMinute(550);
    const number = await given.open();
    for (let turn = 0; turn < 3; turn++) {
      expect(await act(`resolveIncident(incident: ${number})`)).toMatchObject({ incident: { state: 'RESOLVED' } });
      expect(await act(`reopenIncident(incident: ${number}, reason: "non")`)).toMatchObject({ incident: { state: 'ACKNOWLEDGED' } });
    }
  });

  test('on one incident lose nothing', async () => {
    atMinute(600);
    const number = await given.open();
    await Promise.all(Array.from({ length: 8 }, (_, index) => act(`commentIncident(incident: ${number}, text: "de ${index}")`)));
    const outcomes = await Promise.all([act(`resolveIncident(incident: ${number})`), act(`resolveIncident(incident: ${number})`)]);
    expect(outcomes.map((outcome) => JSON.stringify(outcome).includes('already-resolved')).toSorted()).toEqual([false, true]);
    const { comments } = JSON.parse(JSON.stringify(await shown(number, 'comments { text }')));
    expect(comments.map(({ text }: { text: string }) => text).toSorted()).toEqual(Array.from({ length: 8 }, (_, index) => `de ${index}`));
  });

  test('who changes the same thing, or writes the same report, in the same moment: one of them is told', async () => {
    atMinute(610);
    const number = await given.open();
    await act(`openCrisis(incident: ${number}, members: [])`);
    atMinute(671);
    const both = async (first: string, second: string): Promise<string[]> => (await Promise.all([act(first), act(second)])).map((outcome) => /"code":"([^"]+)"/.exec(JSON.stringify(outcome))?.[1] ?? 'done').toSorted();
    expect(await both(`changeIncident(incident: ${number}, seen: 2, title: "un")`, `changeIncident(incident: ${number}, seen: 2, title: "deux")`)).toEqual(['changed-meanwhile', 'done']);
    expect(await both(`writeCrisisReport(incident: ${number}, hour: 1, text: "un")`, `writeCrisisReport(incident: ${number}, hour: 1, text: "deux")`)).toEqual(['already-done', 'done']);
    // No report is written of an hour that has not begun.
    expect(await act(`writeCrisisReport(incident: ${number}, hour: 2000000000, text: "loin")`)).toMatchObject({ code: 'invalid' });
    expect(await act(`writeCrisisReport(incident: ${number}, hour: 2, text: "en avance")`)).toMatchObject({ __typename: 'IncidentActDone' });
  });

  test('who changes what somebody else has changed is shown the newest version', async () => {
    const number = await given.open();
    expect(await act(`changeIncident(incident: ${number}, seen: 1, title: "SQL et Hermès")`)).toMatchObject({ __typename: 'IncidentActDone' });
    expect(await act(`changeIncident(incident: ${number}, seen: 1, title: "autre titre")`)).toMatchObject({ code: 'changed-meanwhile', by: 'local' });
    // Another field is nobody's loss.
    expect(await act(`changeIncident(incident: ${number}, seen: 1, severity: MAJOR)`)).toMatchObject({ __typename: 'IncidentActDone' });
    expect(await act(`changeIncident(incident: ${number})`)).toMatchObject({ code: 'nothing' });
    expect(await shown(number, 'title severity')).toEqual({ title: 'SQL et Hermès', severity: 'MAJOR' });
    const rex = (basedOn: string | null): Promise<unknown> => act(`writeRex(incident: ${number}, basedOn: ${JSON.stringify(basedOn)}, causes: "disque")`);
    const [first, second] = await Promise.all([rex(null), rex(null)]);
    expect([first, second].map((outcome) => JSON.stringify(outcome).includes('changed-meanwhile')).toSorted()).toEqual([false, true]);
    const { rex: { version } } = JSON.parse(JSON.stringify(await shown(number, 'rex { version causes }')));
    expect(await rex(version)).toMatchObject({ __typename: 'IncidentActDone' });
    expect(await act(`approveRex(incident: ${number})`)).toMatchObject({ __typename: 'IncidentActDone' });
    const comment = /"id":"([^"]+)"/.exec(JSON.stringify(await act(`commentIncident(incident: ${number}, text: "un")`)))?.[1];
    const { revision } = JSON.parse(JSON.stringify(await shown(number, 'revision')));
    expect(await act(`editIncidentComment(incident: ${number}, comment: "${comment}", seen: ${revision}, text: "deux")`)).toMatchObject({ __typename: 'IncidentActDone' });
    expect(await act(`editIncidentComment(incident: ${number}, comment: "${comment}", seen: ${revision}, text: "trois")`)).toMatchObject({ code: 'changed-meanwhile' });
    expect(await shown(number, 'comments { text editedBy earlier { text } }')).toEqual({ comments: [{ text: 'deux', editedBy: 'local', earlier: [{ text: 'un' }] }] });
  });
});

describe('lists and settings', () => {
  test('incidents are filtered, and read page by page', async () => {
    const data = await given.ask('{ all: incidents(first: 2) { at before incidents { number } } closed: incidents(open: false) { incidents { state } } power: incidents(type: "power") { incidents { title } } major: incidents(severity: MAJOR, from: "2026-03-02T08:00:00Z", to: "2027-01-01T00:00:00Z") { incidents { severity } } none: incidents(to: "2026-01-01T00:00:00Z") { incidents { number } } }');
    expect(data).toMatchObject({ closed: { incidents: [{ state: 'CLOSED' }] }, power: { incidents: [{ title: 'Coupure' }] }, major: { incidents: [{ severity: 'MAJOR' }] }, none: { incidents: [] } });
    const { all } = JSON.parse(JSON.stringify(data));
    expect(all.incidents).toHaveLength(2);
    expect(await given.ask(`{ incidents(first: 1, before: ${all.before}) { incidents { number } } }`)).toEqual({ incidents: { incidents: [{ number: all.before - 1 }] } });
  });

  test('a list loads what its incidents need once', async () => {
    const [types, notifications, gets] = [vi.spyOn(given.store.incidents, 'types'), vi.spyOn(given.store.notifications, 'listAbout'), vi.spyOn(given.store.incidents, 'get')];
    await given.store.notifications.queue([{ key: 'n1', channel: 'email', recipient: 'a@b.example', subject: 'Panne', text: 'x', about: { kind: 'incident', id: '1' } }]);
    const data = await given.ask('{ incidents(first: 5) { incidents { typeLabel(language: fr) clock { dueAt } conferenceDueAt rexDueAt crisis { overdueReports } notifications { subject } } } incident(number: 1) { notifications { subject state incident } } types: incidentTypes { slug label(language: fr) } }');
    expect(data['incident']).toEqual({ notifications: [{ subject: 'Panne', state: 'DUE', incident: 1 }] });
    expect([types.mock.calls.length, gets.mock.calls.length, notifications.mock.calls.length]).toEqual([1, 1, expect.any(Number)]);
    expect(notifications.mock.calls.length).toBeLessThanOrEqual(2);
    vi.restoreAllMocks();
  });

  test('the catalogue and the rules are changed by whoever has read them', async () => {
    const type = { slug: 'badge', version: 0, labelFr: 'Badge', labelEn: 'Badge', causesFr: 'c', causesEn: 'c', solutionFr: 's', solutionEn: 's', targetMinutes: 45, severity: 'MINOR', affects: { components: [{ component: 'crm', share: 0.5 }] } };
    const put = (given_: object): Promise<Record<string, unknown>> => given.ask('mutation P($type: IncidentTypeInput!) { putIncidentType(type: $type) { __typename ... on SettingKept { version } ... on SettingRefused { code reason(language: en) by } } }', { type: given_ });
    expect(await put(type)).toEqual({ putIncidentType: { __typename: 'SettingKept', version: 1 } });
    expect(await put(type)).toMatchObject({ putIncidentType: { code: 'changed-meanwhile', by: 'local' } });
    expect(await put({ ...type, slug: 'É' })).toMatchObject({ putIncidentType: { code: 'invalid', reason: expect.stringContaining('slug') } });
    expect(JSON.stringify(await given.ask('{ incidentTypes { slug label(language: fr) causes(language: en) solution(language: fr) targetMinutes version } }'))).toContain('{"slug":"badge","label":"Badge","causes":"c","solution":"s","targetMinutes":45,"version":1}');

    const contact = randomUUID();
    const rules = {
      version: 0, contacts: [{ id: contact, name: 'Awa', party: 'CLIENT', tenant: 'ocm', email: 'awa@ocm.example' }], onCall: [{ id: 'nuits', label: 'Nuits', zone: 'Africa/Douala', shifts: [{ weekday: 1, from: '20:00', to: '08:00', contact }] }],
      rules: [{ id: 'opened', labelFr: 'Ouvert', labelEn: 'Opened', moment: 'OPENED', recipients: [{ kind: 'CONTACT', contact }, { kind: 'ON_CALL', calendar: 'nuits' }, { kind: 'PARTY', party: 'SITE' }, { kind: 'INVOLVED' }, { kind: 'WEBHOOK', webhook: 'salle' }] }],
    };
    const putRules = (value: object): Promise<Record<string, unknown>> => given.ask('mutation P($rules: IncidentRulesInput!) { putIncidentRules(rules: $rules) { ... on SettingKept { version } ... on SettingRefused { code reason(language: fr) } } }', { rules: value });
    expect(await putRules({ ...rules, onCall: [] })).toMatchObject({ putIncidentRules: { code: 'invalid' } });
    expect(await putRules(rules)).toEqual({ putIncidentRules: { version: 1 } });
    expect(await given.ask('{ incidentRules { version contacts { name email tenant } onCall { id zone shifts { weekday from to contact } } rules { id label(language: en) moment recipients { kind contact calendar party webhook } } } }')).toEqual({ incidentRules: {
      version: 1, contacts: [{ name: 'Awa', email: 'awa@ocm.example', tenant: 'ocm' }], onCall: [{ id: 'nuits', zone: 'Africa/Douala', shifts: [{ weekday: 1, from: '20:00', to: '08:00', contact }] }],
      rules: [{ id: 'opened', label: 'Opened', moment: 'OPENED', recipients: [
        { kind: 'CONTACT', contact, calendar: null, party: null, webhook: null }, { kind: 'ON_CALL', contact: null, calendar: 'nuits', party: null, webhook: null }, { kind: 'PARTY', contact: null, calendar: null, party: 'SITE', webhook: null },
        { kind: 'INVOLVED', contact: null, calendar: null, party: null, webhook: null }, { kind: 'WEBHOOK', contact: null, calendar: null, party: null, webhook: 'salle' },
      ] }],
    } });
  });

  test("the procedure's times change without the targets of components, which change only when they are given", async () => {
    const times = { warnShares: [0.5], conferenceMinutes: 45, conferencePlace: 'pont', conferenceStartsAfterMinutes: 10, conferenceLastsMinutes: 30, crisisMinutes: 60, reportMinutes: 60, reportReminderMinutes: 10, rexDays: 7, signatureDays: 14, signatureReminders: 4, signatureReminderDays: 3, progressHours: 4 };
    const put = (more: object): Promise<Record<string, unknown>> => given.ask('mutation P($settings: IncidentSettingsInput!) { putIncidentSettings(settings: $settings) { ... on SettingKept { version } ... on SettingRefused { code } } }', { settings: { ...times, ...more } });
    expect(await put({ version: 0, availability: [{ component: 'sql', target: 0.95 }] })).toEqual({ putIncidentSettings: { version: 1 } });
    expect(await put({ version: 1, conferenceMinutes: 50 })).toEqual({ putIncidentSettings: { version: 2 } });
    expect(await given.ask('{ incidentSettings { conferenceMinutes availability { component target } } }')).toEqual({ incidentSettings: { conferenceMinutes: 50, availability: [{ component: 'sql', target: 0.95 }] } });
    expect(await put({ version: 2, availability: [{ component: 'sql', target: 1 }] })).toEqual({ putIncidentSettings: { code: 'invalid' } });
    // As it was, for the tests that follow.
    expect(await put({ version: 2, conferenceMinutes: 60, availability: [] })).toEqual({ putIncidentSettings: { version: 3 } });
    expect(await given.ask('{ incidentSettings { usualAvailability availability { component } } }')).toEqual({ incidentSettings: { usualAvailability: 0.999, availability: [] } });
    const history = '{ settingHistory(subject: SETTINGS) { version by differences { path before after } } }';
    expect(await given.ask(history)).toEqual({ settingHistory: [
      { version: 3, by: 'local', differences: [{ path: ['availability', 'sql'], before: 0.95, after: null }, { path: ['conferenceMinutes'], before: 50, after: 60 }] },
      { version: 2, by: 'local', differences: [{ path: ['conferenceMinutes'], before: 45, after: 50 }] },
      { version: 1, by: 'local', differences: expect.arrayContaining([{ path: ['conferencePlace'], before: '', after: 'pont' }, { path: ['warnShares'], before: [0.5, 0.8], after: [0.5] }, { path: ['availability', 'sql'], before: null, after: 0.95 }]) },
    ] });
  });

  test('the journal of what was told says how far it reaches back', async () => {
    expect(await given.ask('{ notificationsSince }')).toEqual({ notificationsSince: null });
    await given.store.notifications.queue([{ key: 'old', channel: 'email', recipient: 'nobody', subject: 'Panne', text: 'x' }], { nowMs: Date.UTC(2020, 0, 1) });
    await given.store.notifications.prune(Date.UTC(2021, 0, 1));
    expect(await given.ask('{ notificationsSince }')).toEqual({ notificationsSince: '2021-01-01T00:00:00.000Z' });
  });

  test('a notification that was given up is sent again', async () => {
    await given.store.notifications.queue([{ key: 'bad', channel: 'email', recipient: 'nobody', subject: 'Panne', text: 'x' }]);
    const { notifications } = JSON.parse(JSON.stringify(await given.ask('{ notifications(states: [GIVEN_UP], first: 1) { id lastError reason answer late nextAttemptAt } }')));
    expect(notifications).toMatchObject([{ lastError: 'the recipient is no e-mail address', reason: 'NO_ADDRESS', answer: null, late: false, nextAttemptAt: null }]);
    const retry = `mutation { retryNotification(id: "${notifications[0].id}") { __typename ... on SettingRefused { code } } }`;
    expect(await given.ask(retry)).toEqual({ retryNotification: { __typename: 'SettingKept' } });
    expect(await given.ask(retry)).toEqual({ retryNotification: { __typename: 'SettingRefused', code: 'unknown-notification' } });
  });
});

test('everything of an incident may be asked at once, and a page of many; not everything of many', async () => {
  const person = 'id name email party role language signs';
  const crisis = `openedAt endedAt overdueReports nextReportDueAt members { ${person} } reports { hour dueAt state writtenAt by text reminded }`;
  const everything = `number at revision state open type typeLabel(language: fr) severity title description affects { tenants sites queues components { component share } } openedBy detector startedAt detectedAt acknowledgedAt mitigatedAt resolvedAt closedAt targetMinutes calendar
    clock { state targetMs usedMs leftMs dueAt breachedAt } pauses { from to reason } reopenings { resolvedAt reopenedAt reason } warnedShares conferenceDueAt conferences { id calledAt startsAt place participants { ${person} } heldAt minutes } crisis { ${crisis} } earlierCrises { ${crisis} }
    longInterruption { declaredAt cause progressDueAt steps { step phase label(language: fr) plannedAt doneAt by note overdue } progress { id at by text } } actions { id list text owner addedAt dueAt doneAt doneBy overdue } rex { version writtenAt by impact causes wentWell wentBadly approvedAt } rexDueAt
    document { id sha256 madeAt path complete remindedAt signatures { person { ${person} } signedAt typedName } } persons { ${person} } comments { id at by text editedAt editedBy earlier { at by text } } attachments { id at by name mediaType bytes sha256 path } links { kind tenant callId label question }
    evidence { at cleared detector text(language: fr) values } timeline { id sequence kind at recordedAt by words(language: fr) } acts notifications { id channel recipient subject incident state attempts createdAt dueAt expiresAt nextAttemptAt lastError reason answer late sentAt receipt }`;
  expect(await given.ask(`{ incident(number: 1) { ${everything} } }`)).toMatchObject({ incident: { number: 1 } });
  await given.ask('{ incidents(first: 100, from: "-271821-04-20T00:00:00Z", to: "+275760-09-13T00:00:00Z") { at before incidents { number state severity title typeLabel(language: fr) detectedAt resolvedAt closedAt clock { state leftMs dueAt breachedAt } affects { tenants sites components { component } } crisis { openedAt endedAt overdueReports } actions { overdue doneAt } document { complete } rexDueAt } } }');
  const { body } = await given.served.ask(`{ incidents(first: 100) { incidents { ${everything} } } }`);
  expect(body.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['TOO_COSTLY']);
});

test('who sees a part of the centre sees, and acts on, what touches it, and nothing else', async () => {
  const theirs = await given.open('affects: { tenants: ["sereno"], components: [] }');
  const both = await given.open('affects: { tenants: ["sereno", "ocm"], components: [] }');
  const clock = { nowMs: () => given.clock.ms };
  const directory = await openDirectory({ load: () => Promise.resolve(smallCentre), subscribe: () => () => undefined }, clock);
  const incidents = openIncidentWork({ store: given.store }, { directory, clock, logger: pino({ level: 'silent' }) });
  const context = { viewer: { name: 'Awa', scope: { tenants: ['ocm'], sites: 'all' as const, queues: 'all' as const, teams: 'all' as const } }, directory, clock, incidents, loaders: { incidents: createIncidentLoaders({ store: given.store }, directory) } };
  const numbers = (await page({ first: 100 }, context)).incidents.map(({ number }) => number);
  expect([numbers.includes(theirs), numbers.includes(both)]).toEqual([false, true]);
  expect(await perform(theirs, {}, () => ({ kind: 'acknowledged' }), context)).toEqual({ refused: 'unknown-incident', incident: null });
  expect(await perform(both, {}, () => ({ kind: 'changed', affects: { tenants: ['sereno'] } }), context)).toMatchObject({ refused: 'out-of-sight' });
  // Of whom they do not see nothing is taken away.
  expect(await perform(both, {}, () => ({ kind: 'changed', affects: { tenants: ['ocm'], components: [{ component: 'crm' }] } }), context)).toMatchObject({ incident: { affects: { tenants: ['ocm', 'sereno'], components: [{ component: 'crm', share: 1 }] } } });
  expect(await perform(both, {}, () => ({ kind: 'acknowledged' }), context)).toMatchObject({ incident: { state: 'acknowledged' } });
  expect(await shown(both, 'timeline { kind by }')).toMatchObject({ timeline: [{ by: 'local' }, { kind: 'CHANGED' }, { kind: 'ACKNOWLEDGED', by: 'Awa' }] });
  incidents.strips.close();
  directory.close();
});

const openedSchema = z.object({ open: z.union([z.object({ code: z.string() }), z.object({ incident: z.object({ title: z.string() }) })]) });

test.each(HOSTILE)('hostile texts are kept as they are or refused, and nothing breaks: %#', async (text) => {
  const { body } = await given.served.ask(`mutation H($text: String!) {
    open: openIncident(type: "power", title: $text) { ...R } type: openIncident(type: $text, title: "x") { ...R } comment: commentIncident(incident: 1, text: $text) { ...R } id: commentIncident(incident: 1, id: $text, text: "x") { ...R }
    person: removeIncidentPerson(incident: 1, person: $text) { ...R } step: finishInterruptionStep(incident: 1, step: $text) { ...R } link: linkToIncident(incident: 1, link: { kind: CALL, tenant: $text, callId: $text }) { ...R }
    action: finishIncidentAction(incident: 1, action: $text) { ...R } retry: retryNotification(id: $text) { __typename } detector: putDetector(detector: { detector: $text, version: 0, on: true, parameters: [] }) { __typename }
  } fragment R on IncidentActResult { __typename ... on IncidentActDone { incident { title timeline { words(language: fr) } } } ... on IncidentActRefused { code reason(language: fr) } }`, { text });
  expect(body.errors).toBeUndefined();
  // A title is kept as it is, but for what no title can be: empty, longer than a line, with what no database holds.
  const { open: opened } = openedSchema.parse(body.data);
  expect([text.trim(), 'invalid']).toContain('code' in opened ? opened.code : opened.incident.title);
  const found = await given.served.ask('query Q($text: String!) { incidents(type: $text) { incidents { number } } clientIncidents(tenant: $text) { incidents { number } before } notifications(before: $text) { id } }', { text });
  expect(found.body).toEqual({ data: { incidents: { incidents: [] }, clientIncidents: { incidents: [], before: null }, notifications: [] } });
  expect(given.served.logs.filter((line) => Number(line['level']) >= 50)).toEqual([]);
});

test('an incident that is entered afterwards says when that was, by the program’s clock, and is judged by when it ended', async () => {
  atMinute(200);
  const late = await given.open('at: "2026-03-02T09:00:00Z"');
  const now = await given.open();
  const entered = async (number: number): Promise<unknown> => (await given.store.incidents.get(number))?.timeline.flatMap(({ body, by }) => (body.kind === 'opened' ? [[by, body.enteredAt ?? null]] : []))[0];
  expect([await entered(late), await entered(now)]).toEqual([['local', '2026-03-02T11:20:00.000Z'], ['local', null]]);
  expect(await act(`resolveIncident(incident: ${late}, at: "2026-03-02T09:10:00Z")`)).toMatchObject({ incident: { state: 'RESOLVED' } });
  expect(await shown(late, 'detectedAt resolvedAt clock { state usedMs breachedAt }')).toEqual({ detectedAt: '2026-03-02T09:00:00.000Z', resolvedAt: '2026-03-02T09:10:00.000Z', clock: { state: 'STOPPED', usedMs: 10 * MINUTE, breachedAt: null } });
});

test('a client’s list goes on past the incidents of others', async () => {
  atMinute(380);
  const own = [await given.open('affects: { tenants: ["sereno"] }'), await given.open('affects: { tenants: ["sereno"] }')];
  for (let other = 0; other < 3; other += 1) await given.open('affects: { tenants: ["ocm"] }');
  const ofClient = async (args: string): Promise<unknown> => (await given.ask(`{ clientIncidents(tenant: "sereno", from: "2026-03-02T14:20:00Z", ${args}) { incidents { number } before } }`))['clientIncidents'];
  const [first, second] = own.map((number) => ({ number }));
  expect(await ofClient('first: 2')).toEqual({ incidents: [second, first], before: own[0] });
  expect(await ofClient('first: 1')).toEqual({ incidents: [second], before: own[1] });
  expect(await ofClient(`first: 1, before: ${own[1]}`)).toEqual({ incidents: [first], before: own[0] });
  expect(await ofClient('first: 100')).toMatchObject({ incidents: expect.arrayContaining([second, first]), before: null });
});

test('weeks in which something of the platform stood still are not compared; an overdue backup takes no call', async () => {
  const monday = (weeks: number, minute: number): string => new Date(MONDAY + 100 * 24 * 60 * MINUTE - weeks * 7 * 24 * 60 * MINUTE + minute * MINUTE).toISOString();
  given.clock.ms = Date.parse(monday(0, 30));
  for (const [type, weeks] of [['backup-overdue', 1], ['power', 2], ['nuisance-limit', 3]] as const) {
    const opened = await given.ask(`mutation { openIncident(type: "${type}", title: "x", at: "${monday(weeks, -60)}", affects: { tenants: ["ocm"] }) { ... on IncidentActDone { incident { number } } } }`);
    const number = /"number":(\d+)/.exec(JSON.stringify(opened))?.[1];
    if (type === 'power') await act(`resolveIncident(incident: ${number}, at: "${monday(weeks, 60)}")`);
  }
  const number = await given.open('affects: { tenants: ["ocm"] }');
  given.clock.ms += 10 * MINUTE;
  expect(await shown(number, 'impact { weeks { fate } }')).toEqual({ impact: { weeks: ['NO_CALLS', 'OTHER_INCIDENT', 'NO_CALLS', 'NO_CALLS'].map((fate) => ({ fate })) } });
});

test('what an incident did is measured, and what cannot be said says why', async () => {
  atMinute(400);
  const number = await given.open('affects: { tenants: ["ocm"] }');
  atMinute(430);
  expect(await shown(number, 'impact(zone: "Europe/Paris") { from to running zone weeks { from fate } calls { lost } callsGap agentsGap serviceLevelGap }')).toMatchObject({
    impact: {
      from: '2026-03-02T14:30:00.000Z', to: '2026-03-02T15:15:00.000Z', running: true, zone: 'Europe/Paris', calls: null,
      weeks: ['2026-02-23', '2026-02-16', '2026-02-09', '2026-02-02'].map((day) => ({ from: `${day}T14:30:00.000Z` })),
    },
  });
});
