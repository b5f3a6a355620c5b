'use client';
import { Button, Select } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { Empty, NoAnswer, Notice, Skeleton } from '../parts/states.tsx';
import { useArrowKeys } from '../parts/use-arrow-keys.ts';
import { useParams } from '../url/use-params.ts';
import { useShared } from '../url/use-shared.ts';
import { StateLabel } from './incident-state.tsx';
import type { IncidentType } from './catalogue-query.ts';
import type { PastIncident } from './incident-query.ts';
import classes from './incidents.module.css';
import { useSpans } from './use-spans.ts';
import { SPANS, STANDINGS, type PastFilter } from './past-filter.ts';
import { levelOf, SEVERITIES, SeverityLabel } from './severity.tsx';
import { usePast } from './use-past.ts';

interface Props { filter: PastFilter; types: readonly IncidentType[] }

/** What is over, or no longer needs a clock; its filters are in the address. */
export function PastCard({ filter, types }: Props) {
  const t = useTranslations('incidents');
  const params = useParams();
  const { incidents, more, busy, moreProblem, problem, look, onMore } = usePast(filter);
  const common = { size: 'xs', clearable: true, clearButtonProps: { 'aria-label': t('filter.clear') } } as const;
  return (
    <Card title={t('list.past')} aside={incidents && <span>{t(more ? 'list.pastMore' : 'list.pastCount', { count: incidents.length })}</span>}>
      <div className={classes.filters}>
        <Select {...common} aria-label={t('filter.type')} placeholder={t('filter.allTypes')} data={types.map(({ slug, label }) => ({ value: slug, label }))} value={filter.type} onChange={(type) => params.set({ type })} />
        <Select {...common} aria-label={t('filter.severity')} placeholder={t('filter.allSeverities')} data={SEVERITIES.map((severity) => ({ value: severity, label: `${levelOf(severity)} · ${t(`severity.${severity}`)}` }))} value={filter.severity} onChange={(severity) => params.set({ severity })} />
        <Select size="xs" allowDeselect={false} aria-label={t('filter.state')} data={STANDINGS.map((state) => ({ value: state, label: t(`filter.standing.${state}`) }))} value={filter.state} onChange={(state) => params.set({ state: state === 'closed' ? null : state })} />
        <Select size="xs" allowDeselect={false} aria-label={t('filter.range')} data={SPANS.map((span) => ({ value: span, label: span === 'all' ? t('filter.all') : t(`filter.last${span}`) }))} value={filter.span} onChange={(since) => params.set({ since: since === '90' ? null : since })} />
      </div>
      {problem && incidents && <div className={classes.body}><Notice kind="bad">{t('stale')}</Notice></div>}
      {problem && !incidents ? <NoAnswer problem={problem} retry={look} />
        : !incidents ? <div className={classes.body}><Skeleton height={180} /></div>
        : incidents.length === 0 ? <div data-testid="past"><Empty title={t('list.nonePast')} hint={t('list.nonePastHint')} /></div>
        : <PastTable incidents={incidents} />}
      {moreProblem && <NoAnswer problem={moreProblem} retry={onMore} />}
      {more && !moreProblem && <div className={classes.more}><Button size="xs" variant="default" loading={busy} onClick={onMore}>{t('list.more')}</Button></div>}
    </Card>
  );
}

function PastTable({ incidents }: { incidents: readonly PastIncident[] }) {
  const t = useTranslations('incidents');
  const { inWords } = useSpans();
  const formats = useFormats();
  const shared = useShared();
  const onKeyDown = useArrowKeys<HTMLTableSectionElement>();
  return (
    <div className={classes.scroller}>
      <table className={`${classes.table} ${classes.calm}`} data-testid="past">
        <thead><tr>
          <th scope="col">{t('column.number')}</th><th scope="col">{t('column.title')}</th><th scope="col">{t('column.type')}</th><th scope="col">{t('column.severity')}</th><th scope="col">{t('column.detected')}</th>
          <th scope="col" data-number>{t('column.resolvedIn')}</th><th scope="col" data-number>{t('column.target')}</th><th scope="col">{t('column.outcome')}</th><th scope="col">{t('column.state')}</th>
        </tr></thead>
        <tbody onKeyDown={onKeyDown}>
          {incidents.map(({ number, title, typeLabel, severity, detectedAt, resolvedAt, clock, state }) => {
            const breached = clock.breachedAt !== null;
            return (
              <tr key={number} data-testid="past-incident">
                <td className={classes.dim}>{number}</td>
                <th scope="row" className={classes.main}><Link href={`/incidents/${number}${shared}`} prefetch={false} data-row>{title}</Link></th>
                <td className={classes.dim}>{typeLabel}</td>
                <td><SeverityLabel severity={severity} /></td>
                <td>{formats.dateTime(detectedAt)}</td>
                <td data-number data-label={t('column.resolvedIn')}>{resolvedAt === null ? '–' : inWords(Date.parse(resolvedAt) - Date.parse(detectedAt))}</td>
                <td data-number data-label={t('column.target')} className={classes.dim}>{inWords(clock.targetMs)}</td>
                <td data-outcome={breached ? 'breached' : 'within'}>{breached ? <IconAlertTriangle size={14} aria-hidden /> : <IconCheck size={14} aria-hidden />}{t(breached ? 'outcome.breached' : 'outcome.within')}</td>
                <td><StateLabel state={state} /></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
