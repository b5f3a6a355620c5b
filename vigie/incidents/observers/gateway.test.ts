import { expect, test } from 'vitest';
import { buildConfiguration } from '../../../telephony/centre/build-configuration.ts';
import { loadCentre } from '../../../telephony/centre/load-centre.ts';
import { PacedClock } from '../../../telephony/centre/paced-clock.ts';
import { createSimulatedFloor } from '../../../telephony/centre/simulated-floor.ts';
import type { LiveState } from '../../../telephony/live.ts';
import { isUnseen } from '../detectors/detector.ts';
import { floorDetectors } from './floor.ts';

const MINUTE = 60_000;
const TUESDAY = '2026-03-03T09:00:00Z';

/** A floor in the middle of a working day, at which so many calls are usual; `seen` changes what is looked at. */
function openGateway(usual: number | null, seen: (state: LiveState) => LiveState = (state) => state) {
  const centre = loadCentre();
  const configuration = buildConfiguration(centre);
  const clock = new PacedClock(Date.parse(TUESDAY));
  const floor = createSimulatedFloor({ centre, configuration, clock, seed: 7, run: TUESDAY, rows: null });
  floor.workers.start(1500);
  const detector = floorDetectors({
    nowMs: () => clock.nowMs(), centre: () => configuration, live: { state: () => seen(floor.automaton.live.snapshot()), connected: () => true, onChange: () => () => undefined },
    warehouse: null, spool: null, plan: null, filling: () => false, disks: [], backupDirectory: null,
  }, { between: () => Promise.resolve(new Map(configuration.sites.map(({ id }) => [id, usual]))) }).find(({ name }) => name === 'gateway');
  if (!detector) throw new Error('no detector of gateways');
  const look = async (): Promise<string[]> => {
    const found = await detector.look({});
    return isUnseen(found) ? [found.unseen] : found.filter(({ firing }) => firing).map(({ evidence: { values } }) => `${values['full'] === true ? 'full' : 'silent'} ${values['site']}`).toSorted();
  };
  return { floor, async live(minutes: number) {
    for (let minute = 0; minute < minutes; minute += 1) {
      clock.run(clock.nowMs() + MINUTE);
      await detector.look({});
    }
    return look();
  } };
}
const sites = loadCentre().sites.map(({ id }) => id);

test('a gateway without a call for ten minutes is silent where calls are usual, and not any more when one comes', async () => {
  const { floor, live } = openGateway(200);
  expect(await live(9)).toEqual([]);
  expect(await live(2)).toEqual(sites.map((site) => `silent ${site}`).toSorted());
  floor.callers.start();
  expect(await live(5)).toEqual([]);
});

test('where few calls are usual, or nobody knows how many, silence is nothing', async () => {
  for (const usual of [10, null]) expect(await openGateway(usual).live(12)).toEqual([]);
});

test('a gateway is full when each of its channels is busy', async () => {
  const all = (state: LiveState, free: number): LiveState => ({ ...state, gateways: Object.fromEntries(Object.entries(state.gateways).map(([id, one]) => [id, { ...one, busyChannels: one.channels - free }])) });
  expect(await openGateway(0, (state) => all(state, 1)).live(2)).toEqual([]);
  expect(await openGateway(0, (state) => all(state, 0)).live(2)).toEqual(sites.map((site) => `full ${site}`).toSorted());
});
