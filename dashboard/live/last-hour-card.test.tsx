// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { drawAsking } from '../parts/testing.tsx';
import { prepareLastHour } from './prepare-last-hour.ts';

let Card: typeof import('./last-hour-card.tsx').LastHourCard;
beforeAll(async () => { ({ LastHourCard: Card } = await import('./last-hour-card.tsx')); });
afterEach(cleanup);

test('what could not be read is not none', () => {
  const data = prepareLastHour([], Date.parse('2026-03-02T10:00:30Z'));
  const { container } = drawAsking(<Card data={data} unread={false} />, {}, 'en');
  expect(container.textContent).toMatch(/0.*0.*0/);
  cleanup();
  drawAsking(<Card data={data} unread />, {}, 'en');
  expect(document.body.textContent).toMatch(/–.*–.*–/);
  // No line at zero either.
  expect(screen.queryByRole('img')).toBeNull();
  expect(document.body.textContent).toContain('not read yet');
});
