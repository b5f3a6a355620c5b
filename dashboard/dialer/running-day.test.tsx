// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reference } from '../graphql/fixtures/reference.ts';
import { drawAsking, goTo } from '../parts/testing.tsx';
import { NuisanceCard } from './nuisance-card.tsx';
import { ProductivityCard } from './productivity-card.tsx';
import { LOOK_MS } from './use-productivity.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  goTo('/dialer/9000');
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const [known] = reference.measures;
if (!known) throw new Error('no measure');
const measures = (['passed', 'wait-between-calls'] as const).map((id) => ({ ...known, id, unit: 'COUNT' as const, dimensions: ['agent' as const, 'campaign' as const] }));

test('a day that runs is asked again each minute, while somebody sees it', async () => {
  let [calls, drops] = [0, 0];
  const { asked } = drawAsking(<><ProductivityCard campaign="9000" /><NuisanceCard campaign="9000" /></>, {
    Reference: () => ({ reference: undefined, ...reference, measures }),
    Productivity: ({ measures: of }) => ({ kpi: { __typename: 'Kpi', rows: [{ keys: [{ field: 'agent', value: '1', name: 'Awa' }], values: JSON.stringify(of).includes('passed') ? [++calls] : [30] }], totals: { values: [calls] } } }),
    Evidence: () => ({ calls: { edges: Array.from({ length: ++drops }, (_, at) => ({ node: { tenant: 'ocm', callId: `${at}`, startedAt: '2026-03-02T08:00:00Z', dialed: '+237650000001', waitSeconds: 2, messagePlayed: true } })), totalCount: drops } }),
  });
  const rows = (name: string) => screen.getByTestId(name).querySelectorAll('tbody tr').length;
  const talks = () => screen.getByTestId('productivity').querySelector('tbody td')?.textContent;
  await screen.findByTestId('productivity');
  await screen.findByTestId('evidence');
  expect([talks(), rows('evidence')]).toEqual(['1', 1]);
  await vi.advanceTimersByTimeAsync(LOOK_MS);
  await vi.waitFor(() => expect([talks(), rows('evidence')]).toEqual(['2', 2]));
  expect(asked.filter(({ variables }) => JSON.stringify(variables).includes('wait-between-calls'))).toHaveLength(2);
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  const before = asked.length;
  await vi.advanceTimersByTimeAsync(3 * LOOK_MS);
  expect(asked.length).toBe(before);
});
