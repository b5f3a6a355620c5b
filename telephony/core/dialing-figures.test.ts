import { expect, test } from 'vitest';
import { applyLiveChange, type LiveState } from '../live.ts';
import { PredictivePacing } from '../dialer/pacing-predictive.ts';
import { STANDARD_PEOPLE } from '../dialer/called-people.ts';
import { DID, outboundFloor } from '../testing/outbound-floor.ts';
import { FileForecast } from './file-forecast.ts';

const MINUTE_MS = 60_000;

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

test("the file's end is told from the pace of the last half hour, and not before there is one", () => {
  const forecast = new FileForecast();
  const start = Date.UTC(2026, 2, 2, 10);
  const said = [0, 1, 2, 10, 60].map((minute) => {
    // A hundred contacts in ten minutes for half an hour, then none.
    const finished = Math.min(300, minute * 10);
    forecast.take({ open: 1000 - finished, finished }, start + minute * MINUTE_MS);
    return forecast.endsAtMs === null ? null : (forecast.endsAtMs - start) / MINUTE_MS;
  });
  expect(said).toEqual([null, null, null, 100, null]);
  expect(forecast.open).toBe(700);
});
