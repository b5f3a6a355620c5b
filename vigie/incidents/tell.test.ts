import { expect, test } from 'vitest';
import { dutiesOf } from '../../warehouse/operational/incidents/duties.ts';
import { openedAt, person } from '../../warehouse/operational/incidents/fixtures/events.ts';
import { logOf } from '../../warehouse/operational/incidents/fixtures/log.ts';
import { foldIncident } from '../../warehouse/operational/incidents/fold-incident.ts';
import { ruleSetSchema } from '../../warehouse/operational/incidents/rules.ts';
import { incidentSettingsSchema } from '../../warehouse/operational/incidents/settings.ts';
import { targetClock } from '../../warehouse/operational/incidents/target-clock.ts';
import { messagesOf } from './tell.ts';

const AT = Date.parse('2026-03-02T09:00:00Z');

test('what a rule tells is queued for each person with an address and each webhook, under a key of its own', async () => {
  const incident = foldIncident(logOf([openedAt(AT, { targetMinutes: 30 })]));
  const rules = ruleSetSchema.parse({
    contacts: [person('Awa', { email: 'awa@site.example' }), person('Sans adresse')], onCall: [],
    rules: [{ id: 'ouvert', labelFr: 'o', labelEn: 'o', moment: 'opened', level: 2, recipients: [{ kind: 'party', party: 'site' }, { kind: 'webhook', name: 'salle' }] }],
  });
  const [duty] = dutiesOf(incident, { settings: incidentSettingsSchema.parse({}), rules, type: null, calendar: null }, AT);
  if (!duty) throw new Error('nothing is due');
  const messages = await messagesOf(duty, { incident, type: null, clock: targetClock(incident, null, AT), nowMs: AT, zone: 'UTC', organizer: { name: 'Vigie', address: 'vigie@example.org' }, conferenceMinutes: 30, url: 'http://127.0.0.1:4700/incidents/1' });
  const about = { kind: 'incident', id: '1' };
  expect(messages).toMatchObject([
    { channel: 'webhook', recipient: 'salle', key: 'incident 1 tell ouvert  salle', about, body: {
      event: 'incident.opened', number: 1, type: 'service-stopped', severity: 1, state: 'detected', title: 'SQL arrêté', level: 2, rule: 'ouvert', detectedAt: '2026-03-02T09:00:00.000Z', resolvedAt: null, targetMinutes: 30, breachedAt: null, url: 'http://127.0.0.1:4700/incidents/1',
    } },
    { channel: 'email', recipient: 'awa@site.example', key: 'incident 1 tell ouvert  awa@site.example', about },
  ]);
  expect(messages).toHaveLength(2);
  // News of a day before is none.
  for (const { expiresMs } of messages) expect(Math.abs((expiresMs ?? 0) - Date.now() - 86_400_000)).toBeLessThan(60_000);
});
