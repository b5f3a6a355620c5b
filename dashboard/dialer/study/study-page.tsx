'use client';
import { Progress } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useMemo } from 'react';
import { Card } from '../../parts/card.tsx';
import { Empty, Failure } from '../../parts/states.tsx';
import { usePageTitle } from '../../parts/use-page-title.ts';
import { useMounted } from '../../parts/use-mounted.ts';
import { useParams } from '../../url/use-params.ts';
import { useShared } from '../../url/use-shared.ts';
import dialerClasses from '../dialer.module.css';
import { parseStudy, toPatch, toVariables } from './question.ts';
import { StudyForm } from './study-form.tsx';
import { StudyResults } from './study-results.tsx';
import classes from './study.module.css';
import type { StudyEvent } from './study-stream.ts';
import { useStudy } from './use-study.ts';

/** What if: one campaign lived under several modes, with the same contacts and agents. The question is in the address. */
export function StudyPage() {
  const t = useTranslations('dialer.study');
  const params = useParams();
  const shared = useShared();
  const mounted = useMounted();
  const question = useMemo(() => parseStudy(params.text), [params.text]);
  const asked = mounted && params.get('run') === '1';
  const { event, again } = useStudy(asked ? toVariables(question) : null);
  const running = asked && !isOver(event);
  usePageTitle(t('title'));
  const modes = event?.kind === 'progress' ? event.progress.modes : [];
  return (
    <>
      <Link href={`/dialer${shared}`} prefetch={false} className={dialerClasses.back}><IconArrowLeft size={15} aria-hidden />{t('back')}</Link>
      <div className={dialerClasses.head}><h1 className={dialerClasses.title}>{t('title')}</h1><span className={dialerClasses.dim}>{t('intro')}</span></div>
      <div className={classes.page} data-testid="study" data-state={event?.kind === 'progress' ? event.progress.state : event?.kind ?? 'none'}>
        <Card title={t('campaign')}>
          {mounted && <StudyForm key={JSON.stringify(question)} question={question} running={running} onRun={(next) => { params.set({ ...toPatch(next), run: '1' }); if (asked) again(); }} onStop={() => params.set({ run: null })} />}
        </Card>
        <div className={classes.results}>
          {running && <Running event={event} />}
          {event?.kind === 'refused' && <Card title={t('results')}><Failure what={t(`refused.${event.code}`)} retry={again} /></Card>}
          {event?.kind === 'progress' && event.progress.state === 'FAILED' && <Card title={t('results')}><Failure what={t('failed')} retry={again} /></Card>}
          {!asked && <Card title={t('results')}><Empty title={t('nothing')} hint={t('nothingHint')} /></Card>}
          {modes.length > 0 && <StudyResults modes={modes} limit={question.limitPercent / 100} />}
        </div>
      </div>
    </>
  );
}

function Running({ event }: { event: StudyEvent | null }) {
  const t = useTranslations('dialer.study');
  const progress = event?.kind === 'progress' ? event.progress : null;
  const percent = Math.round((progress?.done ?? 0) * 100);
  const words = progress?.state === 'QUEUED' ? t('queued', { ahead: progress.ahead }) : progress?.mode ? t('living', { mode: t(`mode.${progress.mode}`), percent }) : t('starting');
  return <div className={classes.running} role="status" aria-live="polite"><span>{words}</span><Progress value={percent} aria-label={t('progress')} size="sm" /></div>;
}

function isOver(event: StudyEvent | null): boolean {
  return event?.kind === 'refused' || (event?.kind === 'progress' && (event.progress.state === 'DONE' || event.progress.state === 'FAILED'));
}
