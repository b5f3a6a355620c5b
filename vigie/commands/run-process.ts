import type { Running } from '../start/running.ts';
import { print } from './invocation.ts';

/** A process that runs until it is asked to end. `tell` gives the line for people. */
export interface ProcessOptions { json: boolean; tell: (address: string) => string }

/**
 * Starts a process, prints where it is, and ends it in order at the first Ctrl-C or SIGTERM, also before everything
 * stands. The second one is the system's to answer.
 * @throws why it could not start, or had to end.
 */
export async function runProcess(start: (signal: AbortSignal) => Promise<Running>, { json, tell }: ProcessOptions): Promise<void> {
  // Standard output is for the address; what the pages' framework has to say of itself goes to the log's side.
  console.log = console.error;
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => asked.abort());
  const running = await start(asked.signal).catch((error: unknown) => {
    if (!asked.signal.aborted) throw error;
    return null;
  });
  if (running) {
    asked.signal.addEventListener('abort', () => void running.end());
    if (asked.signal.aborted) void running.end();
    print(json ? JSON.stringify({ address: running.address, pid: process.pid }) : tell(running.address));
    const reason = await running.ended;
    if (reason) throw reason;
  }
  // Engines may leave handles behind; everything is written by now.
  process.exit(0);
}
