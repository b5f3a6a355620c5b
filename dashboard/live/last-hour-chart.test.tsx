// @vitest-environment happy-dom
import { cleanup } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { drawAsking } from '../parts/testing.tsx';
import { prepareLastHour } from './prepare-last-hour.ts';


let Chart: typeof import('./last-hour-chart.tsx').LastHourChart;
beforeAll(async () => { ({ LastHourChart: Chart } = await import('./last-hour-chart.tsx')); });
afterEach(cleanup);

test('sixty minutes are drawn, one bar where calls were answered', () => {
  const now = Date.parse('2026-03-02T10:00:30Z');
  const { points } = prepareLastHour([{ at: '2026-03-02T09:30:00Z', offered: 5, answered: 4, abandoned: 1 }], now);
  const { container } = drawAsking(<Chart points={points} width={600} height={170} />, {});
  expect(container.querySelectorAll('.recharts-bar').length).toBe(2);
  expect(container.querySelector('.recharts-line path')).not.toBeNull();
});
