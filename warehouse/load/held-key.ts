import { SMALL_QUESTION_MS } from '../engine.ts';
import type { Engine } from '../engine.ts';
import { WarehouseError } from '../warehouse.ts';

/** Which key is everybody's: at the very first load two processes may have brought one each. */
export const OLDEST_FIRST = 'taken_at, secret';

/** The key by which the callers of the stored rows are known; null = nothing was loaded with one yet. */
export async function heldKey(engine: Pick<Engine, 'query'>): Promise<string | null> {
  const [row] = await engine.query<{ secret: string }>({ sql: `SELECT secret FROM store.caller_key ORDER BY ${OLDEST_FIRST} LIMIT 1`, timeoutMs: SMALL_QUESTION_MS });
  return row?.secret ?? null;
}

/**
 * Sees to it that all rows have their callers' hashes from one key: the warehouse keeps that of its first load.
 * @throws WarehouseError `unavailable` when it has another one; nothing is loaded then.
 */
export async function holdKey(engine: Pick<Engine, 'query'>, secret: string, keep: () => Promise<void>): Promise<void> {
  if (await refuseOtherKey(engine, secret) !== null) return;
  await keep();
  await refuseOtherKey(engine, secret);
}

/**
 * Changes nothing. @returns the key that is held.
 * @throws WarehouseError as {@link holdKey}.
 */
export async function refuseOtherKey(engine: Pick<Engine, 'query'>, secret: string): Promise<string | null> {
  const held = await heldKey(engine);
  if (held === null || held === secret) return held;
  throw new WarehouseError('unavailable', "The warehouse knows its callers by another key than this process has, and would take each for a new one: nothing was loaded. Set VIGIE_STORE to the store of the processes that load into it, or put the file caller-key of their data directory into this process's (VIGIE_DATA, --data); an embedded warehouse gives its own where there is no such file");
}
