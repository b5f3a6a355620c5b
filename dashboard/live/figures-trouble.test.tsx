// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drawAsking, goTo } from '../parts/testing.tsx';
import { FiguresTrouble } from './figures-trouble.tsx';

beforeEach(() => goTo('/?zone=Africa/Douala'));
afterEach(cleanup);

test('says why the figures are old, of when they are, and what is kept', () => {
  drawAsking(<FiguresTrouble trouble={{ kind: 'UNAVAILABLE', since: '2026-03-02T09:58:55Z' }} unread={false} />, {}, 'fr');
  expect(screen.getByRole('status').textContent).toMatch(/ne peuvent pas être lus.*ne répond pas.*10:58:55.*rien n’est perdu/);
});

test('says when there were never any', () => {
  drawAsking(<FiguresTrouble trouble={{ kind: 'TOO_LARGE', since: null }} unread />, {}, 'en');
  expect(screen.getByRole('status').textContent).toMatch(/lacks memory.*none to show yet/);
});

test('is silent while all is well', () => {
  drawAsking(<FiguresTrouble trouble={null} unread={false} />, {}, 'en');
  expect(screen.queryByRole('status')).toBeNull();
});

test('says that figures are on their way where they take long, not at once', async () => {
  drawAsking(<FiguresTrouble trouble={null} unread />, {}, 'fr');
  expect(screen.queryByRole('status')).toBeNull();
  expect((await screen.findByRole('status')).textContent).toMatch(/pas encore lus.*lent.*en direct/);
});
