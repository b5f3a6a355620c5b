'use client';
import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import { Empty, NoAnswer, Notice, Skeleton } from '../../parts/states.tsx';
import { usePageTitle } from '../../parts/use-page-title.ts';
import { useReportDataAge } from '../../shell/data-age.tsx';
import { useShared } from '../../url/use-shared.ts';
import { ActModal } from '../incident/act-modal.tsx';
import { ImpactCard } from '../incident/impact-card.tsx';
import { TimelineCard } from '../incident/timeline-card.tsx';
import { StateLabel } from '../incident-state.tsx';
import { clockOf } from '../incident-query.ts';
import { SeverityLabel } from '../severity.tsx';
import { TargetTimer } from '../timer.tsx';
import { useIncident } from '../use-incident.ts';
import { ActionsCard } from './actions-card.tsx';
import classes from '../details.module.css';
import { LongCard } from './long-card.tsx';
import { MembersCard } from './members-card.tsx';
import { ReportsCard } from './reports-card.tsx';
import { RexCard } from './rex-card.tsx';
import { SignaturesCard } from './signatures-card.tsx';

/** The crisis cell of an incident: an hour, a report; who does what; and in the end what was learned. */
export function CrisisPage({ number }: { number: number }) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const shared = useShared();
  const { incident, offsetMs, problem, look } = useIncident(number);
  const [act, setAct] = useState<'OPEN_CRISIS' | 'END_CRISIS' | null>(null);
  usePageTitle(t('crisis.of', { number }));
  useReportDataAge(incident?.at, offsetMs, problem ? 'broken' : 'live');
  const crisis = incident?.crisis ?? null;
  const began = crisis !== null || (incident?.longInterruption ?? null) !== null || (incident?.rex ?? null) !== null;
  return (
    <>
      <Link href={`/incidents/${number}${shared}`} prefetch={false} className={classes.back}><IconArrowLeft size={15} aria-hidden />{t('crisis.back', { number })}</Link>
      {problem && incident && <Notice kind="bad">{t('one.stale', { time: formats.timeWithSeconds(incident.at) })}</Notice>}
      {problem && !incident ? <Card title={t('crisis.title')}><NoAnswer problem={problem} retry={look} /></Card>
        : incident === undefined ? <div aria-busy="true"><h1 className="visually-hidden">{t('crisis.title')}</h1><Skeleton height={520} /></div>
        : incident === null ? <><h1 className="visually-hidden">{t('crisis.title')}</h1><Card title={t('crisis.title')}><Empty title={t('one.unknown')} hint={t('one.unknownHint')} /></Card></>
        : (
          <div data-testid="crisis">
            <div className={classes.head}>
              <div className={classes.headWords}>
                <h1 className={classes.title}>{t('crisis.title')} <span className={classes.dim}>{incident.title}</span></h1>
                <p className={classes.subtitle}><SeverityLabel severity={incident.severity} /><StateLabel state={incident.state} />
                  {crisis && <span className={classes.dim}>{crisis.endedAt === null ? t('crisis.since', { time: formats.dateTime(crisis.openedAt) }) : t('crisis.ended', { time: formats.dateTime(crisis.endedAt) })}</span>}</p>
              </div>
              <TargetTimer clock={clockOf(incident, Date.parse(incident.at))} offsetMs={offsetMs} />
              {incident.acts.includes('END_CRISIS') && <Button size="xs" variant="default" onClick={() => setAct('END_CRISIS')}>{t('act.END_CRISIS')}</Button>}
            </div>
            <div className={classes.stack}>
              {crisis === null ? (
                <Card title={t('crisis.hours')}><Empty title={t('crisis.none')} hint={t('crisis.noneHint')} action={incident.acts.includes('OPEN_CRISIS') ? <Button size="xs" onClick={() => setAct('OPEN_CRISIS')}>{t('act.OPEN_CRISIS')}</Button> : undefined} /></Card>
              ) : <ReportsCard number={number} crisis={crisis} offsetMs={offsetMs} />}
              <div className={classes.columns}>
                <div className={classes.stack}>
                  <ActionsCard incident={incident} list="PLAN" />
                  {incident.longInterruption && <LongCard number={number} long={incident.longInterruption} steps={incident.longInterruption.steps} />}
                  {(began || incident.state === 'RESOLVED' || incident.state === 'CLOSED') && <RexCard incident={incident} />}
                  {(began || incident.actions.some(({ list }) => list === 'REX')) && <ActionsCard incident={incident} list="REX" />}
                </div>
                <div className={classes.stack}>
                  {crisis && <MembersCard incident={incident} members={crisis.members} open={crisis.endedAt === null} />}
                  <ImpactCard number={number} />
                  <SignaturesCard incident={incident} />
                  <TimelineCard events={incident.timeline} title={t('rex.timeline')} />
                </div>
              </div>
            </div>
            <ActModal act={act} incident={incident} onClose={() => setAct(null)} />
          </div>
        )}
    </>
  );
}
