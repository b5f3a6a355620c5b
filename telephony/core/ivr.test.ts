import { expect, test } from 'vitest';
import { END_REASONS } from '../rows.ts';
import { queue, smallCentre } from '../testing/configuration.ts';
import { testFloor, type TestFloor } from '../testing/floor.ts';

const centre = smallCentre({
  campaigns: [{ did: '3000', name: 'A', tenant: 'ocm', site: 'douala', direction: 'inbound', entryPoints: ['950'], queue: 101, scenario: 'accueil' }],
  calendars: [{ id: 'bureau', zone: 'Africa/Douala', weekdays: { 1: [{ from: '08:00', to: '18:00' }] }, holidays: ['2026-01-12'] }],
  lookupTables: [{ id: 'clients', entries: { '690000009': 'vip' } }],
  scenarios: [{
    id: 'accueil', name: 'Accueil', start: 'heures', steps: {
      heures: { kind: 'opening-hours', calendar: 'bureau', open: 'bonjour', closed: 'ferme' },
      bonjour: { kind: 'announce', message: 'bonjour', seconds: 4, next: 'qui' },
      qui: { kind: 'look-up', table: 'clients', seconds: 1, matches: { vip: 'vip' }, otherwise: 'choix' },
      choix: { kind: 'menu', message: 'choix', seconds: 6, choices: { 1: 'vip', 2: 'solde' }, timeoutSeconds: 5, retries: 1, otherwise: 'raccroche' },
      vip: { kind: 'queue', queue: 102 },
      solde: { kind: 'hang-up', message: 'solde', seconds: 8, resolved: true },
      raccroche: { kind: 'hang-up', message: 'au revoir', seconds: 2, resolved: false },
      ferme: { kind: 'hang-up', message: 'fermé', seconds: 5, resolved: false },
    },
  }],
});

function press(floor: TestFloor, digit: string, afterSeconds: number): void {
  const line = floor.dial();
  floor.after(afterSeconds);
  floor.media.press(line, digit);
}

test('a choice leads to its queue; the duration and the last step are kept', () => {
  const floor = testFloor(centre);
  press(floor, '1', 9);
  floor.after(60);
  expect(floor.call()).toMatchObject({ FirstQueue: 0 });
  floor.ready(4);
  floor.command({ kind: 'answer', agent: 4 });
  expect(floor.call()).toMatchObject({ IvrDuration: 9, FirstIVR: 'accueil/heures', LastIVR: 'accueil/vip', FirstQueue: 102, WaitDuration: 60 });
});

test('the look-up finds the caller', () => {
  const floor = testFloor(centre);
  floor.dial('950', '690000009');
  floor.after(5);
  expect(floor.automaton.live.snapshot().queues['102']?.waiters).toHaveLength(1);
});

test('what the caller wanted and got is resolved', () => {
  const floor = testFloor(centre);
  press(floor, '2', 9);
  floor.after(8);
  expect(floor.call()).toMatchObject({ EndReason: END_REASONS.ivrResolved, Abandon: 0, Closed: 0, FirstQueue: 0, IvrDuration: 17, LastIVR: 'accueil/solde' });
});

test('silence and wrong keys are retried, then otherwise', () => {
  const floor = testFloor(centre);
  press(floor, '7', 9);
  floor.after(11);
  expect(floor.automaton.openCalls).toBe(1);
  floor.after(2);
  expect(floor.call()).toMatchObject({ EndReason: END_REASONS.ivr, LastIVR: 'accueil/raccroche' });
});

test('a caller who hangs up in the IVR has not abandoned a queue', () => {
  const floor = testFloor(centre);
  const line = floor.dial();
  floor.after(3);
  floor.media.callerHangsUp(line);
  expect(floor.call()).toMatchObject({ Abandon: 0, FirstQueue: 0, EndReason: END_REASONS.caller, IvrDuration: 3, LastIVR: 'accueil/bonjour' });
  expect(floor.legs()).toEqual([]);
});

test.each([
  ['the evening', Date.UTC(2026, 0, 5, 17)],
  ['a holiday', Date.UTC(2026, 0, 12, 9)],
  ['another weekday', Date.UTC(2026, 0, 6, 9)],
])('closed on %s', (_when, startMs) => {
  const floor = testFloor(centre, {}, startMs);
  floor.dial();
  floor.after(6);
  expect(floor.call()).toMatchObject({ Closed: 1, EndReason: END_REASONS.closed, FirstQueue: 0, IvrDuration: 5 });
});

test('a closed queue refuses the call with a closed leg', () => {
  const floor = testFloor(smallCentre({ queues: [queue(101, { calendar: 'c' }), queue(102)], calendars: [{ id: 'c', zone: 'Africa/Douala', weekdays: {} }] }));
  floor.dial();
  expect(floor.call()).toMatchObject({ Closed: 1, EndReason: END_REASONS.closed, FirstQueue: 101 });
  expect(floor.legs()).toMatchObject([{ Outcome: 'closed', Queue: 101 }]);
});

test('a scenario that runs in a circle ends', () => {
  const floor = testFloor(smallCentre({
    campaigns: [{ did: '3000', name: 'A', tenant: 'ocm', site: 'douala', direction: 'inbound', entryPoints: ['950'], queue: 101, scenario: 's' }],
    scenarios: [{ id: 's', name: 's', start: 'a', steps: { a: { kind: 'announce', message: 'm', seconds: 0, next: 'a' } } }],
  }));
  floor.dial();
  floor.after(1);
  expect(floor.call()).toMatchObject({ EndReason: END_REASONS.ivr });
});
