'use client';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { Empty, NoAnswer, Notice, Skeleton } from '../parts/states.tsx';
import { useArrowKeys } from '../parts/use-arrow-keys.ts';
import { usePageTitle } from '../parts/use-page-title.ts';
import { useReportDataAge } from '../shell/data-age.tsx';
import { useParams } from '../url/use-params.ts';
import { useShared } from '../url/use-shared.ts';
import { DeclareModal } from './declare-modal.tsx';
import classes from './incidents.module.css';
import { OpenCard } from './open-card.tsx';
import { PastCard } from './past-card.tsx';
import { parseFilter } from './past-filter.ts';
import { byUrgency } from './prepare-order.ts';
import { SubTabs } from './sub-tabs.tsx';
import { useOpenList } from './use-open-list.ts';
import { useCatalogue } from './use-catalogue.ts';
import { useLastClosed } from './use-past.ts';

/** Clocks first: what is open, each with its own; below, what is over. */
export function IncidentsPage() {
  const t = useTranslations('incidents');
  const params = useParams();
  const router = useRouter();
  const shared = useShared();
  const { open, at, offsetMs, problem, look } = useOpenList();
  const { types } = useCatalogue();
  const [declaring, setDeclaring] = useState(false);
  const onKeyDown = useArrowKeys<HTMLDivElement>();
  usePageTitle(t('title'));
  useReportDataAge(at, offsetMs, problem ? 'broken' : 'live');
  const incidents = byUrgency(open ?? []);
  return (
    <>
      <SubTabs />
      <div className={classes.head}>
        <h1 className={classes.title}>{t('title')}</h1>
        {open && <span className={classes.dim}>{t('list.openCount', { count: incidents.length })}{incidents.length > 1 && ` · ${t('list.sorted')}`}</span>}
        <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setDeclaring(true)}>{t('list.declare')}</Button>
      </div>
      {problem && open && <Notice kind="bad">{t('list.stale')}</Notice>}
      <div className={classes.stack}>
        {problem && !open ? <Card title={t('list.open')}><NoAnswer problem={problem} retry={look} /></Card>
          : !open || at === undefined ? <div className={classes.cards} aria-busy="true"><Skeleton height={262} /><Skeleton height={262} /></div>
          : incidents.length === 0 ? <Card title={t('list.open')}><NoneOpen /></Card>
          : <div className={classes.cards} data-testid="open-incidents" data-stale={problem !== null || undefined} onKeyDown={onKeyDown}>{incidents.map((incident) => <OpenCard key={incident.number} incident={incident} asOfMs={Date.parse(at)} offsetMs={offsetMs} />)}</div>}
        <PastCard filter={parseFilter(params.get)} types={types} />
      </div>
      <DeclareModal opened={declaring} onClose={() => setDeclaring(false)} onOpened={(number) => { look(); router.push(`/incidents/${number}${shared}`); }} />
    </>
  );
}

/** Quiet: says when it last was not. */
function NoneOpen() {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const last = useLastClosed();
  return <div data-testid="none-open"><Empty title={t('list.none')} hint={last === undefined ? undefined : last === null ? t('list.noneEver') : t('list.noneLast', { title: last.title, time: formats.dateTime(last.closedAt ?? last.detectedAt) })} /></div>;
}
