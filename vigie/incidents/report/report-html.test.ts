import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { HOSTILE } from '../../../api/fixtures/hostile.ts';
import type { Impact } from '../../../warehouse/incidents/impact.ts';
import { smallCentre } from '../../../warehouse/operational/fixtures/small-centre.ts';
import { act, openedAt, person } from '../../../warehouse/operational/incidents/fixtures/events.ts';
import type { NewIncidentEvent } from '../../../warehouse/operational/incidents/events.ts';
import { foldIncident } from '../../../warehouse/operational/incidents/fold-incident.ts';
import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import { targetClock } from '../../../warehouse/operational/incidents/target-clock.ts';
import { html } from './html.ts';
import { reportHtml, type ReportFacts } from './report-html.ts';
import { signatureSheet } from './signature-sheet.ts';
import { languagesOf, type Languages } from './speaker.ts';

const MINUTE = 60_000;
const TEN = Date.parse('2026-03-02T09:00:00Z');
const at = (minute: number): number => TEN + minute * MINUTE;
const iso = (minute: number): string => new Date(at(minute)).toISOString();
const AWA = person('Awa', { signs: true, role: 'Responsable de site', email: 'awa@site.example' });
const OCM = person('Jane', { party: 'client', language: 'en', signs: true });
const conference = randomUUID();
const LOG = [
  openedAt(TEN, { startedAt: iso(-2), description: 'Plus aucune fiche' }), act(at(0), { kind: 'person-added', person: AWA }), act(at(0), { kind: 'person-added', person: OCM }),
  act(at(3), { kind: 'acknowledged', note: '' }), act(at(5), { kind: 'clock-paused', reason: 'attente de l’éditeur' }), act(at(9), { kind: 'clock-resumed', note: '' }),
  act(at(60), { kind: 'conference-called', conference, startsAt: iso(75), place: 'pont 4', participants: [AWA.id, OCM.id] }), act(at(60), { kind: 'crisis-opened', members: [AWA.id] }),
  act(at(90), { kind: 'conference-held', conference, minutes: 'Redémarrer le serveur', participants: [OCM.id] }), act(at(130), { kind: 'crisis-report', hour: 1, text: 'Serveur redémarré' }),
  act(at(140), { kind: 'action-added', action: randomUUID(), list: 'plan', text: 'Doubler le serveur', owner: 'Awa', dueAt: iso(9000) }),
  act(at(200), { kind: 'long-interruption-declared', cause: 'crash', note: '' }), act(at(210), { kind: 'step-done', step: 'people-safe', note: 'tous présents' }),
  act(at(250), { kind: 'resolved', note: '' }), act(at(251), { kind: 'crisis-ended', note: '' }),
  act(at(300), { kind: 'rex-written', basedOn: null, impact: 'Aucune fiche', causes: 'Disque plein', wentWell: 'Astreinte', wentBadly: 'Alerte tardive' }),
];
const MEASURED: Impact = {
  fromMs: at(-15), toMs: at(255), running: false, zone: 'Africa/Douala', dataAt: iso(300), loadMark: 4711, measures: ['offered'],
  weeks: [{ fromMs: at(-15) - 7 * 86_400_000, toMs: at(255) - 7 * 86_400_000, fate: 'used' }],
  calls: { gap: null, value: { expected: 120.5, offered: 20, lost: 100.5 } }, abandons: { gap: 'no-calls', value: null }, agents: { gap: 'not-by-queue', value: null },
  serviceLevel: { gap: null, value: { interval: 0.25, intervalExpected: 0.91, day: 0.7, dayWithout: 0.9 } },
};

function fold(events: readonly NewIncidentEvent[]): Incident {
  return foldIncident(events.map((event, index) => ({ ...event, incident: 12, sequence: index + 1, recordedAtMs: event.atMs })));
}
function report(languages: Languages, events = LOG, more: Partial<ReportFacts> = {}): string {
  const incident = fold(events);
  return reportHtml({
    incident, languages, type: { labelFr: 'Un service est arrêté', labelEn: 'A service has stopped' }, typeLabel: (slug) => slug, clock: targetClock(incident, null, at(400)), impact: MEASURED, measures: [{ id: 'offered', version: 3, nameFr: 'Appels présentés', nameEn: 'Calls offered' }],
    centre: smallCentre, signers: incident.persons.filter(({ signs }) => signs), reportMinutes: 60, zone: 'Africa/Douala', madeAtMs: at(400), madeBy: 'Awa', ...more,
  });
}
const wordsOf = (source: string): string => source.replace(/<style>[^]*?<\/style>/, '').replaceAll(/<[^>]+>/g, ' ').replaceAll('&#39;', "'").replaceAll(/\s+/g, ' ');

describe('a report', () => {
  test('tells all of an incident in both languages, French first', () => {
    const words = wordsOf(report(['fr', 'en']));
    for (const told of [
      'Incident n° / Incident no. 12', 'Un service est arrêté A service has stopped', '1 · Critique : le site est à l’arrêt 1 · Critical: the site stands still', 'Plus aucune fiche', 'Serveur SQL / SQL server · 100 %',
      '02/03/2026 09:58:00', '02/03/2026 10:03:00 (+ 3 min)', 'dépassé / not kept (à / at 02/03/2026 10:19:00)', '15 min · utilisé / used 4 h 06 min', '10:09:00 (4 min) attente de l’éditeur',
      '120,5 20 100,5', 'non connu : aucun appel à comparer not known: there are no calls to compare', 'agents are not counted by queue', '91 % 25 % -66 pt', 'comparée compared',
      'pont 4', 'Redémarrer le serveur', 'Participants Jane', '1 02/03/2026 12:10:00 · Essai en retard / late (10 min) Serveur redémarré', '2 non rendu not written', 'panne majeure crash', 'tous présents', 'Doubler le serveur Awa',
      'Disque plein', 'Alerte tardive', 'non approuvé / not approved', 'Conférence tenue (Jane) – Redémarrer le serveur Conference held (Jane) – Redémarrer le serveur',
      'Awa · Responsable de site awa@site.example Site', 'DSI du client Client’s IT', 'chargement n° / load no. 4711', '(offered) v3', 'Africa/Douala', '16 événements / events',
    ]) expect(words).toContain(told);
  });

  test('is in one language where all who sign read it, and says the same whenever it is made of the same', () => {
    const [fr, en] = [wordsOf(report(['fr'])), wordsOf(report(['en']))];
    expect(fr).toContain('Chronologie');
    expect(fr).not.toMatch(/Timeline|Service restored|not known/);
    expect(en).toContain('Timeline');
    expect(en).not.toMatch(/Chronologie|rétabli|non connu/);
    expect(report(['fr'])).toBe(report(['fr']));
    expect([languagesOf([AWA]), languagesOf([OCM]), languagesOf([OCM, AWA]), languagesOf([])]).toEqual([['fr'], ['en'], ['fr', 'en'], ['fr']]);
  });

  test('of a short incident has no empty chapters, and says that the target was kept', () => {
    const words = wordsOf(report(['fr'], [openedAt(TEN), act(at(0), { kind: 'person-added', person: AWA }), act(at(10), { kind: 'resolved', note: '' })]));
    expect(words).toContain('tenu 15 min · utilisé 10 min');
    expect(words).not.toMatch(/Conférences|Cellule de crise|Interruption longue|Plan d’action|REX|Pièces jointes|Suspensions/);
  });

  test('takes what anybody wrote for text, wherever it stands', () => {
    const attack = '<script>alert(1)</script><img src="http://evil.example/x" onerror=alert(1)>"\'><style>*{display:none}</style>';
    const source = report(['fr', 'en'], [
      openedAt(TEN, { title: attack.slice(0, 190), description: attack }), act(at(0), { kind: 'person-added', person: { ...AWA, name: attack.slice(0, 100), role: attack.slice(0, 100) } }), act(at(1), { kind: 'acknowledged', note: attack }, attack),
      act(at(2), { kind: 'clock-paused', reason: attack }), act(at(3), { kind: 'commented', text: attack }), act(at(4), { kind: 'linked', link: { kind: 'measures', label: attack.slice(0, 100), question: attack } }),
      act(at(5), { kind: 'attached', attachment: randomUUID(), name: attack.slice(0, 150), mediaType: 'text/plain', bytes: 1, sha256: 'a'.repeat(64) }), act(at(6), { kind: 'resolved', note: attack }),
      act(at(7), { kind: 'rex-written', basedOn: null, impact: attack, causes: attack, wentWell: attack, wentBadly: attack }),
      ...HOSTILE.filter((each) => each !== '').map((each, index) => act(at(10 + index), { kind: 'commented', text: each })),
    ], { madeBy: attack });
    expect(source).not.toMatch(/<(script|img|iframe|link|object|svg|a )/i);
    expect(source.match(/<style>/g)).toHaveLength(1);
    expect(source).not.toMatch(/<[^>]*onerror/i);
    // Nothing that is read in another order than it is written.
    expect(source).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    expect(source).not.toContain('\0');
    expect(source).toContain('🙂');
    expect(html`<p title="${'" onclick="x'}">${null}${3}</p>`.source).toBe('<p title="&quot; onclick=&quot;x">3</p>');
  });

  test('has a sheet of who signed it, with the hash of what was signed', () => {
    const hash = 'c0ffee'.padEnd(64, '0');
    const document = randomUUID();
    const incident = fold([...LOG, act(at(400), { kind: 'report-made', document, sha256: hash, signers: [AWA.id, OCM.id] }), act(at(410), { kind: 'signed', document, person: OCM.id, sha256: hash, typedName: 'Jane <Doe>' })]);
    if (!incident.document) throw new Error('no document');
    const facts = { incident, document: incident.document, name: 'rapport-incident-12.pdf', zone: 'Africa/Douala', madeAtMs: at(420) };
    const words = wordsOf(signatureSheet({ ...facts, log: { ok: true, events: 18 } }));
    for (const told of [hash, 'rapport-incident-12.pdf', 'Jane DSI du client Client’s IT 02/03/2026 16:50:00 Jane &lt;Doe&gt;', 'Awa awa@site.example Site en attente waiting –', 'pas encore signé', '(18 événements / events)']) expect(words).toContain(told);
    expect(wordsOf(signatureSheet({ ...facts, log: { ok: false, sequence: 7, reason: 'it is missing' } }))).toContain('WARNING');
  });
});
