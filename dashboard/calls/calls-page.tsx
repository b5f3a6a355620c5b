'use client';
import { Drawer } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useMemo } from 'react';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { Empty, NoAnswer, Skeleton } from '../parts/states.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { useReportDataAge } from '../shell/data-age.tsx';
import { addDays, localDateAt } from '../url/local-date.ts';
import { isInstant } from '../url/range.ts';
import { useParams } from '../url/use-params.ts';
import { useRange } from '../url/use-range.ts';
import { CallDetails } from './call-details.tsx';
import { CallsTable } from './calls-table.tsx';
import classes from './calls.module.css';
import { FilterBar } from './filter-bar.tsx';
import { parseCallsQuestion } from './question.ts';
import { useCalls } from './use-calls.ts';

/** Every call of the range, newest first; one opens in a panel beside the list. */
export function CallsPage() {
  const t = useTranslations('calls');
  const formats = useFormats();
  const params = useParams();
  const question = useMemo(() => parseCallsQuestion(params.text), [params.text]);
  const { rows, total, problem, more, loadMore, retry, dataAt } = useCalls(question);
  const [tenant = '', callId = ''] = (params.get('call') ?? '').split('/');
  const range = useRange('today');
  const dated = isInstant(range.from) ? localDateAt(Date.parse(range.from), formats.zone) !== localDateAt(Date.parse(range.to) - 1, formats.zone) : addDays(range.from, 1) !== range.to;
  usePageTitle(t('title'));
  useReportDataAge(dataAt);
  return (
    <>
      <h1 className="visually-hidden">{t('title')}</h1>
      <FilterBar question={question} />
      <Card title={t('title')} aside={total === null ? '' : <span data-testid="total" data-value={total}>{t('count', { count: formats.count(total) })}</span>}>
        {problem && (rows ?? []).length === 0 ? <NoAnswer problem={problem} retry={retry} />
          : rows === null ? <div className={classes.waiting}><Skeleton height={420} /></div>
          : rows.length === 0 ? <Empty title={t('empty')} hint={t('emptyHint')} />
          : <CallsTable rows={rows} dated={dated} total={total ?? rows.length} more={more} onMore={loadMore} selected={callId} onSelect={(row) => params.set({ call: `${row.tenant}/${row.callId}` }, callId === '' ? 'push' : 'replace')} />}
      </Card>
      <Drawer opened={callId !== ''} onClose={() => params.set({ call: null })} position="right" size={560} overlayProps={{ backgroundOpacity: 0.12 }} closeButtonProps={{ 'aria-label': t('close') }}
        title={<span className={classes.panelTitle}>{t('call')}<Link href={`/calls/${tenant}/${callId}`} prefetch={false} aria-label={t('openAlone')}><IconExternalLink size={15} /></Link></span>}>
        {callId !== '' && <CallDetails tenant={tenant} callId={callId} />}
      </Drawer>
    </>
  );
}
