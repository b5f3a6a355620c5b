// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reference } from '../graphql/fixtures/reference.ts';
import { drawAsking, goTo } from '../parts/testing.tsx';
import { ClientPage } from './client-page.tsx';

beforeEach(() => { goTo('/incidents/client?range=2026-11-01..2026-11-30&zone=UTC'); });
afterEach(cleanup);

const incident = (number: number) => ({ number, state: 'CLOSED', type: 'power', severity: 'MAJOR', title: `Coupure ${number}`, startedAt: null, detectedAt: '2026-11-02T10:00:00Z', resolvedAt: '2026-11-02T10:10:00Z', components: [], clock: { breachedAt: null } });
const answers = {
  Reference: () => reference, SlaNames: () => ({ incidentTypes: [{ slug: 'power', label: 'Soucis d’énergie' }], components: [] }),
  Sla: () => ({ kpi: { __typename: 'Kpi', rows: [], totals: { values: [] }, comparison: null, from: '2026-11-01', to: '2026-12-01', dataAt: '2026-11-24T12:00:00Z' } }),
};
/** As many as there are, two a page, numbered from their count downward. */
const pages = (count: number) => ({ before }: Record<string, unknown>) => {
  const newest = (typeof before === 'number' ? before : count + 1) - 1;
  return { clientIncidents: { incidents: [newest, newest - 1].filter((number) => number > 0).map(incident), before: newest > 2 ? newest - 1 : null } };
};
const shown = async () => within(await screen.findByTestId('client-incidents')).getAllByRole('row').slice(1).map((row) => row.querySelector('td')?.textContent);

test('the sheet has every incident of the range, page after page', async () => {
  const { asked } = drawAsking(<ClientPage />, { ...answers, ClientIncidents: pages(5) });
  expect(await shown()).toEqual(['5', '4', '3', '2', '1']);
  expect(screen.queryByText(/plus récents/)).toBeNull();
  expect(asked.filter(({ operation }) => operation === 'ClientIncidents').map(({ variables: { before, tenant, from, to } }) => [before, tenant, from, to])).toEqual([null, 4, 2].map((before) => [before, 'ocm', '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z']));
});

test('a range with more than a sheet holds says so', async () => {
  drawAsking(<ClientPage />, { ...answers, ClientIncidents: pages(100) });
  expect(await shown()).toHaveLength(20);
  expect(screen.getByText('Seuls les 20 plus récents sont affichés : réduisez la période pour voir les autres.')).toBeTruthy();
});

test('a page that does not come leaves no half of a list; it is asked again', async () => {
  let fails = true;
  drawAsking(<ClientPage />, { ...answers, ClientIncidents: (variables) => (fails && variables['before'] !== null ? 'UNAVAILABLE' : pages(3)(variables)) });
  const again = await screen.findByRole('button', { name: 'Réessayer' });
  expect(screen.queryByTestId('client-incidents')).toBeNull();
  fails = false;
  fireEvent.click(again);
  expect(await shown()).toEqual(['3', '2', '1']);
});
