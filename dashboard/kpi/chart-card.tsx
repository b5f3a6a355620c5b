'use client';
import { SegmentedControl } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useMemo } from 'react';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { Explain } from '../parts/explain.tsx';
import { Empty, Skeleton } from '../parts/states.tsx';
import { Swatch } from '../parts/swatch.tsx';
import { useParams } from '../url/use-params.ts';
import { useReference } from '../url/use-reference.ts';
import type { KpiAnswer } from './kpi-query.ts';
import { KpiChart, seriesToken } from './kpi-chart.tsx';
import classes from './kpi.module.css';
import { keyLabel } from './labels.ts';
import { prepareChart } from './prepare-chart.ts';
import type { Question } from './question.ts';
import { useOver } from './use-over.ts';

export function ChartCard({ question, answer }: { question: Question; answer: KpiAnswer | null }) {
  const t = useTranslations('kpi');
  const formats = useFormats();
  const params = useParams();
  const over = useOver();
  const { measure } = useReference();
  const chart = useMemo(() => answer && prepareChart(answer, question.measures.indexOf(question.drawn)), [answer, question]);
  const drawn = measure(question.drawn);
  const name = (id: string) => measure(id)?.short ?? id;
  const label = (at: number) => {
    const series = chart?.series[at];
    if (!series) return '';
    if (series.compared) return t('before');
    return series.keys.map((key) => keyLabel(key, formats)).join(' · ') || (drawn?.short ?? question.drawn);
  };
  return (
    <Card title={<Explain name={drawn?.name ?? question.drawn} formula={drawn?.formula ?? ''} over={over}><span tabIndex={0}>{drawn?.name ?? question.drawn}</span></Explain>}
      aside={question.measures.length > 1 && <SegmentedControl size="xs" aria-label={t('drawn')} value={question.drawn} onChange={(id) => params.set({ drawn: id === question.measures[0] ? null : id })} data={question.measures.map((id) => ({ value: id, label: name(id) }))} />}>
      <div className={classes.chart}>
        {!answer ? <Skeleton height={270} /> : !chart || chart.points.length === 0 ? <Empty title={answer.rows.length === 0 ? t('empty') : t('noChart')} hint={answer.rows.length === 0 ? t('emptyHint') : t('noChartHint')} /> : (
          <div role="img" aria-label={t('chartSummary', { measure: drawn?.name ?? question.drawn, points: chart.points.length, series: chart.series.length })} style={{ height: 270 }}>
            <KpiChart chart={chart} unit={drawn?.unit ?? 'COUNT'} label={label} />
          </div>
        )}
      </div>
      {chart && chart.series.length > 1 && (
        <p className={classes.legend}>
          {chart.series.map((series, at) => <span key={series.id}><Swatch token={seriesToken(series, at)} shape={chart.kind === 'time' ? (series.compared ? 'dashed' : 'line') : (series.compared ? 'hatch' : 'block')} />{label(at)}</span>)}
          {chart.hidden > 0 && <span>{t('hidden', { count: chart.hidden })}</span>}
        </p>
      )}
    </Card>
  );
}
