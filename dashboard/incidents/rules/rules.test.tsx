// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reference } from '../../graphql/fixtures/reference.ts';
import { drawAsking, goTo, seriousFindings } from '../../parts/testing.tsx';
import { RulesPage } from './rules-page.tsx';

const NOW = Date.parse('2026-11-23T12:00:00Z');
beforeEach(() => { vi.useFakeTimers({ toFake: ['Date'], now: NOW }); goTo('/incidents/rules'); });
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const contact = (id: string, name: string) => ({ id, name, email: null, party: 'SITE', role: '', language: 'fr', phone: '', tenant: null, signs: false, conference: false, crisis: false });
const detector = (name: string, more: object) => ({ detector: name, label: name, on: true, type: 'power', version: 0, state: 'QUIET', since: null, checkedAt: '2026-11-23T11:59:00Z', reason: null, failure: null, text: null, incident: null, parameters: [], ...more });
const set = { version: 4, contacts: [contact('a', 'Awa'), contact('b', 'Bello')], rules: [], onCall: [{
  id: 'nuit', label: 'Nuit', zone: 'Africa/Douala', shifts: [{ weekday: 1, from: '20:00', to: '06:00', contact: 'a' }],
  exceptions: [{ from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', contact: null }, { from: '2026-12-24T23:00:00Z', to: '2026-12-25T23:00:00Z', contact: null }],
}] };
const times = { version: 2, warnShares: [0.5, 0.8], conferenceMinutes: 60, conferencePlace: '', conferenceStartsAfterMinutes: 15, conferenceLastsMinutes: 30, crisisMinutes: 60, reportMinutes: 60, reportReminderMinutes: 10, rexDays: 7, signatureDays: 14, signatureReminders: 4, signatureReminderDays: 3, progressHours: 4 };
const rules = (more: object = {}) => ({ detectors: [], incidentRules: set, incidentSettings: times, availability: { usual: 0.999, set: [{ component: 'sql', target: 0.9995 }] }, components: [{ slug: 'crm', label: 'CRM' }, { slug: 'sql', label: 'Base SQL' }], ...more });
const answers = { Reference: () => reference, IncidentTypes: () => ({ incidentTypes: [{ slug: 'power', label: 'Soucis d’énergie' }], components: [] }) };
const kept = () => ({ result: { __typename: 'SettingKept', version: 5 } });
const text = (element: Element | null) => element?.textContent?.replaceAll(/\s/g, ' ');

test('a detector says in the reader’s language why it tells nothing; what failed in its own words is told as such', async () => {
  const detectors = [
    detector('backup-overdue', { state: 'UNSEEN', reason: { code: 'NO_BACKUP_FOLDER', minutes: null, path: null } }), detector('no-rows', { state: 'WAITING', reason: { code: 'JUST_STARTED', minutes: 10, path: null } }),
    detector('disk-low', { state: 'BLIND', reason: { code: 'NOT_ALLOWED', minutes: null, path: '/data' }, failure: 'EACCES: permission denied' }), detector('gateway', { text: 'E1 : 3 voies occupées sur 30.' }),
  ];
  const { container } = drawAsking(<RulesPage />, { ...answers, Rules: () => rules({ detectors }) });
  const rows = within(await screen.findByTestId('detectors')).getAllByRole('listitem').map(text);
  expect(rows[0]).toContain('rien à observer iciaucun dossier de sauvegarde n’est configuré (VIGIE_BACKUP_DIRECTORY) · vérifié à');
  expect(rows[1]).toContain('en attentele programme tourne depuis moins de 10 min');
  expect(rows[2]).toContain('ne voit rienla lecture de /data est refusée');
  expect(rows[3]).toContain('rien à signalerE1 : 3 voies occupées sur 30.');
  expect(text(screen.getByText('EACCES: permission denied').closest('details'))).toBe('Message techniqueEACCES: permission denied');
  expect(await seriousFindings(container)).toEqual([]);
});

test('targets of availability: as people write them, with what they allow in a month; nonsense is named and nothing is kept', async () => {
  let answer: object = { result: { __typename: 'SettingRefused', code: 'changed-meanwhile', reason: 'Quelqu’un d’autre vient de modifier cela', by: 'Paul' } };
  const { asked } = drawAsking(<RulesPage />, { ...answers, Rules: () => rules(), PutSettings: () => answer });
  const card = await screen.findByTestId('availability');
  expect(within(card).getAllByRole('listitem').map(text)).toEqual(['CRMhabituelle99,9 %43 min 12 s', 'Base SQL99,95 %21 min 36 s']);
  fireEvent.click(screen.getByRole('button', { name: 'Modifier les disponibilités visées' }));
  const dialog = await screen.findByRole('dialog');
  const field = (name: string) => within(dialog).getByRole<HTMLInputElement>('textbox', { name: `${name} : cible en %` });
  const save = within(dialog).getByRole('button', { name: 'Enregistrer' });
  expect([field('CRM').value, field('Base SQL').value, save.hasAttribute('disabled')]).toEqual(['', '99,95', true]);
  for (const [wrong, said] of [['beaucoup', '« beaucoup » n’est pas un pourcentage : écrivez par exemple 99,9.'], ['100', '100 % est hors de portée : indiquez plus de 0 et moins de 100, par exemple 99,9.'], ['99,99999', '99,99999 % est trop fin : quatre chiffres après la virgule au plus.']]) {
    fireEvent.change(field('CRM'), { target: { value: wrong } });
    expect(text(within(dialog).getByRole('alert'))).toBe(said);
    expect(save.hasAttribute('disabled')).toBe(true);
  }
  fireEvent.change(field('CRM'), { target: { value: '99.5' } });
  expect(within(dialog).getByText('3 h 36 par mois')).toBeTruthy();
  expect(await seriousFindings(dialog)).toEqual([]);
  fireEvent.click(save);
  expect((await within(dialog).findByRole('alert')).textContent).toContain('vient de modifier cela (Paul)');
  expect(field('CRM').value).toBe('99.5');
  answer = kept();
  fireEvent.change(field('Base SQL'), { target: { value: '' } });
  fireEvent.click(save);
  await waitFor(() => { expect(screen.queryByRole('dialog')).toBeNull(); });
  expect(asked.findLast(({ operation }) => operation === 'PutSettings')?.variables).toEqual({ settings: { ...times, availability: [{ component: 'crm', target: 0.995 }] }, language: 'fr' });
});

test('times that were typed stay when another changes something else, and are kept over it', async () => {
  let now = rules();
  const { asked } = drawAsking(<RulesPage />, { ...answers, Rules: () => now, PutSettings: kept });
  const place = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Conférence : pont ou adresse' });
  fireEvent.change(place, { target: { value: 'pont 42' } });
  now = rules({ incidentSettings: { ...times, version: 3, rexDays: 10 } });
  document.dispatchEvent(new Event('visibilitychange'));
  await waitFor(() => { expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'REX : jours après la crise' }).value).toBe('10'); });
  expect(place.value).toBe('pont 42');
  const form = place.closest('form');
  if (form) fireEvent.click(within(form).getByRole('button', { name: 'Enregistrer' }));
  await waitFor(() => { expect(asked.find(({ operation }) => operation === 'PutSettings')?.variables).toEqual({ settings: { ...times, version: 3, rexDays: 10, conferencePlace: 'pont 42' }, language: 'fr' }); });
});

test('who changed what is told by card', async () => {
  const change = (version: number, by: string, path: string[], before: unknown, after: unknown) => ({ version, at: '2026-11-22T08:00:00Z', by, differences: [{ path, before, after }] });
  const { asked } = drawAsking(<RulesPage />, { ...answers, Rules: () => rules(), SettingHistory: () => ({ settingHistory: [change(3, 'Paul', ['rexDays'], 7, 10), change(2, 'Awa', ['availability', 'sql'], null, 0.9995)] }) });
  fireEvent.click(await screen.findByRole('button', { name: 'Historique : Disponibilité visée' }));
  expect(text(await screen.findByTestId('setting-history'))).toMatch(/^22 nov\. 2026 \d\d:00 · AwaBase SQL : habituelle → 99,95 %$/u);
  expect(asked.find(({ operation }) => operation === 'SettingHistory')?.variables).toEqual({ subject: 'SETTINGS' });
});

test('on call: the next exceptions are shown; a replacement is added, a holiday moved, and a wrong one is not kept', async () => {
  const { asked } = drawAsking(<RulesPage />, { ...answers, Rules: () => rules(), PutRules: kept });
  expect((await screen.findAllByTestId('coming-exception')).map(text)).toEqual(['ven. 25 déc. · personne (férié)']);
  fireEvent.click(screen.getByRole('button', { name: 'Modifier le calendrier « Nuit »' }));
  const dialog = await screen.findByRole('dialog');
  const fields = within(within(dialog).getByTestId('exceptions'));
  expect(fields.getAllByLabelText<HTMLInputElement>('Premier jour').map(({ value }) => value)).toEqual(['2026-12-25']);
  expect(fields.getByLabelText<HTMLInputElement>('Début').value).toBe('2026-01-01T01:00');
  fireEvent.change(fields.getByLabelText('Dernier jour'), { target: { value: '2026-12-24' } });
  expect(text(fields.getByRole('alert'))).toBe('La fin (2026-12-24) précède le début (2026-12-25) : déplacez-la.');
  const save = within(dialog).getByRole('button', { name: 'Enregistrer' });
  expect(save.hasAttribute('disabled')).toBe(true);
  fireEvent.change(fields.getByLabelText('Dernier jour'), { target: { value: '2026-12-26' } });
  fireEvent.click(fields.getAllByRole('button', { name: 'Retirer cette exception' })[0] ?? save);
  fireEvent.click(fields.getByRole('button', { name: 'Ajouter un remplacement' }));
  fireEvent.click(fields.getAllByRole('checkbox', { name: 'journées entières' })[1] ?? save);
  fireEvent.change(fields.getByLabelText('Début'), { target: { value: '2026-11-30T20:00' } });
  fireEvent.change(fields.getByLabelText('Fin'), { target: { value: '2026-12-01T06:00' } });
  expect(await seriousFindings(dialog)).toEqual([]);
  fireEvent.click(save);
  await waitFor(() => { expect(screen.queryByRole('dialog')).toBeNull(); });
  const sent: unknown = asked.find(({ operation }) => operation === 'PutRules')?.variables;
  expect(sent).toMatchObject({ rules: { version: 4, onCall: [{ id: 'nuit', shifts: set.onCall[0]?.shifts, exceptions: [
    { from: '2026-12-24T23:00:00.000Z', to: '2026-12-26T23:00:00.000Z', contact: null }, { from: '2026-11-30T19:00:00.000Z', to: '2026-12-01T05:00:00.000Z', contact: 'a' },
  ] }] } });
});

test('a contact of a client is of one client or of all, which nobody asks of the others', async () => {
  const client = { ...contact('c', 'Jane'), party: 'CLIENT' };
  const { asked, container } = drawAsking(<RulesPage />, { ...answers, Rules: () => rules({ incidentRules: { ...set, contacts: [contact('a', 'Awa'), client] } }), PutRules: kept });
  const contacts = await screen.findByTestId('contacts');
  fireEvent.click(within(contacts).getByRole('button', { name: /Awa/ }));
  const first = await screen.findByRole('dialog');
  expect(within(first).queryByLabelText('De quel client')).toBeNull();
  fireEvent.click(within(first).getByRole('button', { name: 'Annuler' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  fireEvent.click(within(contacts).getByRole('button', { name: /Jane/ }));
  const dialog = await screen.findByRole('dialog');
  const [tenant] = reference.tenants;
  fireEvent.click(within(dialog).getByRole('combobox', { name: 'De quel client' }));
  fireEvent.click(await screen.findByRole('option', { name: tenant?.name ?? '' }));
  expect(await seriousFindings(container)).toEqual([]);
  fireEvent.click(within(dialog).getByRole('button', { name: 'Enregistrer' }));
  await waitFor(() => expect(asked.find(({ operation }) => operation === 'PutRules')?.variables['rules']).toMatchObject({ contacts: [{ id: 'a', tenant: null }, { id: 'c', party: 'CLIENT', tenant: tenant?.id }] }));
});
