import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planForMapping } from '../ingest/mapping/plan-for-mapping.ts';
import { openDuckDb } from '../warehouse/duckdb/engine.ts';
import { openWarehouse } from '../warehouse/open-warehouse.ts';
import type { Configuration } from './configuration.ts';

export interface LocalWarehouseOptions { dataDirectory: string; memoryMb: number; threads: number }

/** Opens the warehouse of a data directory in this thread. The caller holds the directory's lock. */
export function openLocalWarehouse({ dataDirectory, memoryMb, threads }: LocalWarehouseOptions): ReturnType<typeof openWarehouse> {
  mkdirSync(dataDirectory, { recursive: true });
  return openWarehouse({
    engine: openDuckDb({ path: join(dataDirectory, 'warehouse.duckdb'), memoryLimit: `${memoryMb}MB`, threads }),
    callerKeySecret: callerKeySecret(dataDirectory),
    planFor: planForMapping,
  });
}

export function warehouseOptions(configuration: Configuration): LocalWarehouseOptions {
  return { dataDirectory: configuration.dataDirectory, memoryMb: configuration.warehouseMemoryMb, threads: configuration.warehouseThreads };
}

/**
 * The key of the callers' hashes: made once, it must live as long as the warehouse beside it. 128 bits: with a
 * number behind it that is one block of the hash, which a longer one doubles for every row.
 */
function callerKeySecret(dataDirectory: string): string {
  const file = join(dataDirectory, 'caller-key');
  try {
    writeFileSync(file, randomBytes(16).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
