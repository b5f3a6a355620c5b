import { prepareSparkline } from './prepare-sparkline.ts';
import classes from './parts.module.css';

interface Props { values: (number | null)[]; target?: number; width?: number; height?: number; label: string }

/** A line of one hand's width; a missing value is a gap, the target a dotted line. */
export function Sparkline({ values, target, width = 84, height = 22, label }: Props) {
  const { paths, dots, targetY, last } = prepareSparkline(values, target, width, height);
  return (
    <svg className={classes.spark} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {targetY !== null && <line x1={0} x2={width} y1={targetY} y2={targetY} stroke="var(--v-lineStrong)" strokeDasharray="2 3" />}
      {paths.map((path) => <path key={path} d={path} fill="none" stroke="var(--v-dim)" strokeWidth={1.4} strokeLinejoin="round" />)}
      {dots.map(([x, y]) => <circle key={x} cx={x} cy={y} r={1.2} fill="var(--v-dim)" />)}
      {last && <circle cx={last[0]} cy={last[1]} r={2.2} fill="var(--v-text)" />}
    </svg>
  );
}
