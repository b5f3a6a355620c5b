import type { Random } from '../random.ts';
import type { Duration } from './centre-schema.ts';

/** A log-normal duration in milliseconds. */
export function drawMs(random: Random, { medianSeconds, spread }: Duration): number {
  return medianSeconds * 1000 * Math.exp(spread * random.normal());
}

/** Poisson count; above a mean of 200 the normal approximation. */
export function poisson(random: Random, mean: number): number {
  if (mean > 200) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  let count = 0;
  for (let sum = random.exponential(1); sum < mean; sum += random.exponential(1)) count++;
  return count;
}
