// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drawAsking, goTo } from '../parts/testing.tsx';
import { FillingNote } from './filling-note.tsx';

beforeEach(() => goTo('/?zone=Africa/Douala'));
afterEach(cleanup);

const freshness = (historyFrom: string | null, filling: object | null) => ({ Freshness: () => ({ freshness: { historyFrom, filling } }) });

test('while the first history fills in, the page says from when there is one and how far it is', async () => {
  drawAsking(<FillingNote historyFrom="2026-01-12T08:00:00Z" />, freshness(null, { daysDone: 3, daysTotal: 31 }), 'en');
  expect((await screen.findByText(/3 of 31 days/)).textContent).toMatch(/^History since .*12.* · being filled: 3 of 31 days$/);
});

test('once it is there, only from when', async () => {
  drawAsking(<FillingNote historyFrom={null} />, freshness('2026-01-12T08:00:00Z', null), 'en');
  expect((await screen.findByText(/^History since/)).textContent).toBe('History since Jan 12, 2026');
});
