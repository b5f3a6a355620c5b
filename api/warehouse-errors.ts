import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { WarehouseError, type QueryOptions, type Warehouse } from '../warehouse/warehouse.ts';
import type { ApiContext } from './context.ts';

export const QUERY_TIMEOUT_MS = 15_000;

/** The warehouse ends its own statements in time; several together, or one that cannot be ended, may take this much longer. */
const GRACE_MS = 1000;

/** A query that ends with its client, or after a while. */
export function withDeadline<T>({ warehouse, signal }: { warehouse: Pick<Warehouse, 'cancel'>; signal: ApiContext['signal'] }, run: (options: QueryOptions) => Promise<T>): Promise<T> {
  return within(QUERY_TIMEOUT_MS, warehouse, run, signal);
}

/**
 * Questions that together end within a time, or with `signal`: what still runs is cancelled.
 * @throws WarehouseError `timeout`, however the warehouse takes it.
 */
export async function within<T>(timeoutMs: number, warehouse: Pick<Warehouse, 'cancel'>, run: (options: QueryOptions) => Promise<T>, signal?: AbortSignal): Promise<T> {
  const queryId = randomUUID();
  const cancel = (): void => void warehouse.cancel(queryId).catch(() => undefined);
  signal?.addEventListener('abort', cancel, { once: true });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      timer = setTimeout(() => {
        cancel();
        reject(new WarehouseError('timeout', `The query took longer than ${timeoutMs} ms`));
      }, timeoutMs + GRACE_MS);
      run({ queryId, timeoutMs }).then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

/** The warehouse's own refusal; null = something else went wrong. */
export function expected(error: unknown): WarehouseError | null {
  return error instanceof WarehouseError ? error : null;
}

/** What a client reads of the warehouse's own troubles. A server's address and its words are for the log. */
const TOLD = { 'invalid-query': 'INVALID_QUERY', timeout: 'TIMEOUT', 'too-large': 'TOO_LARGE', unavailable: 'UNAVAILABLE', gone: 'GONE' } as const;
export const UNAVAILABLE = 'The warehouse cannot be asked: it does not answer, or refuses. Nothing is lost: rows wait until it does.';

/** For fields without a result type: an expected refusal reaches the client as it is, the rest is masked at the edge. */
export async function tell<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const failure = expected(error);
    if (failure !== null && failure.code !== 'unavailable' && isTold(failure.code)) throw new GraphQLError(failure.message, { extensions: { code: TOLD[failure.code] } });
    throw error;
  }
}

/** At the edge, for any field: what the warehouse's trouble is, with its code. Null = it is none that a client is told of. */
export function troubleOf(error: GraphQLError): GraphQLError | null {
  const failure = expected(error.originalError);
  if (failure === null || !isTold(failure.code)) return null;
  return new GraphQLError(failure.code === 'unavailable' ? UNAVAILABLE : failure.message, { nodes: error.nodes, path: error.path, extensions: { code: TOLD[failure.code] } });
}

function isTold(code: WarehouseError['code']): code is keyof typeof TOLD {
  return Object.hasOwn(TOLD, code);
}
