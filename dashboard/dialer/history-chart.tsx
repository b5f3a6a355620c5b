'use client';
import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useFormats } from '../format/use-formats.ts';
import { ChartTip } from '../parts/chart-tip.tsx';
import { color, type Token } from '../theme/tokens.ts';
import type { HistoryMeasure, HistoryPoint } from './prepare-history.ts';

interface Props { points: HistoryPoint[]; id: HistoryMeasure; kind: 'bar' | 'line'; token: Token; label: string; show: (value: number | null) => string; axis: (value: number) => string; /** A thin line above, for what it is a part of. */ beside?: { id: HistoryMeasure; label: string } }

/** One measure by minute; a gap where the campaign did not dial. Decides nothing. */
export function HistoryChart({ points, id, kind, token, label, show, axis, beside }: Props) {
  const formats = useFormats();
  const tick = { fill: 'var(--v-dim)', fontSize: 11 };
  // A line needs two points; one alone is a dot.
  const alone = points.filter((point) => point[id] !== null).length === 1 && { r: 2, fill: color(token) };
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 300, height: 128 }}>
      <ComposedChart data={points} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} barCategoryGap="14%" accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--v-line)" />
        <XAxis dataKey="at" tickFormatter={(at: number) => formats.time(at)} interval={14} tick={tick} tickLine={false} axisLine={{ stroke: 'var(--v-lineStrong)' }} />
        <YAxis width={38} domain={[0, 'auto']} allowDecimals={id === 'answerShare'} tick={tick} tickLine={false} axisLine={false} tickCount={4} tickFormatter={axis} />
        <Tooltip isAnimationActive={false} cursor={{ stroke: 'var(--v-lineStrong)', fill: 'var(--v-sunken)' }} content={({ active, payload }) => {
          const point: HistoryPoint | undefined = payload[0]?.payload;
          if (!active || !point) return null;
          return <ChartTip title={formats.time(point.at)} rows={[{ label, value: show(point[id]), token, shape: kind === 'bar' ? 'block' : 'line' }, ...(beside ? [{ label: beside.label, value: show(point[beside.id]), token: 'offered' as const, shape: 'line' as const }] : [])]} />;
        }} />
        {beside && <Line dataKey={beside.id} stroke={color('offered')} strokeWidth={1.2} dot={false} isAnimationActive={false} connectNulls={false} type="stepAfter" />}
        {kind === 'bar' ? <Bar dataKey={id} fill={color(token)} isAnimationActive={false} /> : <Line dataKey={id} stroke={color(token)} strokeWidth={1.8} dot={alone} isAnimationActive={false} connectNulls={false} type="linear" />}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
