'use client';
import type { ReactElement } from 'react';
import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useFormats } from '../format/use-formats.ts';
import type { Unit } from '../graphql/reference-query.ts';
import { ChartTip } from '../parts/chart-tip.tsx';
import { color, type Token } from '../theme/tokens.ts';
import { axisLabel, keyLabel } from './labels.ts';
import type { Chart, ChartPoint, Series } from './prepare-chart.ts';
import { ratioTicks } from './ratio-ticks.ts';

interface Props { chart: Chart; unit: Unit; label: (at: number) => string; width?: number; height?: number }

const TOKENS: Token[] = ['series1', 'series2', 'series3', 'series4', 'series5', 'series6', 'series7', 'series8'];

export function seriesToken(series: Series, at: number): Token {
  return series.compared ? 'offered' : TOKENS[at % TOKENS.length] ?? 'series1';
}

/** A value between two gaps would not be seen in a line: it gets a dot. */
function loneDot(points: readonly ChartPoint[], series: string): (dot: { index?: number; cx?: number; cy?: number; stroke?: string }) => ReactElement {
  const known = (at: number) => typeof points[at]?.values[series] === 'number';
  return ({ index = 0, cx, cy, stroke }) => (known(index) && !known(index - 1) && !known(index + 1) ? <circle key={index} cx={cx} cy={cy} r={3} fill={stroke} /> : <g key={index} />);
}

/** Lines over time, bars over groups; a missing value is a gap. */
export function KpiChart({ chart, unit, label, width, height }: Props) {
  const formats = useFormats();
  const tick = { fill: 'var(--v-dim)', fontSize: 11 };
  const days = new Set(chart.points.map(({ x }) => x.value.slice(0, 10)));
  const byId = new Map(chart.points.map((point) => [point.x.value, point.x]));
  const name = (value: string) => { const key = byId.get(value); return key ? axisLabel(key, formats, days.size === 1) : value; };
  const ticks = unit === 'RATIO' && chart.kind === 'time' ? ratioTicks(chart.points.flatMap(({ values }) => Object.values(values))) : null;
  return (
    <ResponsiveContainer width={width ?? '100%'} height={height ?? '100%'} initialDimension={{ width: width ?? 900, height: height ?? 270 }}>
      <ComposedChart data={chart.points} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--v-line)" />
        <XAxis dataKey="x.value" tickFormatter={name} tick={tick} tickLine={false} minTickGap={28} axisLine={{ stroke: 'var(--v-lineStrong)' }} />
        <YAxis width={52} tick={tick} tickLine={false} axisLine={false} tickFormatter={(value: number) => formats.axis(unit, value)} {...(ticks ? { ticks, domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1] } : { domain: [0, 'auto'] })} />
        <Tooltip isAnimationActive={false} cursor={{ stroke: 'var(--v-lineStrong)', fill: 'var(--v-sunken)' }} content={({ active, payload }) => {
          const point: ChartPoint | undefined = payload[0]?.payload;
          if (!active || !point) return null;
          return <ChartTip title={keyLabel(point.x, formats)} rows={chart.series.map((series, at) => ({ label: label(at), value: formats.value(unit, point.values[series.id]), token: seriesToken(series, at), shape: series.compared ? 'dashed' : 'line' }))} />;
        }} />
        {chart.series.map((series, at) => (chart.kind === 'time'
          ? <Line key={series.id} dataKey={(point: ChartPoint) => point.values[series.id]} stroke={color(seriesToken(series, at))} strokeWidth={series.compared ? 1.5 : 2} strokeDasharray={series.compared ? '5 4' : undefined} dot={loneDot(chart.points, series.id)} isAnimationActive={false} connectNulls={false} type="linear" />
          : <Bar key={series.id} dataKey={(point: ChartPoint) => point.values[series.id]} fill={series.compared ? 'none' : color(seriesToken(series, at))} stroke={color(seriesToken(series, at))} strokeWidth={series.compared ? 1.2 : 0} strokeDasharray="3 2" maxBarSize={44} isAnimationActive={false} />))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
