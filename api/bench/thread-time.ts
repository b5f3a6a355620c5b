import { existsSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** How long the calling thread has worked, ms; what it waited for a processor is not counted where the system tells. */
export type ThreadTime = () => number;

const SCHEDULER = '/proc/thread-self/schedstat';
/** The scheduler writes a thread's time down when it leaves its processor: the shortest sleep makes it leave. */
const SLEEP_MS = 0.05;

export function threadTime(): ThreadTime {
  if (!existsSync(SCHEDULER)) return () => performance.eventLoopUtilization().active;
  const cell = new Int32Array(new SharedArrayBuffer(4));
  return () => {
    Atomics.wait(cell, 0, 0, SLEEP_MS);
    return Number(readFileSync(SCHEDULER, 'utf8').split(' ', 1)[0]) / 1e6;
  };
}
