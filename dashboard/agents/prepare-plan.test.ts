import { expect, test } from 'vitest';
import { isNotable, plannedAt, preparePlanPaths, prepareShifts } from './prepare-plan.ts';
import type { Deviation, Planned } from './timeline-query.ts';

const day = Date.parse('2026-03-02T00:00:00Z');
const at = (hours: number) => new Date(day + hours * 3_600_000).toISOString();
const deviation = (kind: Deviation['kind'], from: number, to: number): Deviation => ({ kind, startedAt: at(from), endedAt: at(to), seconds: (to - from) * 3600 });
const planned = (kind: Planned['kind'], from: number, to: number, ...deviations: Deviation[]): Planned => ({ kind, reason: kind === 'PAUSE' ? 'lunch' : '', startsAt: at(from), endsAt: at(to), deviations });
const frame = { startMs: day, endMs: day + 10 * 3_600_000, ticks: [] };

test('work is a bar, a pause a thread, a deviation stands above the line: one path each, clipped to the frame', () => {
  const paths = preparePlanPaths([planned('WORK', -1, 4, deviation('LATE', 0, 0.5), deviation('AWAY', 2, 2.02)), planned('PAUSE', 4, 5, deviation('WORKED_PAUSE', 4, 5)), planned('WORK', 5, 12)], frame);
  expect(paths).toEqual([
    { look: 'work', path: 'M0 60h400V100H0zM500 60h500V100H500z' },
    { look: 'pause', path: 'M400 84h100V100H400z' },
    { look: 'slight', path: 'M200 28h2V48H200z' },
    { look: 'notable', path: 'M0 0h50V48H0z' },
  ]);
  expect(preparePlanPaths([], frame)).toEqual([]);
});

test('five minutes speak, work in a pause never does', () => {
  expect([deviation('LATE', 0, 5 / 60), deviation('LATE', 0, 4.9 / 60), deviation('WORKED_PAUSE', 0, 1)].map(isNotable)).toEqual([true, false, false]);
});

test('what is planned under the pointer, with the deviation there', () => {
  const late = deviation('LATE', 1, 1.5);
  const shift = [planned('WORK', 1, 4, late), planned('PAUSE', 4, 5)];
  expect(plannedAt(shift, frame, 0.12)).toEqual({ activity: shift[0], deviation: late });
  expect(plannedAt(shift, frame, 0.4)).toEqual({ activity: shift[1], deviation: null });
  expect(plannedAt(shift, frame, 0.5)).toBeNull();
});

test('stretches that follow each other are one shift', () => {
  expect(prepareShifts([planned('WORK', 0, 4), planned('PAUSE', 4, 5), planned('WORK', 5, 6), planned('WORK', 8, 9)])).toEqual([{ startsAt: at(0), endsAt: at(6) }, { startsAt: at(8), endsAt: at(9) }]);
});
