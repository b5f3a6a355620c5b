'use client';
import { IconArrowLeft, IconUsersGroup } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import { Empty, NoAnswer, Notice, Skeleton } from '../../parts/states.tsx';
import { usePageTitle } from '../../parts/use-page-title.ts';
import { useReportDataAge } from '../../shell/data-age.tsx';
import { useShared } from '../../url/use-shared.ts';
import { SignaturesCard } from '../crisis/signatures-card.tsx';
import { StateLabel } from '../incident-state.tsx';
import { SeverityLabel } from '../severity.tsx';
import { useIncident } from '../use-incident.ts';
import { Acts } from './acts.tsx';
import { AttachmentsCard } from './attachments-card.tsx';
import { ClockCard } from './clock-card.tsx';
import { CommentsCard } from './comments-card.tsx';
import { ConferenceCard } from './conference-card.tsx';
import { EvidenceCard } from './evidence-card.tsx';
import { FactsCard } from './facts-card.tsx';
import classes from '../details.module.css';
import { ImpactCard } from './impact-card.tsx';
import { LinksCard } from './links-card.tsx';
import { PeopleCard } from './people-card.tsx';
import { TimelineCard } from './timeline-card.tsx';
import { ToldCard } from './told-card.tsx';

/** One incident: its clock and what can be done now, what happened, who is told, what is known. */
export function IncidentPage({ number }: { number: number }) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const shared = useShared();
  const { incident, toldSince, offsetMs, problem, look } = useIncident(number);
  usePageTitle(incident ? `${incident.title} · ${t('number', { number })}` : t('one.title', { number }));
  useReportDataAge(incident?.at, offsetMs, problem ? 'broken' : 'live');
  return (
    <>
      <Link href={`/incidents${shared}`} prefetch={false} className={classes.back}><IconArrowLeft size={15} aria-hidden />{t('one.back')}</Link>
      {problem && incident && <Notice kind="bad">{t('one.stale', { time: formats.timeWithSeconds(incident.at) })}</Notice>}
      {problem && !incident ? <Card title={t('one.title', { number })}><NoAnswer problem={problem} retry={look} /></Card>
        : incident === undefined ? <div aria-busy="true"><h1 className="visually-hidden">{t('one.title', { number })}</h1><Skeleton height={560} /></div>
        : incident === null ? <><h1 className="visually-hidden">{t('one.title', { number })}</h1><Card title={t('one.title', { number })}><Empty title={t('one.unknown')} hint={t('one.unknownHint')} action={<Link href={`/incidents${shared}`} prefetch={false}>{t('one.back')}</Link>} /></Card></>
        : (
          <div data-testid="incident" data-state={incident.state}>
            <div className={classes.head}>
              <div className={classes.headWords}>
                <h1 className={classes.title}>{incident.title}</h1>
                <p className={classes.subtitle}><SeverityLabel severity={incident.severity} /><span className={classes.dim}>{incident.typeLabel} · {t('number', { number })}</span><StateLabel state={incident.state} />
                  {incident.crisis && <Link href={`/incidents/${number}/crisis${shared}`} prefetch={false} className={classes.link}><IconUsersGroup size={15} stroke={1.8} aria-hidden />{t('one.crisis')}</Link>}</p>
              </div>
              <Acts incident={incident} />
            </div>
            <div className={classes.stack}>
              <ClockCard incident={incident} offsetMs={offsetMs} />
              <div className={classes.columns}>
                <div className={classes.stack}>
                  <CommentsCard incident={incident} />
                  <TimelineCard events={incident.timeline} />
                </div>
                <div className={classes.stack}>
                  <FactsCard incident={incident} />
                  <ImpactCard number={number} />
                  <ConferenceCard incident={incident} offsetMs={offsetMs} />
                  <PeopleCard incident={incident} />
                  {(incident.resolvedAt !== null || incident.document) && <SignaturesCard incident={incident} />}
                  <EvidenceCard evidence={incident.evidence} />
                  <ToldCard notifications={incident.notifications} goneBefore={!incident.open && toldSince !== null && incident.detectedAt < toldSince ? toldSince : null} look={look} />
                  <AttachmentsCard incident={incident} look={look} />
                  <LinksCard incident={incident} />
                </div>
              </div>
            </div>
          </div>
        )}
    </>
  );
}
