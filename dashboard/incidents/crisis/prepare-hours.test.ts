import { expect, test } from 'vitest';
import { hourToWrite, prepareHours, type Hour } from './prepare-hours.ts';

const hour = (at: number, state: Hour['state']): Hour => ({ hour: at, dueAt: `2026-03-02T${10 + at}:00:00Z`, state, writtenAt: null, by: null, text: null, reminded: false });

test('from the first hour on; the next one falls overdue when its time has passed', () => {
  const hours = prepareHours([hour(3, 'NEXT'), hour(2, 'OVERDUE'), hour(1, 'WRITTEN')], Date.parse('2026-03-02T13:00:01Z'));
  expect(hours.map((each) => `${each.hour} ${each.state}`)).toEqual(['1 WRITTEN', '2 OVERDUE', '3 OVERDUE']);
});

test('the earliest overdue hour is written first, else the next one', () => {
  expect(hourToWrite([hour(1, 'LATE'), hour(2, 'OVERDUE'), hour(3, 'OVERDUE'), hour(4, 'NEXT')])).toBe(2);
  expect(hourToWrite([hour(1, 'WRITTEN'), hour(2, 'NEXT')])).toBe(2);
  expect(hourToWrite([hour(1, 'WRITTEN')])).toBeNull();
});
