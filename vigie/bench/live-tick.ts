import { join } from 'node:path';
import type { TickBenchParts } from '../../api/bench/live-tick.ts';
import { buildConfiguration } from '../../telephony/centre/build-configuration.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import { createSimulatedFloor } from '../../telephony/centre/simulated-floor.ts';
import { VirtualClock } from '../../telephony/clock.ts';
import { toDimensions } from '../../warehouse/operational/dimensions.ts';
import { FULL_SCOPE } from '../../warehouse/warehouse.ts';
import { RowFiles } from '../history/row-files.ts';
import type { WarehouseThread } from '../start/warehouse.worker.ts';
import { startThread } from '../threads/start.ts';
import type { Bench } from './bench.ts';

const OPENS = Date.parse('2026-03-02T09:00:00Z');
const BEGINS = Date.parse('2026-03-02T09:30:00Z');
const SEED = 7;
const TICKS = 240;
const STEP_MS = 1000;
/** Rows are loaded about as often as a running server loads them. */
const TICKS_A_LOAD = 8;

/** Main-thread time of a tick of the live board, figures included, writing to sockets aside; the warehouse has its own thread. */
export const liveTick: Bench = {
  name: 'live-tick',
  describe: 'what a tick of the live board of 120 agents costs the main thread: 1 subscriber, 200 of one scope, 200 over 20 scopes',
  unit: 'ms',
  variants: {
    '1 subscriber': ({ scratch }) => tick(scratch, 1, 1),
    '200 subscribers': ({ scratch }) => tick(scratch, 200, 1),
    '200 subscribers, 20 scopes': ({ scratch }) => tick(scratch, 200, 20),
  },
  ratios: [
    { name: '200 subscribers / 1', of: '200 subscribers', to: '1 subscriber', atMost: 1.5 },
    { name: '20 scopes / 1', of: '200 subscribers, 20 scopes', to: '1 subscriber', atMost: 5 },
  ],
};

async function tick(dataDirectory: string, subscribers: number, scopes: number): Promise<number> {
  // Not above: every command reads this file, and the web's parts take half a second to load.
  const { benchLiveTick, scopesOf } = await import('../../api/bench/live-tick.ts');
  const centre = loadCentre();
  const configuration = buildConfiguration(centre);
  const thread = await startThread<WarehouseThread>({
    name: 'warehouse', entry: new URL('../start/warehouse.worker.ts', import.meta.url), functions: { log: () => {} },
    data: { dataDirectory, memoryMb: 1024, threads: 1, spoolMaxBytes: 1 << 30, ownLegs: [] },
  });
  try {
    const warehouse = thread.remote;
    await warehouse.syncDimensions(toDimensions(configuration));
    const files = new RowFiles({ folder: join(dataDirectory, 'rows'), loadId: 'bench', source: 'bench', warehouse });
    const clock = new VirtualClock(OPENS);
    const floor = createSimulatedFloor({ centre, configuration, clock, seed: SEED, run: 'bench', rows: files.sink });
    floor.workers.start(1500);
    floor.callers.start();
    clock.run(BEGINS);
    await files.load({ all: true });
    let ticks = 0;
    const parts: TickBenchParts = {
      warehouse, clock: { nowMs: () => clock.nowMs() },
      live: { subscribe: (listener) => floor.automaton.live.subscribe(listener), command: (command) => Promise.resolve(floor.automaton.command(command)) },
      directory: { load: () => Promise.resolve(configuration), subscribe: () => () => {} },
      async advance() {
        clock.run(clock.nowMs() + STEP_MS);
        ticks += 1;
        if (ticks % TICKS_A_LOAD === 0) await files.load({ all: true });
      },
    };
    const { msPerTick, bytesPerSubscriber } = await benchLiveTick(parts, { subscribers, scopes: scopes === 1 ? [FULL_SCOPE] : scopesOf(configuration, scopes), ticks: TICKS });
    if (bytesPerSubscriber < 1000) throw new Error(`a board had ${bytesPerSubscriber} bytes: nothing was shown`);
    return msPerTick;
  } finally {
    await thread.end();
  }
}
