import { hash128 } from '../random.ts';
import type { Centre } from './centre-schema.ts';

type Population = Centre['callers'][string];

export interface CallerPopulation {
  /** Number of the i-th caller, 0 ≤ i < count. */
  number(index: number): string;
  /** Caller number → value, for IVR look-ups. */
  lookUp: Record<string, string>;
}

/** The people who may call: their numbers, and which of them a look-up knows. Always the same for the same file. */
export function callerPopulation(population: Population): CallerPopulation {
  const span = 10 ** population.digits;
  // A step that shares no factor with a power of ten visits every number once: no two callers share one.
  const step = Math.floor(span * 0.6180339887) | 1;
  const odd = step % 5 === 0 ? step + 2 : step;
  const number = (index: number): string => population.prefix + String((((index + 1) * odd) % span)).padStart(population.digits, '0');
  const lookUp: Record<string, string> = {};
  if (population.lookUp) {
    const values = Object.entries(population.lookUp.values);
    for (let index = 0; index < population.count; index++) {
      let point = hash128(`${population.prefix} ${index}`)[0] / 2 ** 32;
      for (const [value, share] of values) {
        if (point < share) lookUp[number(index)] = value;
        if (point < share) break;
        point -= share;
      }
    }
  }
  return { number, lookUp };
}
