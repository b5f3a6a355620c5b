export interface SparklineShape {
  paths: string[];
  /** Values that stand alone between gaps. */
  dots: [number, number][];
  targetY: number | null;
  last: [number, number] | null;
}

const PAD = 3;

/** Scales values to the box; the target is always inside. A gap splits the line. */
export function prepareSparkline(values: (number | null)[], target: number | undefined, width: number, height: number): SparklineShape {
  const known = values.filter((value) => value !== null);
  const all = target === undefined ? known : [...known, target];
  const low = Math.min(...all);
  const span = Math.max(...all) - low || 1;
  const x = (at: number) => round(PAD + (at * (width - 2 * PAD)) / Math.max(1, values.length - 1));
  const y = (value: number) => round(height - PAD - ((value - low) / span) * (height - 2 * PAD));
  const runs: [number, number][][] = [];
  let open = false;
  values.forEach((value, at) => {
    if (value === null) { open = false; return; }
    const point: [number, number] = [x(at), y(value)];
    if (open) runs.at(-1)?.push(point);
    else runs.push([point]);
    open = true;
  });
  return {
    paths: runs.filter((run) => run.length > 1).map((run) => `M${run.map((point) => point.join(' ')).join('L')}`),
    dots: runs.flatMap((run) => (run.length === 1 ? run : [])),
    targetY: target === undefined || known.length === 0 ? null : y(target),
    last: runs.at(-1)?.at(-1) ?? null,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
