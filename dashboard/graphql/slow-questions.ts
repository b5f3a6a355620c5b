import { makeOperation, mapExchange, type Exchange } from 'urql';

/** Longer than a person waits without wondering whether anything happens. */
const SLOW_MS = 4000;

/** Knows whether a question waits for its answer for long. */
export interface SlowQuestions {
  exchange: Exchange;
  /** Told when {@link SlowQuestions.any} has changed; gives what ends that. */
  subscribe(told: () => void): () => void;
  any(): boolean;
}

/** Stands behind the cache, so that it sees what goes to the server. Mutations are told where they are made. */
export function watchSlowQuestions(slowMs = SLOW_MS): SlowQuestions {
  const listeners = new Set<() => void>();
  let slow = 0;
  const count = (change: 1 | -1): void => {
    const before = slow > 0;
    slow += change;
    if (slow > 0 !== before) for (const told of listeners) told();
  };
  // A question that nobody wants any more ends its request, of which exchanges are not told.
  const watched = (ask: typeof fetch): typeof fetch => async (...asked) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      count(1);
    }, slowMs);
    try {
      return await ask(...asked);
    } finally {
      clearTimeout(timer);
      if (late) count(-1);
    }
  };
  return {
    exchange: mapExchange({
      onOperation: (operation) => (operation.kind === 'query' ? makeOperation('query', operation, { ...operation.context, fetch: watched(operation.context.fetch ?? fetch) }) : operation),
    }),
    subscribe(told) {
      listeners.add(told);
      return () => void listeners.delete(told);
    },
    any: () => slow > 0,
  };
}
