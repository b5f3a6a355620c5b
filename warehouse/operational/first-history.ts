import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { StoreSchema } from './schema.ts';

/** The first history of a simulated centre: UTC days, newest first, of which the first `daysDone` are loaded. */
export interface FirstHistory { seed: number; liveFromMs: number; days: string[]; daysDone: number }

/** The first plan stands: false when there is one already. */
export async function planFirstHistory(store: Kysely<StoreSchema>, { seed, liveFromMs, days }: Omit<FirstHistory, 'daysDone'>): Promise<boolean> {
  const values = { seed, live_from: new Date(liveFromMs), days: JSON.stringify(days), days_done: 0 };
  const { numInsertedOrUpdatedRows } = await store.insertInto('first_history').values(values).onConflict((conflict) => conflict.doNothing()).executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

export async function readFirstHistory(store: Kysely<StoreSchema>): Promise<FirstHistory | null> {
  const row = await store.selectFrom('first_history').selectAll().executeTakeFirst();
  // The driver gives 64-bit integers as text; a seed has 32.
  return row ? { seed: Number(row.seed), liveFromMs: row.live_from.getTime(), days: z.array(z.string()).parse(row.days), daysDone: row.days_done } : null;
}

export async function noteFirstHistory(store: Kysely<StoreSchema>, daysDone: number): Promise<void> {
  await store.updateTable('first_history').set({ days_done: daysDone }).where('days_done', '<', daysDone).execute();
}
