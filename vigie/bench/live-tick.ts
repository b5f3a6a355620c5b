import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import type { TickBenchParts } from '../../api/bench/live-tick.ts';
import { buildConfiguration } from '../../telephony/centre/build-configuration.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import type { LiveEvent } from '../../telephony/live.ts';
import { toDimensions } from '../../warehouse/operational/dimensions.ts';
import { FULL_SCOPE, type Scope } from '../../warehouse/warehouse.ts';
import { doorTo } from '../start/floor-threads.ts';
import type { WarehouseThread, WarehouseThreadData } from '../start/warehouse.worker.ts';
import { startThread, type Thread } from '../threads/start.ts';
import type { Bench } from './bench.ts';
import type { FloorThread } from './floor.worker.ts';

const OPENS = Date.parse('2026-03-02T09:00:00Z');
const BEGINS = Date.parse('2026-03-02T09:30:00Z');
const SEED = 7;
const STEP_MS = 1000;
/** Rows are loaded about as often as a running server loads them. */
const TICKS_A_LOAD = 8;
/** A block's ticks; whoever watches is one and the same within it. */
const TICKS = 20;
/** Each begins with another audience, so that none is always the first after a change of it. */
const PASSES = 3;
/** A server has been running for hours: what follows is not to be measured while it is being compiled. */
const FIRST_TICKS = 30;

type Audience = '1 subscriber' | '200 subscribers' | '200 subscribers, 20 scopes';

/**
 * Main-thread time of a tick of the live board, figures included, writing to sockets aside. Floor and warehouse
 * have threads of their own, as in the program. The audiences take turns in one process, which each round starts
 * anew: a tick of one subscriber is two milliseconds of work, less than what two processes differ by.
 */
export const liveTick: Bench = {
  name: 'live-tick',
  describe: 'what a tick of the live board of 120 agents costs the main thread: 1 subscriber, 200 of one scope, 200 over 20 scopes',
  unit: 'ms',
  variants: { tick: ({ scratch }) => ticks(scratch) },
  ratios: [
    { name: '200 subscribers / 1', of: 'tick, 200 subscribers', to: 'tick, 1 subscriber', atMost: 1.5 },
    { name: '20 scopes / 1', of: 'tick, 200 subscribers, 20 scopes', to: 'tick, 1 subscriber', atMost: 5 },
  ],
};

async function ticks(dataDirectory: string): Promise<Record<Audience, number>> {
  // Not above: every command reads this file, and the web's parts take half a second to load.
  const { benchLiveTick, scopesOf } = await import('../../api/bench/live-tick.ts');
  const configuration = buildConfiguration(loadCentre());
  const thread = await startThread<WarehouseThread>({
    name: 'warehouse', entry: new URL('../start/warehouse.worker.ts', import.meta.url), functions: { log: () => {} },
    data: { dataDirectory, memoryMb: 1024, threads: 1, spoolMaxBytes: 1 << 30, ownLegs: [], closesDays: false, shared: null } satisfies WarehouseThreadData,
  });
  const door = await doorTo(thread);
  const floor = await startThread<FloorThread>({
    name: 'floor', entry: new URL('./floor.worker.ts', import.meta.url),
    data: { opensMs: OPENS, seed: SEED, folder: join(dataDirectory, 'rows'), door }, ports: [door],
  });
  try {
    await thread.remote.syncDimensions(toDimensions(configuration));
    let nowMs = BEGINS;
    await floor.remote.liveUntil(nowMs);
    await floor.remote.load();
    let lived = 0;
    let loading = Promise.resolve();
    const parts: TickBenchParts = {
      warehouse: thread.remote, clock: { nowMs: () => nowMs }, live: portOf(floor),
      directory: { load: () => Promise.resolve(configuration), subscribe: () => () => {} },
      async advance() {
        nowMs += STEP_MS;
        await floor.remote.liveUntil(nowMs);
        lived += 1;
        if (lived % TICKS_A_LOAD !== 0) return;
        // Boards move on while rows are loaded.
        await loading;
        loading = floor.remote.load();
      },
    };
    const scopes = scopesOf(configuration, 20);
    const audiences: { name: Audience; subscribers: number; scopes: Scope[] }[] = [
      { name: '1 subscriber', subscribers: 1, scopes: [FULL_SCOPE] },
      { name: '200 subscribers', subscribers: 200, scopes: [FULL_SCOPE] },
      { name: '200 subscribers, 20 scopes', subscribers: 200, scopes },
    ];
    await benchLiveTick(parts, { subscribers: 200, scopes, ticks: FIRST_TICKS });
    const sums: Record<Audience, { ms: number; ticks: number }> = { '1 subscriber': { ms: 0, ticks: 0 }, '200 subscribers': { ms: 0, ticks: 0 }, '200 subscribers, 20 scopes': { ms: 0, ticks: 0 } };
    for (let pass = 0; pass < PASSES; pass++) {
      for (const { name, ...audience } of [...audiences.slice(pass), ...audiences.slice(0, pass)]) {
        const block = await benchLiveTick(parts, { ...audience, ticks: TICKS });
        if (block.bytesPerSubscriber < 1000) throw new Error(`a board had ${block.bytesPerSubscriber} bytes: nothing was shown`);
        sums[name].ms += block.msPerTick * block.ticks;
        sums[name].ticks += block.ticks;
      }
    }
    await loading;
    const perTick = (name: Audience): number => sums[name].ms / sums[name].ticks;
    return { '1 subscriber': perTick('1 subscriber'), '200 subscribers': perTick('200 subscribers'), '200 subscribers, 20 scopes': perTick('200 subscribers, 20 scopes') };
  } finally {
    await floor.end();
    await thread.end();
  }
}

/** The floor's live side, as the program's api has it. */
function portOf(floor: Thread<FloorThread>): TickBenchParts['live'] {
  return {
    subscribe(listener) {
      const { port1, port2 } = new MessageChannel();
      port1.on('message', (event: LiveEvent) => listener(event));
      void floor.remote.watch(port2);
      return () => port1.close();
    },
    command: (command) => floor.remote.command(command),
  };
}
