import type { MessagePort } from 'node:worker_threads';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { SpoolDoor } from '../../ingest/spool/door.ts';
import { Loader } from '../../ingest/spool/loader.ts';
import { openSpool } from '../../ingest/spool/spool.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { CORE_SOURCE } from '../configuration.ts';
import { openLocalWarehouse } from '../local-warehouse.ts';
import { openSharedWarehouse } from '../shared-warehouse.ts';
import { connectPort } from '../threads/port.ts';
import { serveThread } from '../threads/serve.ts';
import { startClosingDays } from './closing-days.ts';

/** The spool of a data directory, the warehouse, and the loader between them. */
export interface WarehouseThread extends Warehouse, SpoolDoor {
  /** Segments of a source that are acknowledged and not loaded, open ones too. */
  waiting(source: string): Promise<number>;
  /** Serves warehouse and spool on one more port: threads talk to each other without the main one. */
  serve(port: MessagePort): Promise<void>;
}
export interface WarehouseStarter {
  log(entry: { level: 'info' | 'warn' | 'error'; message: string; details: object }): void;
}

const sharedSchema = z.object({ url: z.string(), cluster: z.string().nullable(), keepDays: z.union([z.number(), z.literal('ever')]).nullable().optional(), callerKey: z.string(), origin: z.string() });
const dataSchema = z.object({ dataDirectory: z.string(), memoryMb: z.number(), threads: z.number(), keepDays: z.number().nullable().default(null), spoolMaxBytes: z.number(), ownLegs: z.array(z.string()), closesDays: z.boolean(), shared: sharedSchema.nullable() });
/** What it is started with. */
export type WarehouseThreadData = z.input<typeof dataSchema>;

/** In another process it repeats what was under way when its answer got lost: a few segments of each kind. */
const REMEMBERED_OF_THE_CORE = 20_000;
/** What is acknowledged is on disk: a start finds it again when this is not enough. */
const LONGEST_DRAIN_MS = 8000;

await serveThread<WarehouseStarter>(async (data, starter) => {
  const { dataDirectory, memoryMb, threads, keepDays, spoolMaxBytes, ownLegs, closesDays, shared } = dataSchema.parse(data);
  const log = (level: 'info' | 'warn' | 'error', message: string, details: object): void => void starter.log.asEvent({ level, message, details });
  const warehouse = shared ? await openSharedWarehouse({ ...shared, loads: true }) : await openLocalWarehouse({ dataDirectory, memoryMb, threads, keepDays });
  const spool = await openSpool({ folder: join(dataDirectory, 'spool'), maximumBytes: spoolMaxBytes, rememberedOf: { [CORE_SOURCE]: REMEMBERED_OF_THE_CORE } });
  for (const damage of spool.damages) log('warn', 'the spool was damaged', { damage });
  const loader = new Loader({
    spool, warehouse, gatherMs: 1000,
    derivesLegs: (source) => source !== CORE_SOURCE && !ownLegs.includes(source),
    onFailed: ({ segment, error, setAside, retryInMs }) => log(setAside ? 'error' : 'warn', 'a segment was not loaded', { segment, setAside, retryInMs, reason: error instanceof Error ? error.message : String(error) }),
  });
  loader.start();
  const closer = closesDays ? startClosingDays(warehouse, log) : null;

  const functions: WarehouseThread = {
    ...warehouse,
    append: (batch) => spool.append(batch),
    adopt: (batch) => spool.adopt(batch),
    room: () => spool.room(),
    batch: (source, batchId) => spool.batch(source, batchId),
    status: () => spool.status(),
    waiting: async (source) => {
      await spool.flush();
      return spool.queue.all().filter((segment) => segment.source === source).length;
    },
    serve: (port) => {
      connectPort(port, functions);
      return Promise.resolve();
    },
    // Only the end of the thread closes it.
    close: () => Promise.resolve(),
  };
  return {
    functions,
    async end() {
      await closer?.stop();
      await spool.flush();
      const deadline = Date.now() + LONGEST_DRAIN_MS;
      while ((await spool.status()).segments > 0 && Date.now() < deadline) await pause(20);
      await loader.stop();
      await spool.close();
      await warehouse.close();
    },
  };
});
