import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyLiveChange, type LiveState } from '../live.ts';
import { PredictivePacing } from '../dialer/pacing-predictive.ts';
import { STANDARD_PEOPLE } from '../dialer/called-people.ts';
import { DID, outboundFloor } from '../testing/outbound-floor.ts';
import { FileForecast } from './file-forecast.ts';
import { Opening } from './opening.ts';
import { ZoneOffsets } from './zone-offsets.ts';

const MINUTE_MS = 60_000;
const OFFICE = [{ from: '10:00', to: '13:00' }, { from: '14:00', to: '20:00' }];

test.each(['progressive', 'predictive'] as const)('%s: nuisance windows, talk and minutes are counted, and the windows outlive the run', (mode) => {
  const settings = { mode, nuisanceWindowHours: [24, 720] };
  const pacing = (_campaign: string, carried: ConstructorParameters<typeof PredictivePacing>[0] | null) => new PredictivePacing(carried ?? undefined);
  const first = outboundFloor({ agents: 6, settings, pacing, behaviour: { ...STANDARD_PEOPLE, personShare: 0.5 } });
  let folded: LiveState | null = null;
  let minuteLists = 0;
  first.automaton.live.subscribe((event) => {
    folded = event.kind === 'snapshot' ? event.state : applyLiveChange(folded ?? first.automaton.live.snapshot(), event.change);
    if (event.kind === 'change' && event.change.dialing) minuteLists += 1;
  });
  first.ready(1, 2, 3, 4, 5, 6);
  first.after(75 * 60);
  const state = first.automaton.live.snapshot();
  const dialer = state.campaigns[DID]?.dialer;
  if (!dialer) throw new Error('the campaign does not dial');
  const { passed, nuisance } = dialer;
  expect(passed).toBeGreaterThan(40);
  expect(dialer.nuisanceWindows).toEqual([24, 720].map((hours) => ({ hours, nuisance, passed, share: nuisance / (nuisance + passed) })));
  expect(dialer.agentSeconds).toBeCloseTo(6 * 75 * 60, -2);
  const talked = first.calls().reduce((sum, { ConvDuration }) => sum + (ConvDuration ?? 0), 0);
  // The rows know a talk when it has ended.
  expect(dialer.talkSeconds).toBeGreaterThan(0.95 * talked);
  expect(dialer.talkSeconds).toBeLessThan(talked + 6 * 600);
  const minutes = state.dialing?.[DID] ?? [];
  expect(minutes).toHaveLength(60);
  expect(minutes.every(({ fromMs }, i) => fromMs === (minutes[0]?.fromMs ?? 0) + i * MINUTE_MS)).toBe(true);
  expect(minutes.every(({ agents, readyAgents, lines }) => agents === 6 && readyAgents <= 6 && lines > 0)).toBe(true);
  const inHour = first.dials.filter(({ atMs }) => atMs >= (minutes[0]?.fromMs ?? 0) && atMs < (minutes[0]?.fromMs ?? 0) + 60 * MINUTE_MS).length;
  expect(Math.abs(minutes.reduce((sum, { dialed }) => sum + dialed, 0) - inHour)).toBeLessThanOrEqual(6);
  // Once a minute, not with every change of the campaign.
  expect(minuteLists).toBeGreaterThanOrEqual(74);
  expect(minuteLists).toBeLessThanOrEqual(76);
  expect((folded as LiveState | null)?.dialing?.[DID]).toEqual(minutes);

  const carried: unknown = JSON.parse(JSON.stringify(first.automaton.pacingStates()));
  // The next run is in another mode, and so is the one after it: the windows stay the campaign's.
  const other = mode === 'predictive' ? 'manual' : 'predictive';
  const pacingStates = carried as ReturnType<typeof first.automaton.pacingStates>;
  const second = outboundFloor({ agents: 1, settings: { ...settings, mode: other }, pacing, pacingStates, startMs: first.clock.nowMs() });
  expect(second.automaton.live.snapshot().campaigns[DID]?.dialer).toMatchObject({ passed: 0, nuisanceWindows: dialer.nuisanceWindows });
  expect(second.automaton.pacingStates()).toEqual(carried);
  const later = outboundFloor({ agents: 1, settings, pacing, pacingStates: second.automaton.pacingStates(), startMs: first.clock.nowMs() + 26 * 60 * MINUTE_MS });
  expect(later.automaton.live.snapshot().campaigns[DID]?.dialer?.nuisanceWindows).toEqual([{ hours: 24, nuisance: 0, passed: 0, share: null }, { hours: 720, nuisance, passed, share: nuisance / (nuisance + passed) }]);
});

test('a campaign that was stopped is told of each minute: what leaves its windows is no longer held against it', () => {
  const floor = outboundFloor({ agents: 3, settings: { mode: 'progressive', nuisanceWindowHours: [24] }, behaviour: { ...STANDARD_PEOPLE, personShare: 0.5 } });
  const told: (number | undefined)[] = [];
  floor.automaton.live.subscribe((event) => { if (event.kind === 'change' && event.change.campaigns?.[DID]) told.push(event.change.campaigns[DID]?.dialer?.nuisanceWindows[0]?.passed); });
  floor.ready(1, 2, 3);
  floor.after(60 * 60);
  floor.automaton.command({ kind: 'stop-campaign', supervisor: 'someone', campaign: DID });
  floor.after(60 * 60);
  expect(told.at(-1)).toBeGreaterThan(10);
  floor.after(23 * 60 * 60);
  expect(told.at(-1)).toBe(0);
});

test("the file's end is told from the pace of the last half hour, and not before there is one", () => {
  const forecast = new FileForecast();
  const start = Date.UTC(2026, 2, 2, 10);
  const said = [0, 1, 2, 10, 60].map((minute) => {
    // A hundred contacts in ten minutes for half an hour, then none.
    const finished = Math.min(300, minute * 10);
    forecast.take({ open: 1000 - finished, finished }, start + minute * MINUTE_MS, null);
    return forecast.endsAtMs === null ? null : (forecast.endsAtMs - start) / MINUTE_MS;
  });
  expect(said).toEqual([null, null, null, 100, null]);
  expect(forecast.open).toBe(700);
});

test('a contact that is open again slows the pace, a file that rests begins it anew', () => {
  const start = Date.parse('2026-03-02T10:00:00Z');
  const endOf = (last: { open: number; finished: number }): number | null => {
    const forecast = new FileForecast();
    for (let minute = 0; minute < 10; minute += 1) forecast.take({ open: 100 - 10 * minute + 200, finished: 10 * minute }, start + minute * MINUTE_MS, null);
    forecast.take(last, start + 10 * MINUTE_MS, null);
    return forecast.endsAtMs === null ? null : (forecast.endsAtMs - start) / MINUTE_MS;
  };
  expect([endOf({ open: 200, finished: 100 }), endOf({ open: 220, finished: 80 }), endOf({ open: 150, finished: 80 })]).toEqual([30, 37.5, null]);
});

describe('within calling hours', () => {
  const weekdays = { 1: OFFICE, 2: OFFICE, 3: OFFICE, 4: OFFICE, 5: OFFICE };
  // Easter Monday; the clock changes in the night to the 29th of March.
  const french = new Opening({ id: 'fr', zone: 'Europe/Paris', weekdays, holidays: ['2026-04-06'] }, new ZoneOffsets('Europe/Paris'));

  /** A contact a minute from Thursday, 2 April, 11:00 in Paris on, while it may call; so many are left at 12:00. */
  function endOf(left: number, lookedAt: string): string | null {
    const forecast = new FileForecast();
    const start = Date.parse('2026-04-02T09:00:00Z');
    let finished = 0;
    for (let atMs = start; atMs <= Date.parse(lookedAt); atMs += MINUTE_MS) {
      forecast.take({ open: left + 60 - finished, finished }, atMs, french);
      if (french.isOpen(atMs)) finished += 1;
    }
    return forecast.endsAtMs === null ? null : new Date(forecast.endsAtMs).toISOString();
  }

  test.each([
    ['before the break', 50, '2026-04-02T10:00:00Z', '2026-04-02T10:50:00.000Z'],
    ['the break lies between', 90, '2026-04-02T10:00:00Z', '2026-04-02T12:30:00.000Z'],
    ['told in the break, by the pace before it', 90, '2026-04-02T11:30:00Z', '2026-04-02T12:30:00.000Z'],
    ['told after the break, which was no slow hour', 90, '2026-04-02T12:10:00Z', '2026-04-02T12:30:00.000Z'],
    ['the next day', 60 + 6 * 60 + 30, '2026-04-02T10:00:00Z', '2026-04-03T08:30:00.000Z'],
    ['after a week-end and a holiday', 60 + 6 * 60 + 9 * 60 + 30, '2026-04-02T10:00:00Z', '2026-04-07T08:30:00.000Z'],
    ['not within a year', 9 * 60 * 300, '2026-04-02T10:00:00Z', null],
  ])('%s', (_, left, lookedAt, ends) => {
    expect(endOf(left, lookedAt)).toBe(ends);
  });

  test('any stretch of open time that is added to an instant is open between the two', () => {
    const instant = fc.integer({ min: Date.parse('2026-02-20T00:00:00Z'), max: Date.parse('2026-04-30T00:00:00Z') });
    fc.assert(fc.property(instant, fc.integer({ min: 1, max: 30 * 9 * 60 * MINUTE_MS }), (from, openMs) => {
      const end = french.after(from, openMs) ?? Number.NaN;
      expect(french.openMs(from, end)).toBe(openMs);
      // The last of it was open time.
      expect(french.isOpen(end - 1)).toBe(true);
    }));
    expect(new Opening({ id: '', zone: 'UTC', weekdays: {}, holidays: [] }, new ZoneOffsets('UTC')).after(0, 1)).toBe(null);
  });
});

test('a machine that an agent heard is none of the persons, and no minute has less than nothing', () => {
  const floor = outboundFloor({ agents: 1, settings: { mode: 'manual' }, behaviour: { ...STANDARD_PEOPLE, personShare: 0.1, machineShare: 0.8 } });
  floor.ready(1);
  floor.after(3000);
  const { dialing, campaigns } = floor.automaton.live.snapshot();
  const [minutes, dialer] = [dialing?.[DID] ?? [], campaigns[DID]?.dialer];
  const heard = floor.calls().filter(({ CallStatusGroup, CallStatusNum }) => CallStatusGroup === 0 && CallStatusNum === 93).length;
  expect(heard).toBeGreaterThan(30);
  expect(dialer?.machines).toBe(heard);
  expect(minutes.length).toBeGreaterThan(45);
  expect(Math.min(...minutes.flatMap(({ persons, passed }) => [persons, passed]))).toBe(0);
  // What a minute could not take off, the next one did.
  expect(minutes.reduce((sum, { persons }) => sum + persons, 0) - (dialer?.persons ?? 0)).toBeLessThanOrEqual(1);
});
