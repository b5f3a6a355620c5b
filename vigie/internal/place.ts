import type { ProcessDoor } from '../configuration.ts';
import { runningServer } from '../data-directory/server-file.ts';
import { UnreachableError } from './ask.ts';
import type { Place } from './calls.ts';

/**
 * Where a process is: as configured, else where it said it is, in the directory that it works in.
 * @throws UnreachableError when it is not there, or not yet.
 */
export function placeOf(what: string, { address, token }: ProcessDoor, directory: string, variable: string): Place {
  if (address !== null) return { address, token: token ?? '' };
  const running = runningServer(directory);
  if (!running) throw new UnreachableError(`no ${what} runs on ${directory}; start it there, or set ${variable} to its address`);
  return { address: running.address, token: running.token };
}
