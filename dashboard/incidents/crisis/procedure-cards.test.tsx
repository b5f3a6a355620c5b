// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reference } from '../../graphql/fixtures/reference.ts';
import { drawAsking, goTo, seriousFindings } from '../../parts/testing.tsx';
import { after, AT, atMs } from '../fixtures/incidents.ts';
import { ActionsCard } from './actions-card.tsx';
import { LongCard } from './long-card.tsx';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: atMs });
  goTo('/incidents/7/crisis');
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const done = () => ({ result: { __typename: 'IncidentActDone', id: 'made', incident: { __typename: 'Incident', number: 7, revision: 5 } } });
const text = (element: Element | null) => element?.textContent?.replaceAll(/\s/g, ' ');
const sent = (asked: { operation: string; variables: Record<string, unknown> }[], operation: string) => asked.filter((each) => each.operation === operation).map(({ variables }) => Object.fromEntries(Object.entries(variables).filter(([name]) => name !== 'id')));

test('a long interruption: steps are done one by one, one that is taken back says why, and the client’s IT is written to', async () => {
  const step = (name: string, phase: 'SAFETY' | 'SECOND_PLATFORM' | 'RETURN', more: object = {}) => ({ step: name, phase, label: name, plannedAt: after(30), doneAt: null, by: null, note: null, overdue: false, ...more });
  const steps = [step('people-safe', 'SAFETY', { doneAt: after(-60), by: 'Awa' }), step('power-cut', 'SAFETY', { plannedAt: after(-30), overdue: true }), step('servers-started', 'SECOND_PLATFORM'), step('normal-confirmed', 'RETURN')];
  const long = { declaredAt: after(-90), cause: 'FIRE' as const, steps, progress: [{ id: 'a', at: after(-40), by: 'Awa', text: 'Pompiers sur place' }], progressDueAt: after(200) };
  const { asked, container } = drawAsking(<LongCard number={7} long={long} steps={steps} />, { Reference: () => reference, FinishStep: done, ReopenStep: done, ReportProgress: done });
  expect(text(container)).toContain('étapes : 1 sur 4');
  const rows = within(screen.getByTestId('steps')).getAllByRole('listitem');
  expect(rows.map((row) => (row.dataset['heading'] === undefined ? row.dataset['done'] ?? 'open' : 'phase'))).toEqual(['phase', 'true', 'open', 'phase', 'open', 'phase', 'open']);
  expect(text(rows[2] ?? null)).toContain('en retard');
  fireEvent.click(screen.getByRole('checkbox', { name: 'Étape faite : servers-started' }));
  await waitFor(() => expect(sent(asked, 'FinishStep')).toEqual([{ number: 7, at: null, step: 'servers-started', note: '', language: 'fr' }]));
  fireEvent.click(screen.getByRole('checkbox', { name: 'Annuler l’étape : people-safe' }));
  const dialog = await screen.findByRole('dialog');
  const undo = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Annuler l’étape' });
  expect(undo.disabled).toBe(true);
  fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: 'Une personne manque' } });
  fireEvent.click(undo);
  await waitFor(() => expect(sent(asked, 'ReopenStep')).toEqual([{ number: 7, step: 'people-safe', reason: 'Une personne manque', language: 'fr' }]));
  fireEvent.change(screen.getByRole('textbox', { name: 'Écrire un rapport d’avancement' }), { target: { value: ' Second site ouvert ' } });
  fireEvent.click(screen.getByRole('button', { name: 'Envoyer à l’IT d’OCM' }));
  await waitFor(() => expect(sent(asked, 'ReportProgress')).toEqual([{ number: 7, text: 'Second site ouvert', language: 'fr' }]));
  expect(await seriousFindings(container)).toEqual([]);
});

test('the action plan: who does what until when, what is late, and each followed until it is done', async () => {
  const action = (id: string, more: object = {}) => ({ id, list: 'PLAN' as const, text: id, owner: 'Awa', addedAt: after(-20), dueAt: after(60), doneAt: null, overdue: false, ...more });
  const actions = [action('Vérifier', { doneAt: AT }), action('Redémarrer', { dueAt: after(-5), overdue: true }), action('Doubler le serveur', { list: 'REX' })];
  const { asked, container } = drawAsking(<ActionsCard incident={{ number: 7, revision: 4, actions }} list="PLAN" />, { Reference: () => reference, AddAction: done, ChangeAction: done, FinishAction: done, ReopenAction: done });
  // What is to be done stands first; those of the REX have a card of their own.
  await waitFor(() => expect(screen.getAllByTestId('action').map(text)).toEqual([expect.stringMatching(/^Redémarrer.*en retard/), expect.stringMatching(/^Vérifier.*faite le/)]));
  fireEvent.click(screen.getByRole('checkbox', { name: 'Marquer faite : Redémarrer' }));
  await waitFor(() => expect(sent(asked, 'FinishAction')).toEqual([{ number: 7, action: 'Redémarrer', language: 'fr' }]));
  fireEvent.click(screen.getByRole('checkbox', { name: 'Rouvrir : Vérifier' }));
  const why = await screen.findByRole('dialog');
  fireEvent.change(within(why).getByRole('textbox'), { target: { value: 'Encore en panne' } });
  fireEvent.click(within(why).getByRole('button', { name: 'Rouvrir' }));
  await waitFor(() => expect(sent(asked, 'ReopenAction')).toEqual([{ number: 7, action: 'Vérifier', reason: 'Encore en panne', language: 'fr' }]));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  fireEvent.click(screen.getByRole('button', { name: 'Ajouter une action' }));
  const form = await screen.findByRole('dialog');
  const add = within(form).getByRole<HTMLButtonElement>('button', { name: 'Ajouter' });
  fireEvent.change(within(form).getByRole('textbox', { name: /^Action/ }), { target: { value: ' Changer le disque ' } });
  fireEvent.change(within(form).getByRole('textbox', { name: /^Responsable/ }), { target: { value: 'Bello' } });
  // Nobody follows what has no date.
  expect(add.disabled).toBe(true);
  fireEvent.change(within(form).getByLabelText(/^Échéance/), { target: { value: '2026-03-03T18:00' } });
  fireEvent.click(add);
  // In the page's zone, which is that of Douala.
  await waitFor(() => expect(sent(asked, 'AddAction')).toEqual([{ number: 7, list: 'PLAN', text: 'Changer le disque', owner: 'Bello', dueAt: '2026-03-03T17:00:00.000Z', language: 'fr' }]));
  expect(await seriousFindings(container)).toEqual([]);
});
