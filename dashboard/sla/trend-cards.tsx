'use client';
import { useTranslations } from 'use-intl';
import { useMemo } from 'react';
import { Card } from '../parts/card.tsx';
import { Empty, NoAnswer, Skeleton } from '../parts/states.tsx';
import { Swatch } from '../parts/swatch.tsx';
import { useReference } from '../url/use-reference.ts';
import { TREND, prepareTrend, stepOf } from './prepare-trend.ts';
import type { Slice } from './slice.ts';
import classes from './sla.module.css';
import { TrendChart, type TrendSeries } from './trend-chart.tsx';
import { useMeasures } from './use-measures.ts';

/** How fast it was seen, taken and restored, and how much of it within target, over time. */
export function TrendCards({ from, to }: Slice) {
  const t = useTranslations('sla');
  const { measure } = useReference();
  const step = stepOf(from, to);
  const { answer, problem, retry } = useMeasures({ measures: TREND, by: [step], from, to });
  const points = useMemo(() => answer && prepareTrend(answer.rows), [answer]);
  const delays: TrendSeries[] = [
    { id: 'mttd', label: measure('mttd')?.short ?? 'MTTD', token: 'series3' }, { id: 'mtta', label: measure('mtta')?.short ?? 'MTTA', token: 'series2' }, { id: 'mttr', label: measure('mttr')?.short ?? 'MTTR', token: 'series1' },
  ];
  const counts: TrendSeries[] = [{ id: 'within', label: t('notBreached'), token: 'offered' }, { id: 'breaches', label: t('breached'), token: 'abandoned' }];
  const none = points?.every(({ within, breaches }) => within + breaches === 0);
  const body = (series: TrendSeries[], kind: 'lines' | 'stack') => (problem ? <NoAnswer problem={problem} retry={retry} /> : !points ? <div className={classes.chart}><Skeleton height={190} /></div>
    : none ? <Empty title={t('none')} hint={t('noneHint')} /> : <div className={classes.chart}><TrendChart points={points} series={series} kind={kind} /></div>);
  return (
    <div className={classes.two}>
      <Card title={t('delays')} aside={<Legend series={delays} shape="line" />}>{body(delays, 'lines')}</Card>
      <Card title={t('kept')} aside={<Legend series={counts} shape="block" />}>{body(counts, 'stack')}</Card>
    </div>
  );
}

function Legend({ series, shape }: { series: TrendSeries[]; shape: 'line' | 'block' }) {
  return <span className={classes.legend}>{series.map(({ id, label, token }) => <span key={id}><Swatch token={token} shape={shape} />{label}</span>)}</span>;
}
