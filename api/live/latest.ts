/**
 * A channel that holds one value: a reader that is slow gets the newest and never learns of the ones
 * between. Made for one reader.
 */
export interface Latest<T> extends AsyncIterableIterator<T> {
  put(value: T): void;
  end(): void;
}

export function latest<T>(onEnd: () => void): Latest<T> {
  let held: { value: T } | null = null;
  let ended = false;
  let waiting: ((result: IteratorResult<T>) => void) | null = null;
  const end = (): void => {
    if (ended) return;
    ended = true;
    held = null;
    waiting?.({ done: true, value: undefined });
    waiting = null;
    onEnd();
  };
  return {
    put: (value) => {
      if (ended) return;
      if (waiting) {
        const give = waiting;
        waiting = null;
        give({ done: false, value });
      } else held = { value };
    },
    end,
    next: () => {
      if (ended) return Promise.resolve({ done: true, value: undefined });
      if (held) {
        const { value } = held;
        held = null;
        return Promise.resolve({ done: false, value });
      }
      return new Promise((resolve) => (waiting = resolve));
    },
    return: () => {
      end();
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
