import type { ComponentProps } from 'react';
import classes from './chart-tip.module.css';
import { Swatch } from './swatch.tsx';

export interface TipRow { label: string; value: string; token?: ComponentProps<typeof Swatch>['token']; shape?: ComponentProps<typeof Swatch>['shape'] }

export function ChartTip({ title, rows }: { title: string; rows: TipRow[] }) {
  return (
    <div className={classes.tip}>
      <strong>{title}</strong>
      {rows.map(({ label, value, token, shape = 'block' }) => <span key={label} className={classes.row}>{token && <Swatch token={token} shape={shape} />}<span>{label}</span><b>{value}</b></span>)}
    </div>
  );
}
