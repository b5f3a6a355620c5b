import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { clickHouseEnd } from '../warehouse/clickhouse/copy-end.ts';
import { parseAddress } from '../warehouse/clickhouse/address.ts';
import type { CopyEnd } from '../warehouse/copy/copy-end.ts';
import { duckDbEnd } from '../warehouse/duckdb/copy-end.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import { UsageError } from './commands/usage-error.ts';
import type { Configuration } from './configuration.ts';
import { DirectoryLockedError, lockDirectory, type DirectoryLock } from './data-directory/lock.ts';

export interface CopyContext {
  configuration: Pick<Configuration, 'warehouse' | 'warehouseMemoryMb' | 'warehouseThreads'>;
  /** What paths are relative to. */
  folder: string;
  cluster: string | null;
}

/** A warehouse that was named on the command line; nothing is touched before it is opened. */
export interface NamedEnd {
  label: string;
  /** Where its files under way may lie. */
  folder: string | null;
  open(as: 'source' | 'target'): Promise<CopyEnd>;
  close(): Promise<void>;
}

const FILE = 'warehouse.duckdb';

/** @throws UsageError that does not repeat what was given: it may hold a password. */
export function openCopyEnd(option: string, text: string, context: CopyContext): NamedEnd {
  const [, engine, rest = ''] = /^(duckdb|clickhouse):(.*)$/s.exec(text) ?? [];
  if (engine === 'duckdb' && rest !== '') return duckDb(resolve(context.folder, rest), context);
  if (engine === 'clickhouse') return clickHouse(option, rest, context);
  throw new UsageError(`${option}: duckdb:PATH or clickhouse:http://user:password@host:8123/database is expected`);
}

function clickHouse(option: string, given: string, { configuration, cluster }: CopyContext): NamedEnd {
  const url = given === '' ? configuration.warehouse?.url : given;
  if (url === undefined) throw new UsageError(`${option}: "clickhouse:" alone is the server of VIGIE_WAREHOUSE, which is not set`);
  const { address, database } = addressOf(option, url);
  let end: CopyEnd | null = null;
  return {
    label: `clickhouse:${address}/${database}`,
    folder: null,
    open: () => Promise.resolve(end = clickHouseEnd({ url, cluster, origin: 'vigie copy' })),
    close: async () => { await end?.engine.close(); },
  };
}

function duckDb(path: string, { configuration }: CopyContext): NamedEnd {
  const isFile = existsSync(path) ? statSync(path).isFile() : path.endsWith('.duckdb');
  const file = isFile ? path : join(path, FILE);
  const label = `duckdb:${file}`;
  let lock: DirectoryLock | null = null;
  let end: CopyEnd | null = null;
  return {
    label,
    folder: `${file}.copy`,
    async open(as) {
      if (as === 'source' && !existsSync(file)) throw new WarehouseError('unavailable', `There is no warehouse ${file}`);
      try {
        // A file of another name belongs to no data directory: the engine's own lock is all there is.
        if (basename(file) === FILE) lock = await lockDirectory(dirname(file), 'vigie copy');
        end = duckDbEnd({ path: file, memoryLimit: `${configuration.warehouseMemoryMb}MB`, threads: configuration.warehouseThreads }, label);
        await end.engine.query({ sql: 'SELECT 1 AS n' });
        return end;
      } catch (error) {
        if (error instanceof DirectoryLockedError) throw new WarehouseError('unavailable', `${label} is in use by process ${error.holder.pid} (${error.holder.what}): stop it first, so that no row comes in while it is copied`, { cause: error });
        if (error instanceof Error && /set lock on file|being used by another process/i.test(error.message)) throw new WarehouseError('unavailable', `${label} is in use by another process: stop it first, so that no row comes in while it is copied`, { cause: error });
        throw error;
      }
    },
    async close() {
      await end?.engine.close();
      lock?.release();
    },
  };
}

function addressOf(option: string, url: string): { address: string; database: string } {
  try {
    return parseAddress(url);
  } catch (error) {
    throw new UsageError(`${option}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
