'use client';
import { SegmentedControl } from '@mantine/core';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useFormats } from '../format/use-formats.ts';
import { keyLabel } from '../kpi/labels.ts';
import { Card } from '../parts/card.tsx';
import { Empty, NoAnswer, Skeleton } from '../parts/states.tsx';
import { useReference } from '../url/use-reference.ts';
import { useShared } from '../url/use-shared.ts';
import classes from './dialer.module.css';
import { MeasureHead, MeasureValue } from './measure-cells.tsx';
import { COLUMNS, TIME_MEASURES, type ProductivityRow } from './prepare-productivity.ts';
import { useProductivity } from './use-productivity.ts';

/** Who did what today: calls, talk, wait between calls, argued, positive, appointments, by agent or by hour. */
export function ProductivityCard({ campaign }: { campaign: string }) {
  const t = useTranslations('dialer');
  const { measure } = useReference();
  const [by, setBy] = useState<'agent' | 'hour'>('agent');
  const { prepared, problem, retry } = useProductivity(campaign, by);
  const columns = COLUMNS.filter((id) => measure(id));
  return (
    <Card title={t('productivity')} aside={<SegmentedControl size="xs" aria-label={t('productivityBy')} value={by} onChange={(value) => setBy(value === 'hour' ? 'hour' : 'agent')} data={[{ value: 'agent', label: t('by.agent') }, { value: 'hour', label: t('by.hour') }]} />}>
      {problem && !prepared ? <NoAnswer problem={problem} retry={retry} /> : !prepared ? <div className={classes.body}><Skeleton height={160} /></div> : prepared.rows.length === 0 ? <Empty title={t('noProductivity')} hint={t('noProductivityHint')} /> : (
        <div className={classes.scroller} tabIndex={0} role="region" aria-label={t('productivity')}>
          <table className={classes.table} data-testid="productivity">
            <thead><tr><th scope="col">{t(`by.${by}`)}</th>{columns.map((id) => <MeasureHead key={id} id={id} over={TIME_MEASURES.some((each) => each === id) ? t('over.agentsDay') : t('over.campaignDay')} />)}</tr></thead>
            <tbody>{prepared.rows.map((row) => <tr key={row.key.value}><th scope="row"><RowName row={row} /></th>{columns.map((id) => <MeasureValue key={id} id={id} value={row.values.get(id) ?? null} />)}</tr>)}</tbody>
            <tfoot><tr><th scope="row">{t('total')}</th>{columns.map((id) => <MeasureValue key={id} id={id} value={prepared.totals.get(id) ?? null} />)}</tr></tfoot>
          </table>
        </div>
      )}
    </Card>
  );
}

function RowName({ row: { key } }: { row: ProductivityRow }) {
  const formats = useFormats();
  const shared = useShared();
  return key.field === 'agent' ? <Link href={`/agents/${encodeURIComponent(key.value)}${shared}`} prefetch={false}>{keyLabel(key, formats)}</Link> : keyLabel(key, formats);
}
