import { describe, expect, test } from 'vitest';
import type { PacingDecision, PacingFloor } from '../../../telephony/dialer/pacing.ts';
import { PredictivePacing } from '../../../telephony/dialer/pacing-predictive.ts';
import { buildConfiguration } from '../../../telephony/centre/build-configuration.ts';
import { contactsOfDays } from '../../../telephony/centre/campaign-contacts.ts';
import { loadCentre } from '../../../telephony/centre/load-centre.ts';
import { PacedClock } from '../../../telephony/centre/paced-clock.ts';
import { createSimulatedFloor, type SimulatedFloor, type SimulatedFloorOptions } from '../../../telephony/centre/simulated-floor.ts';
import { planPort } from '../../start/plan-port.ts';
import { isUnseen } from '../detectors/detector.ts';
import { QUIET, turnDetector, type DetectorState } from '../detector-state.ts';
import { floorDetectors } from './floor.ts';

const SEED = 7;
const STEP_MS = 20_000;
const HOUR_MS = 3_600_000;
const centre = loadCentre();
const configuration = buildConfiguration(centre);

interface Setting {
  /** Agents have shifts that are known. */
  planned?: boolean;
  /** Calls of a site in the window, as usual. */
  usual?: number;
  /** Campaigns dial. */
  dials?: boolean;
  /** Three times the calls, on gateways with one link each. */
  crowded?: boolean;
}

/** As careful as it is meant to be, until it is hurried: then it fills all lines, whoever is there to talk. */
class Reckless extends PredictivePacing {
  readonly #hurried: () => boolean;

  constructor(hurried: () => boolean) {
    super(undefined, false);
    this.#hurried = hurried;
  }

  override decide(floor: PacingFloor): PacingDecision {
    const careful = super.decide(floor);
    return this.#hurried() ? { ...careful, dial: Math.max(0, Math.min(floor.contactsLeft, floor.limits.lines - floor.dials.length - floor.waiting.length - floor.agents.length)), cancel: 0 } : careful;
  }
}

/** A floor in virtual time with the detectors that look at it; gives what would have opened an incident, and when. */
function openFloor(fromIso: string, { planned = false, usual = 0, dials = false, crowded = false }: Setting): { floor: SimulatedFloor; live(hours: number): Promise<string[]>; hurry(): void } {
  const clock = new PacedClock(Date.parse(fromIso));
  let hurried = false;
  const outbound = (): SimulatedFloorOptions['outbound'] => ({ contacts: contactsOfDays(centre, configuration, SEED, Math.floor(clock.nowMs() / (24 * HOUR_MS)), 1), pacing: () => new Reckless(() => hurried), decideEveryMs: 2000 });
  const [built, called] = crowded
    ? [{ ...configuration, gateways: configuration.gateways.map((gateway) => ({ ...gateway, e1Links: 1 })) }, { ...centre, entryPoints: centre.entryPoints.map((entry) => ({ ...entry, callsPerDay: entry.callsPerDay * 3 })) }]
    : [configuration, centre];
  const floor = createSimulatedFloor({ centre: called, configuration: built, clock, seed: SEED, run: fromIso, rows: null, ...(dials ? { outbound: outbound() } : {}) });
  floor.workers.start(1500);
  floor.callers.start();
  const listeners = new Set<() => void>();
  const live = { state: () => floor.automaton.live.snapshot(), connected: () => true, onChange: (listener: () => void) => (listeners.add(listener), () => listeners.delete(listener)) };
  const detectors = floorDetectors({
    nowMs: () => clock.nowMs(), centre: () => configuration, live, warehouse: null, spool: null, plan: planned ? planPort(centre, SEED) : null, filling: () => false, disks: [], backupDirectory: null,
  }, { between: () => Promise.resolve(new Map(configuration.sites.map(({ id }) => [id, usual]))) });
  const states = new Map<string, DetectorState>();
  return {
    floor,
    hurry: () => {
      hurried = true;
    },
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

const heads = (lines: string[]): string[] => lines.map((line) => line.split(' ').slice(0, 3).join(' '));

describe('normal days of the simulated centre', () => {
  test.each([
    ['a night, a morning and an evening, with the roster', '2026-03-02T22:00:00Z', true, 25],
    ['the end of a Saturday and a Sunday', '2026-03-07T15:00:00Z', true, 28],
    ['an evening without a roster', '2026-03-03T15:00:00Z', false, 8],
  ])('%s open no incident', async (_, from, planned, hours) => {
    expect(await openFloor(from, { planned }).live(hours)).toEqual([]);
  });

  test.each([[true], [false]])('but all agents gone at once do (roster: %s)', async (planned) => {
    const { floor, live } = openFloor('2026-03-03T09:00:00Z', { planned });
    expect(await live(0.5)).toEqual([]);
    floor.callers.hangUpAll();
    floor.workers.logoutAll();
    expect(heads(await live(0.2))).toEqual(['agents-gone douala open', 'agents-gone lille open']);
  });

  test('a gateway that is silent although calls are usual does', async () => {
    const { floor, live } = openFloor('2026-03-03T09:00:00Z', { usual: 40 });
    expect(await live(0.3)).toEqual([]);
    floor.callers.stop();
    floor.callers.hangUpAll();
    expect(heads(await live(0.3))).toEqual(['gateway mediant-douala open', 'gateway mediant-lille open']);
  });

  test('a gateway without a free channel does', async () => {
    const { live } = openFloor('2026-03-03T09:00:00Z', { crowded: true, usual: 40 });
    const found = (await live(0.5)).filter((line) => line.includes('mediant-douala'));
    expect(found[0]).toMatch(/^gateway mediant-douala open .* of 30 channels busy; [1-9]\d* call\(s\) refused/);
  });

  test('a campaign that reaches people whom no agent takes does, at its limit', async () => {
    const { live, hurry } = openFloor('2026-03-03T09:00:00Z', { dials: true });
    expect(await live(0.4)).toEqual([]);
    hurry();
    expect(heads(await live(0.3))).toEqual(['nuisance-limit 237690009100 open']);
  });
});
