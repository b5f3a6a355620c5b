// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reference } from '../graphql/fixtures/reference.ts';
import { drawAsking, seriousFindings } from '../parts/testing.tsx';
import { Builder } from './builder.tsx';
import { parseQuestion } from './question.ts';

beforeEach(() => { window.history.replaceState(null, '', '/kpi?measures=service-level,queued&by=queue,day'); });
afterEach(cleanup);

const show = () => drawAsking(<Builder question={parseQuestion(window.location.search)} />, { Reference: () => reference });
const option = async (name: string) => screen.findByRole('option', { name, hidden: true });

test('the address is read out as a sentence', async () => {
  const { container } = show();
  await screen.findAllByText('Niveau de service');
  expect(screen.getAllByText('Appels en file').length).toBeGreaterThan(0);
  expect(screen.getByRole('combobox', { name: 'chaque' })).toHaveProperty('value', 'jour');
  expect(await seriousFindings(container)).toEqual([]);
});

test('a choice goes to the address', async () => {
  show();
  fireEvent.click(screen.getByRole('combobox', { name: 'chaque' }));
  fireEvent.click(await option('30 minutes'));
  expect(parseQuestion(window.location.search)).toMatchObject({ groupings: ['queue'], interval: '30min' });
  fireEvent.click(screen.getByRole('combobox', { name: 'comparé à' }));
  fireEvent.click(await option('semaine d’avant'));
  expect(new URLSearchParams(window.location.search).get('vs')).toBe('previous-week');
});

test('a grouping that a chosen measure does not know cannot be chosen', async () => {
  show();
  await screen.findAllByText('Niveau de service');
  fireEvent.click(screen.getByRole('combobox', { name: 'par' }));
  await waitFor(async () => { expect((await option('équipe')).getAttribute('data-combobox-disabled')).toBe('true'); });
  expect((await option('client')).getAttribute('data-combobox-disabled')).not.toBe('true');
});
