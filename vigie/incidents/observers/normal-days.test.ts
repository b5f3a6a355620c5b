import { describe, expect, test } from 'vitest';
import { buildConfiguration } from '../../../telephony/centre/build-configuration.ts';
import { loadCentre } from '../../../telephony/centre/load-centre.ts';
import { PacedClock } from '../../../telephony/centre/paced-clock.ts';
import { createSimulatedFloor, type SimulatedFloor } from '../../../telephony/centre/simulated-floor.ts';
import { planPort } from '../../start/plan-port.ts';
import { isUnseen } from '../detectors/detector.ts';
import { QUIET, turnDetector, type DetectorState } from '../detector-state.ts';
import { floorDetectors } from './floor.ts';

const SEED = 7;
const STEP_MS = 20_000;
const HOUR_MS = 3_600_000;
const centre = loadCentre();
const configuration = buildConfiguration(centre);

/** A floor in virtual time with the detectors that look at it; gives what would have opened an incident, and when. */
function openFloor(fromIso: string, planned: boolean): { floor: SimulatedFloor; live(hours: number): Promise<string[]> } {
  const clock = new PacedClock(Date.parse(fromIso));
  const floor = createSimulatedFloor({ centre, configuration, clock, seed: SEED, run: fromIso, rows: null });
  floor.workers.start(1500);
  floor.callers.start();
  const listeners = new Set<() => void>();
  const live = { state: () => floor.automaton.live.snapshot(), connected: () => true, onChange: (listener: () => void) => (listeners.add(listener), () => listeners.delete(listener)) };
  const detectors = floorDetectors({
    nowMs: () => clock.nowMs(), centre: () => configuration, live, warehouse: null, spool: null, plan: planned ? planPort(centre, SEED) : null, filling: () => false, disks: [], backupDirectory: null,
    // A gateway is silent only where calls are usual: here they always are.
  }, { between: () => Promise.resolve(new Map(configuration.sites.map(({ id }) => [id, 0]))) });
  const states = new Map<string, DetectorState>();
  return {
    floor,
    async live(hours) {
      const opened: string[] = [];
      for (const untilMs = clock.nowMs() + hours * HOUR_MS; clock.nowMs() < untilMs;) {
        clock.run(clock.nowMs() + STEP_MS);
        for (const listener of listeners) listener();
        for (const detector of detectors) {
          const found = await detector.look({});
          for (const { key, firing, evidence } of isUnseen(found) ? [] : found) {
            const { state, turn } = turnDetector(states.get(`${detector.name} ${key}`) ?? QUIET, firing, clock.nowMs(), detector.tuning({}));
            states.set(`${detector.name} ${key}`, state);
            if (turn) opened.push(`${detector.name} ${key} ${turn} ${new Date(clock.nowMs()).toISOString()} ${evidence.textEn}`);
          }
        }
      }
      return opened;
    },
  };
}

describe('normal days of the simulated centre', () => {
  test.each([
    ['a night, a morning and an evening, with the roster', '2026-03-02T22:00:00Z', true, 25],
    ['the end of a Saturday and a Sunday', '2026-03-07T15:00:00Z', true, 28],
    ['an evening without a roster', '2026-03-03T15:00:00Z', false, 8],
  ])('%s open no incident', async (_, from, planned, hours) => {
    expect(await openFloor(from, planned).live(hours)).toEqual([]);
  });

  test.each([[true], [false]])('but all agents gone at once do (roster: %s)', async (planned) => {
    const { floor, live } = openFloor('2026-03-03T09:00:00Z', planned);
    expect(await live(0.5)).toEqual([]);
    floor.callers.hangUpAll();
    floor.workers.logoutAll();
    expect((await live(0.2)).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(['agents-gone douala open', 'agents-gone lille open']);
  });
});
