import { expect, test } from 'vitest';
import type { AgentState } from '../../telephony/rows.ts';
import type { PlannedShift } from '../ports.ts';
import { activitiesOf } from './activities.ts';
import { compareWithPlan, type LivedState, type Stretch } from './adherence.ts';

const HOUR = 3_600_000;
const day = Date.parse('2026-03-02T00:00:00Z');
const at = (hours: number): number => day + hours * HOUR;
const shift = (from: number, to: number, ...pauses: [reason: string, from: number, to: number][]): PlannedShift =>
  ({ tenant: 'ocm', agent: '1', fromMs: at(from), toMs: at(to), pauses: pauses.map(([reason, begin, end]) => ({ reason, fromMs: at(begin), toMs: at(end) })) });
const lived = (state: AgentState, from: number, to: number, reason = ''): LivedState => ({ state, reason, fromMs: at(from), toMs: at(to) });
/** The day 0:00 to 24:00 in hours: [scheduled, adherent, ...deviations]. */
const compare = (shifts: PlannedShift[], states: LivedState[], until = 24, unknown: Stretch[] = []): unknown[] => {
  const { activities, scheduledMs, adherentMs } = compareWithPlan(activitiesOf(shifts, day, at(24)), states, at(until), unknown);
  return [scheduledMs / HOUR, adherentMs / HOUR, ...activities.flatMap(({ deviations }) => deviations.map(({ kind, fromMs, toMs }) => [kind, (fromMs - day) / HOUR, (toMs - day) / HOUR]))];
};
const OFFICE = shift(8, 16, ['lunch', 12, 13]);

test('who does what is planned keeps the plan, whatever work it is', () => {
  expect(compare([OFFICE], [lived('ready', 8, 9), lived('ringing', 9, 9.5), lived('talk', 9.5, 10), lived('hold', 10, 11), lived('wrapup', 11, 12), lived('pause', 12, 13, 'lunch'), lived('ready', 13, 16)])).toEqual([8, 8]);
});

test('late, away, gone early; time before and after the shift counts for nothing', () => {
  expect(compare([OFFICE], [lived('ready', 8.25, 10), lived('ready', 10.5, 12), lived('pause', 12, 13, 'lunch'), lived('ready', 13, 15.75)])).toEqual([8, 7, ['late', 8, 8.25], ['away', 10, 10.5], ['left-early', 15.75, 16]]);
  expect(compare([OFFICE], [lived('ready', 7, 12), lived('pause', 12, 13, 'lunch'), lived('talk', 13, 18)])).toEqual([8, 8]);
});

test('who never came is absent, through the pause too; before the end of the shift he is late', () => {
  expect(compare([OFFICE], [])).toEqual([8, 0, ['absent', 8, 12], ['absent', 12, 13], ['absent', 13, 16]]);
  expect(compare([OFFICE], [], 9)).toEqual([1, 0, ['late', 8, 9]]);
});

test('a pause that is longer than planned, one that nobody planned, another than planned, and none', () => {
  expect(compare([OFFICE], [lived('ready', 8, 12), lived('pause', 12, 13.25, 'lunch'), lived('ready', 13.25, 16)])).toEqual([8, 7.75, ['pause-overrun', 13, 13.25]]);
  expect(compare([OFFICE], [lived('ready', 8, 10), lived('pause', 10, 10.5, 'coffee'), lived('ready', 10.5, 12), lived('pause', 12, 13, 'training'), lived('ready', 13, 16)])).toEqual([8, 6.5, ['unplanned-pause', 10, 10.5], ['unplanned-pause', 12, 13]]);
  expect(compare([OFFICE], [lived('ready', 8, 12.25), lived('talk', 12.25, 12.5), lived('pause', 12.5, 13.5, 'lunch'), lived('ready', 13.5, 16)])).toEqual([8, 7, ['worked-pause', 12, 12.5], ['pause-overrun', 13, 13.5]]);
});

test('a pause without a reason is taken for the planned one', () => {
  expect(compare([OFFICE], [lived('ready', 8, 12), lived('pause', 12, 13), lived('ready', 13, 16)])).toEqual([8, 8]);
});

test('a running day counts up to now', () => {
  expect(compare([OFFICE], [lived('ready', 8, 9), lived('pause', 9, 9.5, 'coffee')], 9.5)).toEqual([1.5, 1, ['unplanned-pause', 9, 9.5]]);
  expect(compare([OFFICE], [lived('ready', 8, 9)], 9.5)).toEqual([1.5, 1, ['away', 9, 9.5]]);
  expect(compare([OFFICE], [], 7)).toEqual([0, 0]);
  expect(compare([OFFICE], [lived('ready', 7, 7.5)], 7.5)).toEqual([0, 0]);
});

test('an unknown state, and time in which nobody knows, count neither as planned nor as kept', () => {
  expect(compare([OFFICE], [lived('ready', 8, 12), lived('unknown', 12, 14), lived('ready', 14, 16)])).toEqual([6, 6]);
  expect(compare([OFFICE], [lived('ready', 10, 12), lived('pause', 12, 13, 'lunch'), lived('ready', 13, 15)], 24, [{ fromMs: at(0), toMs: at(9) }, { fromMs: at(15.5), toMs: at(24) }])).toEqual([6.5, 5, ['late', 9, 10], ['left-early', 15, 15.5]]);
  expect(compare([OFFICE], [], 24, [{ fromMs: at(0), toMs: at(24) }])).toEqual([0, 0]);
  // What is written is known, whatever is said of the others.
  expect(compare([OFFICE], [lived('ready', 8, 9)], 24, [{ fromMs: at(0), toMs: at(24) }])).toEqual([1, 1]);
});

test('states that overlap count once, the earlier one first', () => {
  expect(compare([shift(8, 10)], [lived('pause', 8.5, 9.5, 'coffee'), lived('ready', 8, 9), lived('talk', 9, 10)])).toEqual([2, 1.5, ['unplanned-pause', 9, 9.5]]);
});

test('nothing planned, nothing compared', () => {
  expect(compare([], [lived('ready', 8, 12)])).toEqual([0, 0]);
});

test('shifts and pauses that overlap are planned once; a pause stays inside its shift', () => {
  const of = (...shifts: PlannedShift[]): unknown => activitiesOf(shifts, day, at(24)).map(({ activities }) => activities.map(({ kind, reason, fromMs, toMs }) => [reason || kind, (fromMs - day) / HOUR, (toMs - day) / HOUR]));
  expect(of(shift(6, 10, ['coffee', 7, 8], ['lunch', 7.5, 9]))).toEqual([[['work', 6, 7], ['coffee', 7, 8], ['lunch', 8, 9], ['work', 9, 10]]]);
  expect(of(shift(8, 12, ['coffee', 11.5, 13]), shift(11, 14))).toEqual([[['work', 8, 11.5], ['coffee', 11.5, 12]], [['work', 12, 14]]]);
  expect(of(shift(8, 12, ['briefing', 7, 8.5]))).toEqual([[['briefing', 8, 8.5], ['work', 8.5, 12]]]);
});

test('a night shift is cut at midnight, and so is a pause across it', () => {
  const night = shift(-2, 6, ['coffee', -0.25, 0.25]);
  expect(compare([night, shift(22, 30)], [lived('pause', -0.25, 0.25, 'coffee'), lived('ready', 0.25, 6), lived('ready', 22, 24)])).toEqual([8, 8]);
  expect(compare([night], [lived('pause', -0.25, 0.5, 'coffee'), lived('ready', 0.5, 6)])).toEqual([6, 5.75, ['pause-overrun', 0.25, 0.5]]);
});

test('a day of 23 hours has no minute twice', () => {
  // Paris, 2026-03-29: from 02:00 to 03:00 there is no time; 00:00 to 24:00 is 23 hours.
  const [from, to] = [Date.parse('2026-03-28T23:00:00Z'), Date.parse('2026-03-29T22:00:00Z')];
  const whole: PlannedShift = { tenant: 'ocm', agent: '1', fromMs: from - HOUR, toMs: to + HOUR, pauses: [] };
  const { scheduledMs, adherentMs } = compareWithPlan(activitiesOf([whole], from, to), [{ state: 'ready', reason: '', fromMs: from, toMs: to }], to);
  expect([scheduledMs / HOUR, adherentMs / HOUR]).toEqual([23, 23]);
});
