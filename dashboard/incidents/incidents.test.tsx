// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import type { ReactElement } from 'react';
import { reference } from '../graphql/fixtures/reference.ts';
import { drawAsking, goTo, seriousFindings } from '../parts/testing.tsx';
import { after, AT, atMs, details, open, past, strip } from './fixtures/incidents.ts';
import { CrisisPage } from './crisis/crisis-page.tsx';
import { IncidentPage } from './incident/incident-page.tsx';
import { ToldCard } from './incident/told-card.tsx';
import { IncidentsPage } from './incidents-page.tsx';
import { OpenIncidentsProvider } from './open-incidents.tsx';
import { IncidentStrip } from './strip.tsx';
import { IncidentsWidget } from './widget.tsx';

beforeEach(() => { vi.useFakeTimers({ toFake: ['Date'], now: atMs }); });
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const pushed: string[] = [];
const router = { push: (href: string) => { pushed.push(href); }, replace: () => {}, back: () => {}, forward: () => {}, refresh: () => {}, prefetch: () => {}, bfcacheId: '0' };
const routed = (page: ReactElement) => <AppRouterContext value={router}><OpenIncidentsProvider>{page}</OpenIncidentsProvider></AppRouterContext>;

const type = { slug: 'power', label: 'Soucis d’énergie', causes: 'coupure longue', solution: 'groupe, onduleur', labelFr: 'a', labelEn: 'a', causesFr: 'a', causesEn: 'a', solutionFr: 'a', solutionEn: 'a', targetMinutes: 5, severity: 'CRITICAL', calendar: null, breakdown: true, retired: false, version: 0, affects: { tenants: [], sites: [], queues: [], components: [{ component: 'power', share: 1 }] } };
const answers = {
  Reference: () => reference,
  WarnShares: () => ({ incidentSettings: { warnShares: [0.5, 0.8] } }),
  IncidentStrip: () => ({ incidentStrip: { at: AT, incidents: [] } }),
  IncidentTypes: () => ({ incidentTypes: [type], components: [{ slug: 'power', label: 'Énergie' }] }),
  Impact: () => ({ incident: { impact: null } }),
  Contacts: () => ({ incidentRules: { contacts: [] } }),
  OpenIncidents: () => ({ incidents: { at: AT, incidents: [] } }),
  PastIncidents: () => ({ incidents: { before: null, incidents: [past()] } }),
};
const done = (incident: object | null = { __typename: 'Incident', number: 7, revision: 5 }) => ({ result: { __typename: 'IncidentActDone', id: 'made', incident } });
const refused = (reason: string) => ({ result: { __typename: 'IncidentActRefused', code: 'x', reason, by: null, incident: null } });
const text = (element: Element | null) => element?.textContent?.replaceAll(/\s/g, ' ');

test('the strip: nothing while nothing is open; one with its clock and what is due; several with the gravest, said once', async () => {
  goTo('/');
  let incidents = [strip()];
  const { container, asked } = drawAsking(routed(<IncidentStrip />), { ...answers, IncidentStrip: () => ({ incidentStrip: { at: AT, incidents } }) });
  const line = await screen.findByTestId('incident-strip');
  expect(within(line).getByRole('link').getAttribute('href')).toBe('/incidents/7');
  expect(text(line)).toContain('Coupure de courantConférence avec l’IT d’OCMdans 50:0020:00restantes');
  expect(within(line).getByRole('img', { name: 'gravité 1 · critique' })).toBeTruthy();
  expect(screen.getByRole('status').textContent).toBe('Un incident est ouvert : Coupure de courant, gravité 1 · critique.');
  incidents = [strip({ clock: { state: 'RUNNING', targetMs: 1_800_000, leftMs: null, dueAt: after(-3), breachedAt: after(-3) }, crisis: true, overdueReports: 2 }), strip({ number: 8 }), strip({ number: 9 })];
  document.dispatchEvent(new Event('visibilitychange'));
  await waitFor(() => { expect(text(line)).toContain('3 incidents le plus urgent :Coupure de courantcellule de crise2 rapports horaires en retard2 rapports horaires en retard+3:00de dépassement'); });
  expect(within(line).getByRole('link').getAttribute('href')).toBe('/incidents');
  expect(within(line).getByRole('timer').getAttribute('aria-live')).toBe('off');
  expect(asked.filter(({ operation }) => operation === 'IncidentStrip')).toHaveLength(2);
  expect(await seriousFindings(container)).toEqual([]);
});

test('open ones as cards, the most urgent first, each with what stops its clock; below, what is over', async () => {
  goTo('/incidents?severity=MINOR');
  const { container, asked } = drawAsking(routed(<IncidentsPage />), { ...answers, OpenIncidents: () => ({ incidents: { at: AT, incidents: [
    open({ number: 5, severity: 'MAJOR', title: 'Passerelle', clock: { state: 'PAUSED', targetMs: 3_600_000, leftMs: 2_100_000, dueAt: null, breachedAt: null }, pauses: [{ from: after(-5), to: null, reason: 'essai de l’opérateur' }] }),
    open({ title: 'Énergie', clock: { state: 'RUNNING', targetMs: 300_000, leftMs: -300_000, dueAt: after(-5), breachedAt: after(-5) } }),
  ] } }) });
  const cards = await screen.findAllByTestId('open-incident');
  expect(cards.map((card) => within(card).getByRole('heading').textContent)).toEqual(['Énergie', 'Passerelle']);
  expect([text(cards[0] ?? null), text(cards[1] ?? null)]).toEqual([expect.stringContaining('+5:00de dépassementcible 5 mindépassé à 10:55'), expect.stringContaining('35:00en pausecible 1 h 00En pause : essai de l’opérateur')]);
  expect(cards[0]?.dataset['verdict']).toBe('bad');
  expect(text(cards[0] ?? null)).toContain('Conférence OCMdans 50:00');
  expect(text(cards[0] ?? null)).toContain('Douala · Énergie (50 %)');
  const row = await screen.findByTestId('past-incident');
  expect(text(row)).toContain('Messages répétésPatch Hermèsgravité 3 · mineure');
  expect(text(row)).toContain('1 h 402 h 00tenuClos');
  expect(asked.find(({ operation }) => operation === 'PastIncidents')?.variables).toMatchObject({ open: false, severity: 'MINOR', type: null });
  expect(await seriousFindings(container)).toEqual([]);
});

test('nothing open: says when the last one ended; a server that is away says so', async () => {
  goTo('/incidents');
  const { unmount } = drawAsking(routed(<IncidentsPage />), answers);
  expect(await screen.findByText(/^Le dernier, « Messages répétés », a été clos le/u)).toBeTruthy();
  unmount();
  drawAsking(routed(<IncidentsPage />), { ...answers, OpenIncidents: () => 'UNAVAILABLE' });
  await screen.findAllByRole('button', { name: 'Réessayer' });
});

test('opening one: its type fills in what is usual, and a refusal loses nothing of what was typed', async () => {
  goTo('/incidents');
  let answer: object = refused('Ce type d’incident n’existe pas.');
  const { asked } = drawAsking(routed(<IncidentsPage />), { ...answers, OpenIncident: () => answer });
  fireEvent.click(await screen.findByRole('button', { name: 'Ouvrir un incident' }));
  const dialog = await screen.findByRole('dialog');
  fireEvent.click(await within(dialog).findByRole('combobox', { name: /Type d’incident/ }));
  fireEvent.click((await screen.findAllByRole('option', { name: 'Soucis d’énergie', hidden: true })).at(-1) ?? document.body);
  expect(within(dialog).getByText('groupe, onduleur')).toBeTruthy();
  const submit = within(dialog).getByRole('button', { name: 'Ouvrir l’incident' });
  expect(submit.hasAttribute('disabled')).toBe(true);
  fireEvent.change(within(dialog).getByRole('textbox', { name: /Titre/ }), { target: { value: 'Coupure' } });
  fireEvent.click(submit);
  expect((await within(dialog).findByRole('alert')).textContent).toContain('Ce type d’incident n’existe pas.');
  answer = done();
  fireEvent.click(submit);
  await waitFor(() => { expect(pushed).toEqual(['/incidents/7']); });
  expect(asked.findLast(({ operation }) => operation === 'OpenIncident')?.variables).toMatchObject({ type: 'power', title: 'Coupure', targetMinutes: 5, severity: 'CRITICAL', affects: { components: [{ component: 'power', share: 1 }] }, startedAt: null });
});

test('one incident: an act says what follows; late entries are marked; what failed to be told stands first', async () => {
  goTo('/incidents/7');
  const { container, asked } = drawAsking(routed(<IncidentPage number={7} />), { ...answers, Acknowledge: () => done(), RetryNotification: () => ({ result: { __typename: 'SettingKept', version: 0 } }), Incident: () => ({ incident: details({ notifications: [
    { id: '1', channel: 'EMAIL', recipient: 'awa@example.org', subject: 'Ouvert', state: 'SENT', attempts: 1, createdAt: AT, nextAttemptAt: null, reason: null, answer: null, late: false, sentAt: AT },
    { id: '2', channel: 'WEBHOOK', recipient: 'ops', subject: 'Ouvert', state: 'FAILED', attempts: 3, createdAt: AT, nextAttemptAt: after(5), reason: null, answer: '503 Service Unavailable', late: false, sentAt: null },
    { id: '3', channel: 'EMAIL', recipient: 'paul@example.org', subject: 'Ouvert', state: 'DUE', attempts: 0, createdAt: AT, nextAttemptAt: AT, reason: 'NO_MAIL_SERVER', answer: null, late: false, sentAt: null },
  ] }) }) });
  const events = await screen.findAllByTestId('event');
  expect(text(events[0] ?? null)).toMatch(/^10:51:00Groupe en panneAwasaisi le/u);
  expect(within(screen.getByTestId('notifications')).getAllByRole('listitem').map((item) => item.dataset['state'])).toEqual(['FAILED', 'SENT', 'DUE']);
  expect(text(screen.getByTestId('notifications'))).toContain('réponse du serveur : 503 Service Unavailable');
  expect(text(screen.getByTestId('notifications'))).toContain('aucun serveur de messagerie n’est configuré');
  fireEvent.click(screen.getByRole('button', { name: 'Renvoyer' }));
  await waitFor(() => { expect(asked).toContainEqual({ operation: 'RetryNotification', variables: { id: '2', language: 'fr' } }); });
  fireEvent.click(screen.getByRole('button', { name: 'Prendre en compte' }));
  const dialog = await screen.findByRole('dialog');
  expect(text(dialog)).toContain('Le délai cible continue de courir.');
  fireEvent.click(within(dialog).getByRole('button', { name: 'Prendre en compte' }));
  await waitFor(() => { expect(asked.find(({ operation }) => operation === 'Acknowledge')?.variables).toEqual({ number: 7, id: expect.any(String), at: null, text: '', language: 'fr' }); });
  expect(await seriousFindings(container)).toEqual([]);
});

test('what all messages wait for is told once', async () => {
  const due = (id: string) => ({ id, channel: 'EMAIL' as const, recipient: `${id}@example.org`, subject: 'Ouvert', state: 'DUE' as const, attempts: 0, createdAt: AT, nextAttemptAt: AT, reason: 'NO_MAIL_SERVER' as const, answer: null, late: false, sentAt: null });
  drawAsking(<ToldCard notifications={[due('awa'), due('paul')]} goneBefore={null} look={() => {}} />, answers);
  expect(screen.getAllByText(/aucun serveur de messagerie/u).map(text)).toEqual(['Tous les envois attendent : aucun serveur de messagerie n’est configuré (VIGIE_SMTP_URL et VIGIE_MAIL_FROM).']);
});

test('what some wait for is told of each: others have arrived', () => {
  const each = (id: string, state: 'DUE' | 'SENT') => ({ id, channel: 'EMAIL' as const, recipient: `${id}@example.org`, subject: 'Ouvert', state, attempts: 0, createdAt: AT, nextAttemptAt: AT, reason: state === 'DUE' ? 'NO_MAIL_SERVER' as const : null, answer: null, late: false, sentAt: null });
  drawAsking(<ToldCard notifications={[each('awa', 'DUE'), each('paul', 'DUE'), each('zoe', 'SENT')]} goneBefore={null} look={() => {}} />, answers);
  expect(screen.queryByText(/Tous les envois attendent/u)).toBeNull();
  expect(screen.getAllByText(/aucun serveur de messagerie/u)).toHaveLength(2);
});

test('what was told longer ago than the journal reaches is said to be gone, and not that nobody was told', async () => {
  goTo('/incidents/7');
  const { container } = drawAsking(routed(<IncidentPage number={7} />), { ...answers, Incident: () => ({ notificationsSince: after(60), incident: details({ state: 'CLOSED', open: false, notifications: [] }) }) });
  expect((await screen.findByText(/journal des envois/u)).textContent).toMatch(/^Le journal des envois remonte au /u);
  expect(text(container)).not.toContain('Personne n’a encore été prévenu');
});

test('an incident is corrected: what another wrote meanwhile comes beside ours, and only what differs is sent', async () => {
  goTo('/incidents/7');
  let now = details();
  let answer: object = { result: { __typename: 'IncidentActRefused', code: 'changed-meanwhile', reason: 'Quelqu’un d’autre vient de modifier cela', by: 'Paul', incident: null } };
  const { asked } = drawAsking(routed(<IncidentPage number={7} />), { ...answers, Incident: () => ({ incident: now }), ChangeIncident: () => answer });
  fireEvent.click(await screen.findByRole('button', { name: 'Modifier l’incident' }));
  const dialog = await screen.findByRole('dialog');
  const field = (name: RegExp) => within(dialog).getByRole<HTMLTextAreaElement>('textbox', { name });
  const save = within(dialog).getByRole('button', { name: 'Enregistrer' });
  expect(save.hasAttribute('disabled')).toBe(true);
  fireEvent.change(field(/Titre/), { target: { value: 'Coupure à Douala' } });
  fireEvent.click(save);
  expect((await within(dialog).findByRole('alert')).textContent).toContain('Quelqu’un d’autre vient de modifier cela (Paul)');
  expect(asked.find(({ operation }) => operation === 'ChangeIncident')?.variables).toEqual({ number: 7, id: expect.any(String), seen: 4, title: 'Coupure à Douala', language: 'fr' });
  now = details({ revision: 6, title: 'Panne du réseau', description: 'Groupe en marche', timeline: [...now.timeline, { id: 'e3', sequence: 6, kind: 'CHANGED', at: AT, recordedAt: AT, by: 'Paul', words: 'Modifié' }] });
  document.dispatchEvent(new Event('visibilitychange'));
  const theirs = await within(dialog).findByTestId('theirs');
  expect(text(theirs)).toContain('Paul vient d’écrire : Panne du réseau');
  expect([field(/Titre/).value, field(/Description/).value, save.hasAttribute('disabled')]).toEqual(['Coupure à Douala', 'Groupe en marche', true]);
  expect(await seriousFindings(dialog)).toEqual([]);
  answer = done();
  fireEvent.click(within(theirs).getByRole('button', { name: 'Garder la mienne' }));
  fireEvent.click(save);
  await waitFor(() => { expect(screen.queryByRole('dialog')).toBeNull(); });
  expect(asked.findLast(({ operation }) => operation === 'ChangeIncident')?.variables).toEqual({ number: 7, id: expect.any(String), seen: 6, title: 'Coupure à Douala', language: 'fr' });
});

test('an incident that is not there says what to do', async () => {
  goTo('/incidents/99');
  drawAsking(routed(<IncidentPage number={99} />), { ...answers, Incident: () => ({ incident: null }) });
  expect(await screen.findByText('Cet incident n’existe pas')).toBeTruthy();
});

test('the cell: hours written, late and overdue; the report is written for the earliest one without', async () => {
  goTo('/incidents/7/crisis');
  const hour = (at: number, state: 'NEXT' | 'OVERDUE' | 'WRITTEN' | 'LATE') => ({ hour: at, dueAt: after(at * 60 - 150), state, writtenAt: state === 'WRITTEN' ? after(-95) : null, by: state === 'WRITTEN' ? 'Awa' : null, text: state === 'WRITTEN' ? 'Bascule prête' : null, reminded: state === 'OVERDUE' });
  const { container, asked } = drawAsking(routed(<CrisisPage number={7} />), { ...answers, WriteReport: () => done(), Incident: () => ({ incident: details({ acts: ['END_CRISIS'], crisis: { openedAt: after(-150), endedAt: null, members: [], reports: [hour(3, 'NEXT'), hour(2, 'OVERDUE'), hour(1, 'WRITTEN')] }, actions: [{ id: 'a', list: 'PLAN', text: 'Ouvrir le pare-feu', owner: 'Awa', addedAt: AT, dueAt: after(-5), doneAt: null, overdue: true }] }) }) });
  const hours = within(await screen.findByTestId('hours')).getAllByRole('button');
  expect(hours.map((each) => [text(each), each.getAttribute('aria-pressed')])).toEqual([['Heure 1écrit à 09:25', 'false'], ['Heure 2attendu à 10:30en retard', 'true'], ['Heure 3attendu à 11:30dans 30:00', 'false']]);
  expect(text(screen.getByTestId('action'))).toContain('Ouvrir le pare-feuAwa · ');
  fireEvent.change(screen.getByRole('textbox', { name: 'Rapport de l’heure 2' }), { target: { value: 'En cours' } });
  fireEvent.click(screen.getByRole('button', { name: 'Publier le rapport' }));
  await waitFor(() => { expect(asked.find(({ operation }) => operation === 'WriteReport')?.variables).toMatchObject({ number: 7, hour: 2, text: 'En cours' }); });
  fireEvent.click(hours[0] ?? document.body);
  await screen.findByText('Bascule prête');
  expect(await seriousFindings(container)).toEqual([]);
});

test('two write the REX at once: the other’s text stands beside ours, and what we save then is based on it', async () => {
  goTo('/incidents/7/crisis');
  const rex = (version: string, causes: string, impact = '') => ({ version, writtenAt: AT, by: 'Paul', impact, causes, wentWell: '', wentBadly: '', approvedAt: null });
  let now = rex('v1', 'disque');
  const { asked } = drawAsking(routed(<CrisisPage number={7} />), { ...answers, Incident: () => ({ incident: details({ state: 'RESOLVED', acts: [], rex: now }) }), WriteRex: ({ basedOn }) => (basedOn === now.version ? done() : refused('Quelqu’un d’autre')) });
  const causes = await screen.findByRole('textbox', { name: 'Causes' });
  fireEvent.change(causes, { target: { value: 'disque plein' } });
  now = rex('v2', 'disque saturé', '120 appels');
  document.dispatchEvent(new Event('visibilitychange'));
  const theirs = await screen.findByTestId('theirs');
  expect(text(theirs)).toContain('Texte de Pauldisque saturé');
  expect([causes, screen.getByRole('textbox', { name: 'Impact' })].map((field) => ('value' in field ? field.value : null))).toEqual(['disque plein', '120 appels']);
  const save = screen.getByRole('button', { name: 'Enregistrer' });
  expect(save.hasAttribute('disabled')).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'J’ai tenu compte de l’autre version' }));
  await waitFor(() => { expect(save.hasAttribute('disabled')).toBe(false); });
  fireEvent.click(save);
  await waitFor(() => { expect(asked.findLast(({ operation }) => operation === 'WriteRex')?.variables).toMatchObject({ basedOn: 'v2', causes: 'disque plein', impact: '120 appels' }); });
  // Our own version is not taken for somebody else's while the page does not know it yet.
  await waitFor(() => { expect(screen.queryByTestId('theirs')).toBeNull(); });
});

test('a wall shows the gravest large, and a calm word while nothing is open; a page shows them only where there are several', async () => {
  goTo('/');
  let incidents = [strip(), strip({ number: 8, title: 'Passerelle', severity: 'MAJOR' }), strip({ number: 9 })];
  const { unmount } = drawAsking(routed(<><IncidentsWidget size="wall" /><IncidentsWidget /></>), { ...answers, IncidentStrip: () => ({ incidentStrip: { at: AT, incidents } }) });
  const lists = await screen.findAllByTestId('incidents-widget');
  expect(lists.map((list) => [list.dataset['size'], within(list).getAllByRole('listitem').length])).toEqual([['wall', 2], ['page', 3]]);
  screen.getByText('et 1 autre');
  incidents = [];
  unmount();
  drawAsking(routed(<><IncidentsWidget size="wall" /><IncidentsWidget /></>), { ...answers, IncidentStrip: () => ({ incidentStrip: { at: AT, incidents } }) });
  await screen.findByText('Aucun incident en cours');
  expect(screen.queryByTestId('incidents-widget')).toBeNull();
});
