import { pino, type Logger } from 'pino';
import type { Configuration } from '../configuration.ts';
import { createEnding, type Ending } from './ending.ts';

export interface Running {
  address: string;
  /** Resolves when all is over: null = it was asked to end, else why it had to. */
  ended: Promise<Error | null>;
  /** Ends in order, the last that was started first. */
  end(): Promise<void>;
}

/** Starts a process' parts, which give its address. What was started ends again when a later part fails. */
export async function startParts(configuration: Configuration, compose: (logger: Logger, ending: Ending) => Promise<string>): Promise<Running> {
  const logger = pino({ level: configuration.logLevel }, pino.destination({ dest: 2, sync: false }));
  const ending = createEnding(logger);
  try {
    const address = await compose(logger, ending);
    return { address, ended: ending.ended, end: () => ending.end(null) };
  } catch (error) {
    // The caller tells it.
    await ending.end(null);
    throw error;
  }
}
