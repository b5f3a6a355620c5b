import { expect, test } from 'vitest';
import { incidentSettingsSchema } from '../../warehouse/operational/incidents/settings.ts';
import { dutiesOf } from '../../warehouse/operational/incidents/duties.ts';
import type { IncidentBody } from '../../warehouse/operational/incidents/events.ts';
import { act, openedAt, person } from '../../warehouse/operational/incidents/fixtures/events.ts';
import { logOf } from '../../warehouse/operational/incidents/fixtures/log.ts';
import { foldIncident } from '../../warehouse/operational/incidents/fold-incident.ts';
import { SHIPPED_RULES } from '../../warehouse/operational/incidents/shipped-rules.ts';
import { targetClock } from '../../warehouse/operational/incidents/target-clock.ts';
import { incidentMail, type MailContext } from './incident-mail.ts';

/** In Douala 10:00, on a day that no American reads as it is meant. */
const AT = Date.parse('2026-03-02T09:00:00Z');
const MINUTE = 60_000;
const JANE = person('Jane', { party: 'client', language: 'en', email: 'jane@ocm.example' });

/** What Jane, or an Awa who reads French, is told by a shipped rule. */
function mailOf(rule: string, language: 'fr' | 'en', ...bodies: IncidentBody[]): ReturnType<typeof incidentMail> {
  const incident = foldIncident(logOf([openedAt(AT, { title: 'Plus aucun appel (ocm)', titleEn: 'No calls any more (ocm)' }), ...bodies.map((body, index) => act(AT + (index + 1) * MINUTE, body))]));
  const nowMs = AT + 10 * MINUTE;
  const duty = dutiesOf(incident, { settings: incidentSettingsSchema.parse({}), rules: SHIPPED_RULES, type: { breakdown: false }, calendar: null }, nowMs).find(({ telling }) => telling?.rule?.id === rule);
  if (!duty?.telling) throw new Error(`nothing is told by ${rule}`);
  return incidentMail({
    incident, duty, telling: duty.telling, type: null, clock: targetClock(incident, null, nowMs), nowMs, zone: 'Africa/Douala', organizer: { name: 'Vigie', address: 'vigie@example.org' }, conferenceMinutes: 30, url: 'https://vigie.example/incidents/1', signUrl: null,
  }, { ...JANE, language });
}

test('a mail is in its reader’s language: the title of a detector too, and the day before the month', () => {
  const english = mailOf('opened', 'en');
  expect(english.subject).toBe('Incident no. 1 · Incident opened · No calls any more (ocm)');
  expect(english.text).toContain('Detected: 02/03/2026, 10:00 (Africa/Douala)');
  expect(english.text).not.toContain('Plus aucun appel');
  const french = mailOf('opened', 'fr');
  expect(french.subject).toBe('Incident n° 1 · Incident ouvert · Plus aucun appel (ocm)');
  expect(french.text).toContain('02/03/2026 10:00 (Africa/Douala)');
  // Who gives it another title speaks to everybody.
  expect(mailOf('opened', 'en', { kind: 'changed', title: 'SQL arrêté' }).subject).toContain('SQL arrêté');
});

test('the client is told no more than its board shows: not who else is touched, not what a detector saw, and no page that it cannot open', () => {
  const evidence = { detector: 'no-rows', values: {}, textFr: 'sereno : 0 appel enregistré', textEn: 'sereno: 0 calls recorded' };
  const incident = foldIncident(logOf([openedAt(AT, { affects: { tenants: ['ocm', 'sereno'], sites: ['douala'], queues: ['201'], components: [{ component: 'sql', share: 1 }] }, evidence })]));
  const context: MailContext = { incident, duty: { key: 'tell opened ', events: [] }, telling: { moment: 'opened', rule: null, level: 1, people: [], webhooks: [] }, type: null, clock: targetClock(incident, null, AT), nowMs: AT, zone: 'Africa/Douala', organizer: { name: 'Vigie', address: 'vigie@example.org' }, conferenceMinutes: 30, url: 'http://127.0.0.1:4700/incidents/1', signUrl: null };
  const mails = (['site', 'client'] as const).map((party) => incidentMail(context, { language: 'en', party }));
  const has = (words: string): boolean[] => mails.map(({ text, html }) => text.includes(words) && html.includes(words));
  for (const inside of ['ocm, sereno, 201', 'sereno: 0 calls recorded', '/incidents/1']) expect([inside, ...has(inside)]).toEqual([inside, true, false]);
  for (const shared of ['douala', 'SQL server', '02/03/2026, 10:00']) expect([shared, ...has(shared)]).toEqual([shared, true, true]);
});

test('a progress report says what was reported, by whom and when', () => {
  const { subject, text } = mailOf('progress', 'en', { kind: 'long-interruption-declared', cause: 'fire', note: '' }, { kind: 'progress-reported', text: 'The second site is open.\nAgents arrive.' });
  expect(subject).toContain('Progress report');
  expect(text).toContain('Progress: The second site is open.\n    Agents arrive.\n    Essai, 02/03/2026, 10:02 (Africa/Douala)');
});
