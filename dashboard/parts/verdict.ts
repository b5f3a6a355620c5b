export type Verdict = 'ok' | 'warn' | 'bad' | 'none';

/**
 * A value against its target, always from the unrounded value. On target is quiet; past it is `warn`, past it by
 * more than `slack` is `bad`. Without a value or a target there is no verdict.
 */
export function againstTarget(value: number | null | undefined, target: number | null | undefined, better: 'up' | 'down', slack: number): Verdict {
  if (value === null || value === undefined || target === null || target === undefined) return 'none';
  const late = better === 'up' ? target - value : value - target;
  if (late <= 0) return 'ok';
  return late > slack ? 'bad' : 'warn';
}
