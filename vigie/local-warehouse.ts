import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { planForMapping } from '../ingest/mapping/plan-for-mapping.ts';
import { openDuckDb } from '../warehouse/duckdb/engine.ts';
import { heldKey } from '../warehouse/load/held-key.ts';
import { openWarehouse } from '../warehouse/open-warehouse.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { localCallerKey } from './caller-key.ts';
import type { Configuration } from './configuration.ts';

export interface LocalWarehouseOptions { dataDirectory: string; memoryMb: number; threads: number; keepDays?: number | null }

/** Opens the warehouse of a data directory in this thread. The caller holds the directory's lock. */
export async function openLocalWarehouse({ dataDirectory, memoryMb, threads, keepDays }: LocalWarehouseOptions): Promise<Warehouse> {
  mkdirSync(dataDirectory, { recursive: true });
  const engine = openDuckDb({ path: join(dataDirectory, 'warehouse.duckdb'), memoryLimit: `${memoryMb}MB`, threads, keepDays });
  await engine.migrate();
  return openWarehouse({ engine, callerKeySecret: localCallerKey(dataDirectory, await heldKey(engine)), planFor: planForMapping });
}

export function warehouseOptions(configuration: Configuration): LocalWarehouseOptions {
  return { dataDirectory: configuration.dataDirectory, memoryMb: configuration.warehouseMemoryMb, threads: configuration.warehouseThreads, keepDays: configuration.keepDays === 'ever' ? null : configuration.keepDays };
}
