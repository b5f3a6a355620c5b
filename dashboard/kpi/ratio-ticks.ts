const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25];
const MOST = 6;

/** Round ticks for an axis of fractions: whole steps around what is drawn, never past 0 % or, below it, 100 %. */
export function ratioTicks(values: readonly (number | null | undefined)[]): number[] {
  const known = values.filter((value) => typeof value === 'number');
  if (known.length === 0) return [0, 0.25, 0.5, 0.75, 1];
  const low = Math.max(0, known.reduce((a, b) => Math.min(a, b)));
  const high = known.reduce((a, b) => Math.max(a, b));
  for (const step of [...STEPS, (high - low) / (MOST - 2)]) {
    const first = Math.floor(low / step + 1e-9);
    const last = Math.ceil(high / step - 1e-9);
    if (last - first >= MOST) continue;
    // One value alone stands between two ticks; what cannot pass 100 % is not drawn as if it could.
    const [bottom, top] = last > first ? [first, last] : high <= 1 && (first + 1) * step > 1 ? [first - 1, first] : [first, first + 1];
    return Array.from({ length: top - bottom + 1 }, (_, at) => Math.round((bottom + at) * step * 1e6) / 1e6);
  }
  return [low, high];
}
