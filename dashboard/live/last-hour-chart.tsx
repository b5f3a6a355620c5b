'use client';
import { useTranslations } from 'use-intl';
import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useFormats } from '../format/use-formats.ts';
import { ChartTip } from '../parts/chart-tip.tsx';
import type { MinutePoint } from './prepare-last-hour.ts';

interface Props { points: MinutePoint[]; width?: number; height?: number }

/** Answered and abandoned as bars, offered as a line above them; decides nothing. */
export function LastHourChart({ points, width, height }: Props) {
  const t = useTranslations('live');
  const formats = useFormats();
  const tick = { fill: 'var(--v-dim)', fontSize: 11 };
  return (
    <ResponsiveContainer width={width ?? '100%'} height={height ?? '100%'} initialDimension={{ width: width ?? 600, height: height ?? 170 }}>
      <ComposedChart data={points} margin={{ top: 6, right: 4, bottom: 0, left: 0 }} barCategoryGap="18%" accessibilityLayer={false}>
        <defs>
          <pattern id="hatch-abandoned" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="4" height="4" fill="var(--v-card)" /><rect width="2.2" height="4" fill="var(--v-abandoned)" /></pattern>
        </defs>
        <CartesianGrid vertical={false} stroke="var(--v-line)" />
        <XAxis dataKey="at" tickFormatter={(at: number) => formats.time(at)} interval={9} tick={tick} tickLine={false} axisLine={{ stroke: 'var(--v-lineStrong)' }} />
        <YAxis width={34} allowDecimals={false} tick={tick} tickLine={false} axisLine={false} tickCount={4} />
        <Tooltip isAnimationActive={false} cursor={{ fill: 'var(--v-sunken)' }} content={({ active, payload }) => {
          const point: MinutePoint | undefined = payload[0]?.payload;
          if (!active || !point) return null;
          return <ChartTip title={`${formats.time(point.at)}${point.open ? ` · ${t('running')}` : ''}`} rows={[
            { label: t('offered'), value: formats.count(point.offered), token: 'offered', shape: 'line' },
            { label: t('answered'), value: formats.count(point.answered), token: 'answered', shape: 'block' },
            { label: t('abandoned'), value: formats.count(point.abandoned), token: 'abandoned', shape: 'hatch' },
          ]} />;
        }} />
        <Bar dataKey="answered" stackId="calls" fill="var(--v-answered)" isAnimationActive={false} />
        <Bar dataKey="abandoned" stackId="calls" fill="url(#hatch-abandoned)" stroke="var(--v-abandoned)" strokeWidth={0.6} isAnimationActive={false} />
        <Line dataKey="offered" type="step" stroke="var(--v-offered)" strokeWidth={1.5} dot={false} isAnimationActive={false} />
      </ComposedChart>
    </ResponsiveContainer>
  );
}
