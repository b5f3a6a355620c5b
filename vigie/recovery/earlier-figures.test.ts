import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { VirtualClock } from '../../telephony/clock.ts';
import { buildConfiguration } from '../../telephony/centre/build-configuration.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import { createSimulatedFloor } from '../../telephony/centre/simulated-floor.ts';
import { toDimensions } from '../../warehouse/operational/dimensions.ts';
import { RowFiles } from '../history/row-files.ts';
import { openLocalWarehouse } from '../local-warehouse.ts';
import { earlierFigures } from './earlier-figures.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-figures-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a core that starts at noon finds what its agents did since midnight', async () => {
  const centre = loadCentre();
  const configuration = buildConfiguration(centre);
  const warehouse = await openLocalWarehouse({ dataDirectory: folder, memoryMb: 512, threads: 1 });
  await warehouse.syncDimensions(toDimensions(configuration));
  const files = new RowFiles({ folder: join(folder, 'imports'), loadId: 'morning', source: 'core', warehouse });
  // From an hour before midnight in Lille and Douala: the evening's calls are another day's.
  const clock = new VirtualClock(Date.parse('2026-03-02T22:00:00Z'));
  const { automaton, callers, workers } = createSimulatedFloor({ centre, configuration, clock, seed: 7, run: 'morning', rows: files.sink });
  workers.start();
  callers.start();
  const nowMs = Date.parse('2026-03-03T11:07:31.250Z');
  clock.run(nowMs);
  const own = configuration.agents.flatMap(({ number }) => {
    const agent = automaton.agent(number);
    return agent ? [agent] : [];
  });
  for (const emitted of automaton.closingRows()) files.sink(emitted);
  automaton.close();
  await files.load({ all: true });

  const found = new Map((await earlierFigures(warehouse, configuration, nowMs, nowMs)).map((figures) => [figures.agent, figures]));
  expect(own.map((agent) => found.get(agent.number)?.answered ?? 0)).toEqual(own.map(({ answeredToday }) => answeredToday));
  expect(own.reduce((sum, { answeredToday }) => sum + answeredToday, 0)).toBeGreaterThan(1500);
  // A transferred call's status is its last agent's in the warehouse, its giver's on the floor.
  for (const [figure, onFloor] of [['argued', 'arguedToday'], ['positive', 'positiveToday']] as const) {
    const all = own.reduce((sum, agent) => sum + agent[onFloor], 0);
    expect(Math.abs([...found.values()].reduce((sum, each) => sum + each[figure], 0) - all)).toBeLessThan(0.03 * all);
  }
  expect(await earlierFigures(warehouse, configuration, Date.parse('2026-03-02T23:00:00Z'), nowMs)).toEqual([]);
  await warehouse.close();
}, 60_000);
