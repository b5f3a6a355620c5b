/** Probability that a standard normal variable is above z (Abramowitz and Stegun 7.1.26, error below 1.5e-7). */
export function normalAbove(z: number): number {
  const x = Math.abs(z) * Math.SQRT1_2;
  const t = 1 / (1 + 0.3275911 * x);
  const tail = 0.5 * ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.exp(-x * x);
  return z >= 0 ? tail : 1 - tail;
}

/** Expected positive part of a normal variable. */
export function normalExcess(mean: number, deviation: number): number {
  const z = mean / deviation;
  return mean * (1 - normalAbove(z)) + (deviation * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
