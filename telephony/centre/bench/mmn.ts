import { alike, markovian, QueueingSystem, START_MS } from '../../theory/queueing-system.ts';
import type { RowSink } from '../../rows.ts';

const HANDLE_MS = 180_000;
const OCCUPANCY = 0.9;

export interface MmnResult {
  calls: number;
  rows: number;
  seconds: number;
  callsPerSecond: number;
  meanWaitSeconds: number;
}

/**
 * An M/M/n at 90 % occupancy lived by the whole automaton, every event of it; with `rows`, all rows of
 * Ondata are made too (and counted, not kept). Its peer is `mmn.py`.
 */
export function runMmn({ agents, calls, seed, rows }: { agents: number; calls: number; seed: number; rows: boolean }): MmnResult {
  let written = 0;
  let [answered, waitedMs] = [0, 0];
  const sink: RowSink | null = rows ? () => { written += 1; } : null;
  const gapMs = HANDLE_MS / (OCCUPANCY * agents);
  const system = new QueueingSystem({
    seed, rows: sink, agents: alike(agents, 1), callers: [markovian(1, gapMs, HANDLE_MS, null)],
    observer: { answered: (_nowMs, waitMs) => { answered += 1; waitedMs += waitMs; } },
  });
  const started = performance.now();
  for (let untilMs = START_MS; system.automaton.counters.calls < calls;) {
    untilMs += Math.max(gapMs, (calls - system.automaton.counters.calls) * gapMs);
    system.run(untilMs);
  }
  system.close();
  system.run(system.clock.nowMs() + 100 * HANDLE_MS);
  const seconds = (performance.now() - started) / 1000;
  const lived = system.automaton.counters.ended;
  return { calls: lived, rows: written, seconds, callsPerSecond: lived / seconds, meanWaitSeconds: waitedMs / answered / 1000 };
}
