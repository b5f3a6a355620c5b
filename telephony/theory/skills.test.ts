import { describe, expect, it } from 'vitest';
import { erlangA } from '../erlang/index.ts';
import { BatchMeans } from './batch-means.ts';
import { markovian, QueueingSystem, START_MS } from './queueing-system.ts';
import { SUM, Tally } from './tally.ts';

const TYPES = [1, 2, 3, 4, 5, 6];
const PRIMARY_PER_TYPE = 15;
const MINUTE_MS = 60_000;
const BATCH_MS = 100 * 60 * MINUTE_MS;

/** Agents with a primary skill and the next `count - 1` types after it, begun at each of the others in turn: spread evenly. */
function agentsWith(count: number): { queue: number; level: number }[][] {
  return TYPES.flatMap((primary) =>
    Array.from({ length: PRIMARY_PER_TYPE }, (_, place) => {
      const others = TYPES.filter((type) => type !== primary);
      const first = place % others.length;
      const second = Array.from({ length: count - 1 }, (_, i) => others[(first + i) % others.length] ?? primary);
      return [{ queue: primary, level: 9 }, ...second.map((queue) => ({ queue, level: 5 }))];
    }));
}

/** Share of the calls that got in answered within 30 s; 90 agents and 30 waiting places are 120 channels, 4 E1 links. */
function serviceLevel(skills: number): { value: number; halfWidth: number } {
  const tally = new Tally(START_MS, 1000, [30]);
  const system = new QueueingSystem({ seed: 4, callers: TYPES.map((type) => markovian(type, MINUTE_MS / 1.4, 10 * MINUTE_MS, null)), agents: agentsWith(skills), e1Links: 4, observer: tally });
  system.run(START_MS + BATCH_MS / 2);
  tally.take(system.clock.nowMs());
  const batches = new BatchMeans(false);
  for (let i = 0; i < 24; i++) {
    system.run(system.clock.nowMs() + BATCH_MS);
    batches.add(tally.take(system.clock.nowMs()));
  }
  return batches.estimate((sums) => (sums[SUM.targets] ?? 0) / (sums[SUM.entered] ?? 0), 0.95);
}

describe('skill-based routing', () => {
  it('with two skills each comes within 10 % of the service level of all six, and one skill does not', () => {
    const [one, two, six] = [serviceLevel(1), serviceLevel(2), serviceLevel(6)];
    expect(two.halfWidth).toBeLessThan(0.02);
    expect(six.halfWidth).toBeLessThan(0.02);
    expect(two.value - two.halfWidth).toBeGreaterThan(0.9 * (six.value + six.halfWidth));
    expect(one.value).toBeLessThan(0.9 * six.value);
    // Agents who can do everything are one M/M/90 with 30 places.
    const pool = erlangA({ agents: 90, arrivalRate: 6 * 1.4, handleTime: 10, patience: Number.POSITIVE_INFINITY, waitingPlaces: 30 });
    expect(Math.abs(six.value - pool.answeredWithin(0.5))).toBeLessThan(six.halfWidth * 1.5);
  }, 180_000);
});
