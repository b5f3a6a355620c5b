import { expect, test } from 'vitest';
import { conferenceOf, duesOf, nextReport, type DueOf } from './prepare-due.ts';

const at = (time: string) => `2026-03-02T${time}:00Z`;
const ms = (time: string) => Date.parse(at(time));
const incident = (more: Partial<DueOf> = {}): DueOf => ({ state: 'ACKNOWLEDGED', clock: { dueAt: at('10:30') }, conferenceDueAt: at('11:00'), conferences: [], crisis: null, actions: [], rexDueAt: null, rex: null, ...more });

test('the target first, the conference an hour after the detection', () => {
  expect(duesOf(incident())).toEqual([{ kind: 'target', atMs: ms('10:30') }, { kind: 'conference', atMs: ms('11:00') }]);
});

test('a paused target is not due, the conference is all the same', () => {
  expect(duesOf(incident({ clock: { dueAt: null } })).map(({ kind }) => kind)).toEqual(['conference']);
});

test('a conference is due, called, held, or not needed', () => {
  expect(conferenceOf(incident())).toEqual({ kind: 'due', atMs: ms('11:00') });
  expect(conferenceOf(incident({ conferences: [{ startsAt: at('11:10'), heldAt: null }] }))).toEqual({ kind: 'called', atMs: ms('11:10') });
  expect(conferenceOf(incident({ conferences: [{ startsAt: at('11:10'), heldAt: at('11:40') }] }))).toEqual({ kind: 'held', atMs: ms('11:40') });
  expect(conferenceOf(incident({ conferenceDueAt: null }))).toEqual({ kind: 'none' });
});

test('the lowest hour without a report is due, however late; an ended cell wants none', () => {
  const report = (hour: number, writtenAt: string | null) => ({ hour, dueAt: at(`${11 + hour}:00`), writtenAt });
  const crisis = { endedAt: null, reports: [report(4, null), report(3, at('13:50')), report(2, null), report(1, at('12:00'))] };
  expect(nextReport(crisis)).toEqual({ hour: 2, atMs: ms('13:00') });
  expect(nextReport({ ...crisis, endedAt: at('14:00') })).toBeNull();
});

test('after the resolution only what was left to do is due, the earliest first', () => {
  const dues = duesOf(incident({ state: 'RESOLVED', conferences: [{ startsAt: at('11:10'), heldAt: null }], rexDueAt: at('20:00'),
    actions: [{ text: 'b', dueAt: at('18:00'), doneAt: null }, { text: 'a', dueAt: at('09:00'), doneAt: null }, { text: 'c', dueAt: at('08:00'), doneAt: at('08:30') }] }));
  expect(dues.map((due) => (due.kind === 'action' ? due.text : due.kind))).toEqual(['a', 'conferenceHeld', 'b', 'rex']);
  expect(duesOf(incident({ state: 'RESOLVED', conferenceDueAt: null, rexDueAt: at('20:00'), rex: { approvedAt: at('19:00') } }))).toEqual([]);
});
