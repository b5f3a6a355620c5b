// @vitest-environment happy-dom
import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { drawAsking, seriousFindings } from '../../parts/testing.tsx';
import { prepareStudy } from './prepare-study.ts';
import type { StudiedMode } from './study-query.ts';
import { StudyResults } from './study-results.tsx';

afterEach(cleanup);

const lived = (mode: StudiedMode['mode'], over: Partial<StudiedMode>): StudiedMode => ({ mode, hours: 10, contactsDialed: 1000, contactsLeft: 0, talkMinutesPerHour: 25, busyShare: 0.5, waitSeconds: 100, nuisanceShare: 0, worstDayShare: 0, nuisances: 0, takenForMachine: 0, contactsPerHour: 100, lines: 10, peakLines: 20, ...over });
const modes = [lived('MANUAL', {}), lived('VICIDIAL_AVERAGE', { talkMinutesPerHour: 40, worstDayShare: 0.035, waitSeconds: 60 }), lived('PREDICTIVE', { talkMinutesPerHour: 47, worstDayShare: 0.0299, waitSeconds: 12.3 }), lived('CLAIRVOYANT', { talkMinutesPerHour: 50, worstDayShare: null, waitSeconds: 2 })];

test('the best real mode stands out, the bound never, and who is over the limit is marked', () => {
  const [talk, wait, worst] = prepareStudy(modes, 0.03);
  expect(talk?.bars.map(({ best, times }) => [best, times])).toEqual([[false, null], [false, 1.6], [true, 1.88], [false, 2]]);
  expect(wait?.bars.map(({ best }) => best)).toEqual([false, false, true, false]);
  expect(worst?.bars.map(({ over, best }) => [over, best])).toEqual([[false, false], [true, false], [false, false], [false, false]]);
  expect(worst?.limit).toBeCloseTo(0.03 / 0.0375, 10);
  expect(Math.max(...(prepareStudy(modes, 0.03).at(-1)?.bars.map(({ mark }) => mark ?? 0) ?? []))).toBe(1);
});

test('charts and a table, readable without seeing', async () => {
  const { container } = drawAsking(<StudyResults modes={modes} limit={0.03} />, {}, 'en');
  const panel = screen.getByRole('region', { name: 'Nuisance, worst 24 h' });
  expect(within(panel).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['Manual0.00%', 'VICIdial averageover the limit3.50%', 'Predictive2.99%', 'Clairvoyant (bound)–']);
  expect(within(panel).getByRole('img', { name: 'over the limit' })).toBeTruthy();
  const [, , , predictive] = screen.getAllByRole('row');
  expect(predictive?.textContent).toBe('Predictive47.050.0%12.30.00%2.99%0010010.02010.00');
  expect(await seriousFindings(container)).toEqual([]);
});
