'use client';
import { useTranslations } from 'use-intl';
import { useMemo } from 'react';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { Empty } from '../parts/states.tsx';
import type { Token } from '../theme/tokens.ts';
import type { DialingMinute } from './dialer-query.ts';
import classes from './dialer.module.css';
import { HistoryChart } from './history-chart.tsx';
import { meanOf, prepareHistory, type HistoryMeasure } from './prepare-history.ts';

interface Chart { id: HistoryMeasure; kind: 'bar' | 'line'; token: Token; unit: 'share' | 'number'; beside?: HistoryMeasure }

const CHARTS: Chart[] = [
  { id: 'dialed', kind: 'bar', token: 'answered', unit: 'number' },
  { id: 'answerShare', kind: 'line', token: 'series3', unit: 'share' },
  { id: 'nuisance', kind: 'bar', token: 'abandoned', unit: 'number' },
  { id: 'readyAgents', kind: 'line', token: 'ready', unit: 'number', beside: 'agents' },
];

/** The last hour by minute: pace, answer rate, drops, idle agents, each over the same time. */
export function HistoryCard({ history, atMs }: { history: readonly DialingMinute[]; atMs: number }) {
  const t = useTranslations('dialer');
  const formats = useFormats();
  const minute = Math.floor(atMs / 60_000);
  const points = useMemo(() => prepareHistory(history, minute * 60_000), [history, minute]);
  const known = points.some(({ dialed }) => dialed !== null);
  const show = (unit: Chart['unit'], value: number | null) => (unit === 'share' ? formats.percent(value) : formats.decimal(value));
  return (
    <Card title={t('historyTitle')} aside={t('historyAside')}>
      {!known ? <Empty title={t('noHistory')} hint={t('noHistoryHint')} /> : (
        <div className={classes.charts}>
          {CHARTS.map(({ id, kind, token, unit, beside }) => {
            const mean = id === 'nuisance' ? formats.count(points.reduce((sum, point) => sum + (point.nuisance ?? 0), 0)) : show(unit, meanOf(points, id));
            return (
              <div key={id} className={classes.chart}>
                <h3>{t(`chart.${id}`)}<b>{t(id === 'nuisance' ? 'inTheHour' : 'onAverage', { value: mean })}</b></h3>
                <div role="img" aria-label={t('chartSummary', { name: t(`chart.${id}`), value: mean })}>
                  <HistoryChart points={points} id={id} kind={kind} token={token} label={t(`chart.${id}`)} show={(value) => show(unit, value)} axis={(value) => (unit === 'share' ? formats.axis('RATIO', value) : formats.count(value))} {...(beside ? { beside: { id: beside, label: t('chart.agents') } } : {})} />
                </div>
              </div>
            );
          })}
        </div>
      )}
    </Card>
  );
}
