'use client';
import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useFormats } from '../format/use-formats.ts';
import { axisLabel, keyLabel } from '../kpi/labels.ts';
import { ChartTip } from '../parts/chart-tip.tsx';
import { color, type Token } from '../theme/tokens.ts';
import { delayTicks, type TrendPoint } from './prepare-trend.ts';

export interface TrendSeries { id: 'mttd' | 'mtta' | 'mttr' | 'within' | 'breaches'; label: string; token: Token }
interface Props { points: TrendPoint[]; series: TrendSeries[]; kind: 'lines' | 'stack' }

/** Delays as points that a line joins where steps have one after the other, or counts on top of each other. Decides nothing. */
export function TrendChart({ points, series, kind }: Props) {
  const formats = useFormats();
  const tick = { fill: 'var(--v-dim)', fontSize: 11 };
  const unit = kind === 'lines' ? 'SECONDS' : 'COUNT';
  const ticks = kind === 'lines' ? delayTicks(Math.max(0, ...points.flatMap((point) => series.map(({ id }) => point[id] ?? 0)))) : undefined;
  const fields = new Map(points.map(({ key, field }) => [key, field]));
  const named = (value: string) => ({ field: fields.get(value) ?? 'day', value, name: null });
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 500, height: 200 }}>
      <ComposedChart data={points} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} barCategoryGap="22%" accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--v-line)" />
        <XAxis dataKey="key" tickFormatter={(value: string) => axisLabel(named(value), formats, false)} minTickGap={24} tick={tick} tickLine={false} axisLine={{ stroke: 'var(--v-lineStrong)' }} />
        <YAxis width={50} domain={[0, ticks?.at(-1) ?? 'auto']} {...(ticks ? { ticks } : {})} allowDecimals={false} tick={tick} tickLine={false} axisLine={false} tickCount={4} tickFormatter={(value: number) => formats.axis(unit, value)} />
        <Tooltip isAnimationActive={false} cursor={{ stroke: 'var(--v-lineStrong)', fill: 'var(--v-sunken)' }} content={({ active, payload }) => {
          const point: TrendPoint | undefined = payload[0]?.payload;
          if (!active || !point) return null;
          return <ChartTip title={keyLabel(named(point.key), formats)} rows={series.map(({ id, label, token }) => ({ label, value: formats.value(unit, point[id]), token, shape: kind === 'lines' ? 'line' : 'block' }))} />;
        }} />
        {series.map(({ id, token }) => (kind === 'lines'
          ? <Line key={id} dataKey={id} stroke={color(token)} strokeWidth={1.8} dot={{ r: 2.5, fill: color(token), strokeWidth: 0 }} isAnimationActive={false} connectNulls={false} type="linear" />
          : <Bar key={id} dataKey={id} stackId="all" fill={color(token)} maxBarSize={26} isAnimationActive={false} />))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
