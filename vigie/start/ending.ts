import type { Logger } from 'pino';
import type { Thread } from '../threads/start.ts';

export interface Ending {
  /** What is to be ended, the last first. */
  add(name: string, end: () => unknown): void;
  /** A thread whose death ends the program, because nothing works without it. */
  watch(thread: Thread<object>): void;
  /** Ends everything once; a failure of one part does not keep the others. */
  end(reason: Error | null): Promise<void>;
  readonly ended: Promise<Error | null>;
}

/** Collects, in the order of starting, how to end. */
export function createEnding(logger: Logger): Ending {
  const parts: { name: string; end: () => unknown }[] = [];
  let running: Promise<void> | null = null;
  let settle: (reason: Error | null) => void = () => {};
  const ended = new Promise<Error | null>((resolve) => {
    settle = resolve;
  });
  const ending: Ending = {
    ended,
    add: (name, end) => void parts.push({ name, end }),
    watch(thread) {
      ending.add(thread.name, () => thread.end());
      void thread.ended.then((error) => {
        if (error && !running) void ending.end(new Error(`the ${thread.name} thread died, and the program with it: ${error.message}`, { cause: error }));
      });
    },
    end(reason) {
      running ??= endAll(reason);
      return running;
    },
  };
  return ending;

  async function endAll(reason: Error | null): Promise<void> {
    if (reason) logger.fatal({ err: reason }, 'ending');
    for (const { name, end } of parts.toReversed()) {
      try {
        await end();
      } catch (error) {
        logger.error({ err: error, part: name }, 'a part did not end in order');
      }
    }
    logger.flush();
    settle(reason);
  }
}
