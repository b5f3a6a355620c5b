import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { WarehouseError, type QueryOptions } from '../warehouse/warehouse.ts';
import type { ApiContext } from './context.ts';

export const QUERY_TIMEOUT_MS = 15_000;

/** A query that ends with its client, or after a while. */
export async function withDeadline<T>({ warehouse, signal }: Pick<ApiContext, 'warehouse' | 'signal'>, run: (options: QueryOptions) => Promise<T>): Promise<T> {
  const queryId = randomUUID();
  const cancel = (): void => void warehouse.cancel(queryId).catch(() => undefined);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await run({ queryId, timeoutMs: QUERY_TIMEOUT_MS });
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/** The warehouse's own refusal; null = something else went wrong. */
export function expected(error: unknown): WarehouseError | null {
  return error instanceof WarehouseError ? error : null;
}

/** For fields without a result type: an expected refusal reaches the client as it is, the rest is masked at the edge. */
export async function tell<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const failure = expected(error);
    if (failure?.code === 'invalid-query' || failure?.code === 'too-large') throw new GraphQLError(failure.message, { extensions: { code: 'INVALID_QUERY' } });
    if (failure?.code === 'timeout') throw new GraphQLError(failure.message, { extensions: { code: 'TIMEOUT' } });
    throw error;
  }
}
