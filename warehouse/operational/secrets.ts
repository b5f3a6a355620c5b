import type { Kysely } from 'kysely';
import type { StoreSchema } from './schema.ts';

/** A secret that all processes share: the first value that is proposed stands for ever. */
export async function sharedSecret(store: Kysely<StoreSchema>, name: 'caller-key', proposed: string): Promise<string> {
  await store.insertInto('secrets').values({ name, value: proposed }).onConflict((conflict) => conflict.doNothing()).execute();
  return (await store.selectFrom('secrets').select('value').where('name', '=', name).executeTakeFirstOrThrow()).value;
}
