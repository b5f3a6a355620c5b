// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { drawAsking, seriousFindings } from '../parts/testing.tsx';
import { Controls } from './controls.tsx';
import { dialerFixture } from './fixtures/campaign.ts';

afterEach(cleanup);

const done = () => ({ result: { __typename: 'CommandDone' } });
const controls = (over: Parameters<typeof dialerFixture>[0] = {}) => <Controls campaign="9000" name="Relance" dialer={dialerFixture(over)} />;
const orders = (asked: { operation: string }[]) => asked.filter(({ operation }) => operation !== 'Reference');
const click = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

test('an order says what it does, and is given only when confirmed', async () => {
  const { asked, baseElement } = drawAsking(controls(), { PauseCampaign: done });
  expect(screen.queryByRole('button', { name: 'Démarrer' })).toBeNull();
  click('Mettre en pause');
  const dialog = await screen.findByRole('dialog', { name: /Mettre « Relance » en pause/ });
  expect(dialog.textContent).toMatch(/22 appels qui sonnent et 14 conversations en cours/);
  expect(orders(asked)).toEqual([]);
  expect(await seriousFindings(baseElement)).toEqual([]);
  const [, confirm] = screen.getAllByRole('button', { name: 'Mettre en pause', hidden: true });
  fireEvent.click(confirm ?? dialog);
  await waitFor(() => { expect(orders(asked)).toEqual([{ operation: 'PauseCampaign', variables: { campaign: '9000' } }]); });
  await waitFor(() => { expect(screen.queryByRole('dialog')).toBeNull(); });
});

test('a refusal stands in the dialog, in the reader’s language', async () => {
  drawAsking(controls({ state: 'STOPPED' }), { StartCampaign: () => ({ result: { __typename: 'CommandRefused', code: 'wrong-state', reason: 'campaign 9000 is running' } }) }, 'en');
  expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
  click('Start');
  await screen.findByRole('dialog');
  const buttons = screen.getAllByRole('button', { name: 'Start', hidden: true });
  fireEvent.click(buttons.at(-1) ?? document.body);
  expect((await screen.findByRole('alert')).textContent).toContain('the campaign is “Stopped”');
});

test('mode and limits: what will change is said, and only that is sent', async () => {
  const { asked } = drawAsking(controls(), { ChangeDialing: done });
  click('Mode et limites');
  await screen.findByRole('dialog');
  const apply = screen.getByRole('button', { name: 'Appliquer' });
  expect(apply.hasAttribute('disabled')).toBe(true);
  fireEvent.click(screen.getByRole('radio', { name: 'Progressif' }));
  fireEvent.change(screen.getByRole('textbox', { name: 'Lignes au plus' }), { target: { value: '50' } });
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['Mode : Prédictif → Progressif', 'Lignes : sans limite → 50']);
  fireEvent.click(apply);
  await waitFor(() => { expect(orders(asked)).toEqual([{ operation: 'ChangeDialing', variables: { campaign: '9000', mode: 'PROGRESSIVE', maximumLines: 50 } }]); });
});
