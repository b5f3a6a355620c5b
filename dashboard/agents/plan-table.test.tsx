// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reference } from '../graphql/fixtures/reference.ts';
import { drawAsking, goTo, seriousFindings } from '../parts/testing.tsx';
import { PlanTable } from './plan-table.tsx';
import type { Planned } from './timeline-query.ts';

beforeEach(() => goTo('/agents/1?zone=Africa/Douala'));
afterEach(cleanup);

const answers = { Reference: () => reference };

const stretch = (kind: Planned['kind'], startsAt: string, endsAt: string, ...deviations: Planned['deviations']): Planned => ({ kind, reason: '', startsAt, endsAt, deviations });

test.each([['fr', 'Rien de prévu ce jour-là'], ['en', 'Nothing is planned that day']] as const)('without a plan it is said in %s', (language, words) => {
  drawAsking(<PlanTable planned={[]} />, answers, language);
  expect(screen.getByText(words)).toBeTruthy();
  expect(screen.queryByRole('table')).toBeNull();
});

test.each([['fr', 'Retard 6:00'], ['en', 'Late start 6:00']] as const)('a deviation is told in words in %s, marked where it is long', async (language, words) => {
  const { container } = drawAsking(<PlanTable planned={[
    stretch('WORK', '2026-03-02T08:00:00Z', '2026-03-02T10:00:00Z', { kind: 'LATE', startedAt: '2026-03-02T08:00:00Z', endedAt: '2026-03-02T08:06:00Z', seconds: 360 }, { kind: 'AWAY', startedAt: '2026-03-02T09:00:00Z', endedAt: '2026-03-02T09:02:00Z', seconds: 120 }),
  ]} />, answers, language);
  expect(container.querySelector('[data-deviation=LATE]')?.textContent).toContain(words);
  expect([...container.querySelectorAll('[data-deviation]')].map((row) => row.querySelector('[role=img]') !== null)).toEqual([true, false]);
  expect(await seriousFindings(container)).toEqual([]);
});
