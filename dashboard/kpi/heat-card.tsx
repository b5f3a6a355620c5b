'use client';
import { useTranslations } from 'use-intl';
import { useMemo } from 'react';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { Empty, Failure, NoAnswer, Skeleton } from '../parts/states.tsx';
import { useReference } from '../url/use-reference.ts';
import classes from './kpi.module.css';
import { weekdayName } from './labels.ts';
import { prepareHeat } from './prepare-heat.ts';
import type { Question } from './question.ts';
import { useKpi } from './use-kpi.ts';

/** Hour × weekday of the drawn measure; the number stands in the cell, the colour only helps the eye. */
export function HeatCard({ question }: { question: Question }) {
  const t = useTranslations('kpi');
  const formats = useFormats();
  const { measure } = useReference();
  const { answer, problem, retry } = useKpi({ ...question, measures: [question.drawn], comparison: null }, ['hour', 'weekday']);
  const map = useMemo(() => answer && prepareHeat(answer, 0), [answer]);
  const unit = measure(question.drawn)?.unit ?? 'COUNT';
  return (
    <Card title={t('heatTitle', { measure: measure(question.drawn)?.name ?? question.drawn })}>
      <div className={classes.heat} tabIndex={0} role="region" aria-label={t('heat')}>
        {problem?.kind === 'invalid' ? <Failure what={t('problem.invalid')} detail={problem.message} retry={retry} /> : problem ? <NoAnswer problem={problem.kind} retry={retry} />
          : !map ? <Skeleton height={290} />
          : map.hours.length === 0 ? <Empty title={t('empty')} hint={t('emptyHint')} /> : (
            <table>
              <thead><tr><td />{map.hours.map((hour) => <th key={hour} scope="col">{String(hour).padStart(2, '0')}</th>)}</tr></thead>
              <tbody>
                {map.rows.map(({ weekday, cells }) => (
                  <tr key={weekday}>
                    <th scope="row">{weekdayName(weekday, formats.locale)}</th>
                    {cells.map(({ value, heat }, at) => <td key={map.hours[at]} data-empty={value === null || undefined} style={value === null ? undefined : { background: `color-mix(in srgb, var(--v-accent) ${Math.round(4 + heat * 38)}%, var(--v-card))` }}>{value === null ? '–' : formats.axis(unit, value)}</td>)}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
      </div>
    </Card>
  );
}
