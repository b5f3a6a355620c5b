import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OperationalStore } from '../warehouse/operational/store.ts';
import type { Configuration } from './configuration.ts';

/**
 * The key of the callers' hashes: made once, it must live as long as the warehouse that holds them. 128 bits: with a
 * number behind it that is one block of the hash, which a longer one doubles for every row.
 */
function newKey(): string {
  return randomBytes(16).toString('hex');
}

/** Of the warehouse in a data directory: it lies beside it. Where there is none, it is the one that the warehouse holds, as after a copy. */
export function localCallerKey(dataDirectory: string, held: string | null = null): string {
  mkdirSync(dataDirectory, { recursive: true });
  try {
    writeFileSync(fileIn(dataDirectory), held ?? newKey(), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(fileIn(dataDirectory), 'utf8').trim();
}

/** Of a warehouse that several processes load into: it lies in their store. A data directory that has one already gives its own. */
export function sharedCallerKey(store: Pick<OperationalStore, 'secret'>, { storeUrl, dataDirectory }: Pick<Configuration, 'storeUrl' | 'dataDirectory'>): Promise<string> {
  // Whoever has an embedded store is alone.
  if (storeUrl === null) return Promise.resolve(localCallerKey(dataDirectory));
  return store.secret('caller-key', existingKey(dataDirectory) ?? newKey());
}

function existingKey(dataDirectory: string): string | null {
  try {
    return readFileSync(fileIn(dataDirectory), 'utf8').trim();
  } catch {
    return null;
  }
}

function fileIn(dataDirectory: string): string {
  return join(dataDirectory, 'caller-key');
}
