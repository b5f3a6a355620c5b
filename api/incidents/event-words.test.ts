import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { incidentBodySchema, type IncidentEvent, type IncidentKind } from '../../warehouse/operational/incidents/events.ts';
import { foldIncident } from '../../warehouse/operational/incidents/fold-incident.ts';
import { HOSTILE } from '../fixtures/hostile.ts';
import { eventInWords } from './event-words.ts';

const AT = Date.parse('2026-03-02T08:00:00Z');
const [AWA, PAUL, ACTION, CALL] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const evidence = { detector: 'no-rows', values: { rows: 0 }, textFr: 'aucune ligne depuis 10 min', textEn: 'no rows for 10 min' };
const SHA = 'abcdef0123456789'.repeat(4);

/** Of every kind: what is said of it in French and in English. */
const CASES: { [K in IncidentKind]: [body: object, fr: string, en: string] } = {
  opened: [{ type: 'power', severity: 1, title: 'Coupure', affects: {}, targetMinutes: 5, evidence }, 'Incident ouvert : Coupure (gravité 1, délai cible 5 min) – aucune ligne depuis 10 min', 'Incident opened: Coupure (severity 1, target 5 min) – no rows for 10 min'],
  acknowledged: [{ note: "j'y suis" }, "Pris en compte – j'y suis", "Acknowledged – j'y suis"],
  mitigated: [{}, 'Contourné', 'Mitigated'],
  resolved: [{}, 'Service rétabli', 'Service restored'],
  reopened: [{ reason: 'rechute' }, 'Rouvert – rechute', 'Reopened – rechute'],
  closed: [{}, 'Clos', 'Closed'],
  'clock-paused': [{ reason: 'éditeur' }, 'Délai cible suspendu – éditeur', 'Target clock paused – éditeur'],
  'clock-resumed': [{}, 'Délai cible relancé', 'Target clock resumed'],
  changed: [
    { title: 'T', type: 'sql', severity: 2, description: 'd', startedAt: '2026-03-02T07:00:00Z', affects: {}, targetMinutes: 10, calendar: null },
    'Modifié – titre : T ; type : Arrêt de SQL ; gravité : 2 ; description : d ; début : 02/03/2026 08:00 ; périmètre touché ; délai cible : 10 min ; horaires du délai : toujours',
    "Changed – title: T ; type: SQL has stopped ; severity: 2 ; description: d ; start: 02/03/2026, 08:00 ; what it affects ; target: 10 min ; the target's hours: always",
  ],
  commented: [{ text: 'bonjour' }, 'bonjour', 'bonjour'],
  remarked: [{ textFr: 'retiré', textEn: 'withdrawn' }, 'retiré', 'withdrawn'],
  'comment-edited': [{ comment: CALL, text: 'bonsoir' }, 'Commentaire modifié – bonsoir', 'Comment edited – bonsoir'],
  attached: [{ attachment: CALL, name: 'a.png', mediaType: 'image/png', bytes: 1536, sha256: SHA }, 'Pièce jointe : a.png (1,5 ko)', 'Attachment: a.png (1.5 kB)'],
  'person-added': [{ person: { id: PAUL, name: 'Paul', party: 'vendor' } }, 'Paul ajouté (prestataire)', 'Paul added (vendor)'],
  'person-removed': [{ person: PAUL }, 'Paul retiré', 'Paul removed'],
  linked: [{ link: { kind: 'call', tenant: 'ocm', callId: '77' } }, 'Lien ajouté : appel 77 (ocm)', 'Link added: call 77 (ocm)'],
  unlinked: [{ link: { kind: 'measures', label: 'Abandon', question: 'm=abandonment-rate' } }, 'Lien retiré : Abandon', 'Link removed: Abandon'],
  'condition-seen': [{ evidence }, 'Condition de nouveau constatée – aucune ligne depuis 10 min', 'Condition seen again – no rows for 10 min'],
  'condition-cleared': [{ evidence }, 'Condition disparue – aucune ligne depuis 10 min', 'Condition cleared – no rows for 10 min'],
  warned: [{ share: 0.8 }, '80 % du délai cible écoulés', '80% of the target used'],
  breached: [{ targetMinutes: 15 }, 'Délai cible de 15 min dépassé', 'Target of 15 min breached'],
  told: [{ rule: 'opened', moment: 'opened', level: 2, recipients: ['Awa', 'Paul'] }, 'Prévenus (ouverture, niveau 2) : Awa, Paul', 'Told (opening, level 2): Awa, Paul'],
  'conference-called': [{ conference: CALL, startsAt: '2026-03-02T09:00:00Z', place: '+33 1', participants: [AWA] }, 'Conférence convoquée pour 02/03/2026 10:00, +33 1 – Awa', 'Conference called for 02/03/2026, 10:00, +33 1 – Awa'],
  'conference-held': [{ conference: CALL, minutes: 'redémarrer', participants: [AWA] }, 'Conférence tenue (Awa) – redémarrer', 'Conference held (Awa) – redémarrer'],
  'crisis-opened': [{ members: [AWA, PAUL] }, 'Cellule de crise ouverte – Awa, Paul', 'Crisis cell opened – Awa, Paul'],
  'crisis-member-added': [{ person: PAUL }, 'Paul rejoint la cellule de crise', 'Paul joins the crisis cell'],
  'crisis-member-removed': [{ person: PAUL }, 'Paul quitte la cellule de crise', 'Paul leaves the crisis cell'],
  'crisis-report': [{ hour: 2, text: 'rien de neuf' }, 'Rapport horaire 2 – rien de neuf', 'Hourly report 2 – rien de neuf'],
  'report-reminded': [{ hour: 2 }, 'Rappel : rapport horaire 2 attendu', 'Reminder: hourly report 2 is due'],
  'crisis-ended': [{}, 'Cellule de crise levée', 'Crisis cell ended'],
  'action-added': [{ action: ACTION, list: 'plan', text: 'Second lien', owner: 'Paul', dueAt: '2026-03-03T09:00:00Z' }, "Action ajoutée au plan d'action : Second lien (Paul, pour 03/03/2026 10:00)", 'Action added to the action plan: Second lien (Paul, by 03/03/2026, 10:00)'],
  'action-changed': [{ action: ACTION, owner: 'Awa', dueAt: '2026-03-04T09:00:00Z' }, 'Action modifiée : Second lien – Awa, pour 04/03/2026 10:00', 'Action changed: Second lien – Awa, by 04/03/2026, 10:00'],
  'action-done': [{ action: ACTION, note: 'posé' }, 'Action faite : Second lien (posé)', 'Action done: Second lien (posé)'],
  'action-reopened': [{ action: ACTION, reason: 'coupé' }, 'Action rouverte : Second lien (coupé)', 'Action reopened: Second lien (coupé)'],
  'long-interruption-declared': [{ cause: 'fire' }, 'Interruption longue déclarée (incendie)', 'Long interruption declared (fire)'],
  'step-done': [{ step: 'site-repaired' }, 'Étape faite : Remettre en état le site principal et le contrôler', 'Step done: Repair the main site and check it'],
  'step-undone': [{ step: 'inconnue', reason: 'raté' }, 'Étape à refaire : inconnue (raté)', 'Step to be done again: inconnue (raté)'],
  'progress-reported': [{ text: 'à 80 %' }, 'Avancement communiqué à la DSI du client – à 80 %', "Progress reported to the client's IT – à 80 %"],
  'rex-written': [{ basedOn: null }, 'REX rédigé', 'REX written'],
  'rex-approved': [{}, 'REX approuvé', 'REX approved'],
  'report-made': [{ document: CALL, sha256: SHA, signers: [AWA] }, "Rapport d'incident établi (empreinte abcdef012345), à signer par Awa", 'Incident report made (hash abcdef012345), to be signed by Awa'],
  signed: [{ document: CALL, person: AWA, sha256: SHA, typedName: 'Awa N.' }, 'Rapport signé par Awa (« Awa N. », empreinte abcdef012345)', 'Report signed by Awa (“Awa N.”, hash abcdef012345)'],
  'signature-reminded': [{ document: CALL, persons: [AWA, PAUL] }, 'Rappel de signature envoyé à Awa, Paul', 'Reminded to sign: Awa, Paul'],
};

let sequence = 0;
const event = (kind: string, body: object): IncidentEvent => ({ id: randomUUID(), incident: 1, sequence: ++sequence, atMs: AT + sequence, recordedAtMs: AT, by: 'Awa', body: incidentBodySchema.parse({ kind, ...body }) });
const incident = foldIncident([
  event('opened', CASES.opened[0]), event('person-added', { person: { id: AWA, name: 'Awa', party: 'client' } }), event('person-added', CASES['person-added'][0]), event('person-removed', { person: PAUL }), event('action-added', CASES['action-added'][0]),
]);
const words = (kind: string, body: object, language: 'fr' | 'en'): string => eventInWords(incidentBodySchema.parse({ kind, ...body }), { language, zone: 'Europe/Paris', incident, typeLabel: (slug, of) => (slug === 'sql' ? { fr: 'Arrêt de SQL', en: 'SQL has stopped' }[of] : slug) });

describe('every kind of event is told in both languages', () => {
  test.each(Object.entries(CASES))('%s', (kind, [body, fr, en]) => {
    expect([words(kind, body, 'fr'), words(kind, body, 'en')]).toEqual([fr, en]);
  });
});

test('what a detector opened has a title in both languages', () => {
  const body = { type: 'power', severity: 1, title: 'Plus aucun appel', titleEn: 'No calls any more', affects: {}, targetMinutes: 5 };
  expect([words('opened', body, 'fr'), words('opened', body, 'en')]).toEqual(['Incident ouvert : Plus aucun appel (gravité 1, délai cible 5 min)', 'Incident opened: No calls any more (severity 1, target 5 min)']);
});

test('a description that was corrected stays to be read, each version where it was written', () => {
  const opening = event('opened', { ...CASES.opened[0], description: 'Plus de courant', evidence: null });
  const corrected = foldIncident([opening, event('changed', { description: 'Groupe en panne' })]);
  const told = (row: typeof corrected): string[] => row.timeline.map(({ body }) => eventInWords(body, { language: 'fr', zone: 'UTC', incident: row, typeLabel: (slug) => slug }));
  expect(told(corrected)).toEqual(['Incident ouvert : Coupure (gravité 1, délai cible 5 min) – Plus de courant', 'Modifié – description : Groupe en panne']);
  // The present one stands on the page itself.
  expect(told(foldIncident([opening]))).toEqual(['Incident ouvert : Coupure (gravité 1, délai cible 5 min)']);
});

test('nobody was told; what is unknown stays what it is', () => {
  expect(words('told', { rule: 'opened', moment: 'opened', level: 1, recipients: [] }, 'fr')).toBe('Aucun destinataire (ouverture, niveau 1)');
  expect(words('told', { rule: 'mine', moment: 'of-another-version', level: 1, recipients: ['Awa'] }, 'en')).toBe('Told (of-another-version, level 1): Awa');
  expect(words('told', { rule: 'conference-invitation', moment: 'invitation', level: 1, recipients: ['Awa'] }, 'fr')).toBe('Invités à la conférence : Awa');
  expect(words('person-removed', { person: CALL }, 'en')).toBe(`${CALL} removed`);
  expect(words('conference-called', { conference: CALL, startsAt: '2026-03-02T09:00:00Z', participants: [] }, 'fr')).toBe('Conférence convoquée pour 02/03/2026 10:00');
});

test.each(HOSTILE.filter((text) => text.trim() !== ''))('hostile texts are told as they are: %#', (text) => {
  expect(words('reopened', { reason: text }, 'fr')).toBe(`Rouvert – ${text.trim()}`);
});
