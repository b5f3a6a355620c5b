'use client';
import { IconChevronRight, IconUsersGroup } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { Mark } from '../parts/mark.tsx';
import { useMinute } from '../parts/use-now.ts';
import { useShared } from '../url/use-shared.ts';
import { DueLine } from './due-line.tsx';
import { useOpenIncidents, useWarnShares } from './open-incidents.tsx';
import { timerAt } from './prepare-timer.ts';
import { levelOf, SeverityMark } from './severity.tsx';
import classes from './strip.module.css';
import { TargetTimer } from './timer.tsx';
import { clockOf, type StripIncident } from './incident-query.ts';

/** On every page while an incident is open: the most urgent one, its clock, what is due next. Calm until someone should act. */
export function IncidentStrip() {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const { open, at, offsetMs, problem } = useOpenIncidents();
  const incidents = open ?? [];
  const first = incidents[0];
  return (
    <>
      <Announcement incidents={incidents} known={open !== undefined} />
      {first && at !== undefined && (
        <section className={classes.strip} aria-label={t('strip.label')} data-incident-strip data-testid="incident-strip">
          <StripLine incident={first} asOfMs={Date.parse(at)} offsetMs={offsetMs} count={incidents.length} />
          {problem && <span className={classes.stale}>{t('strip.stale', { time: formats.time(at) })}</span>}
        </section>
      )}
    </>
  );
}

function StripLine({ incident, asOfMs, offsetMs, count }: { incident: StripIncident; asOfMs: number; offsetMs: number; count: number }) {
  const t = useTranslations('incidents');
  const shared = useShared();
  const clock = clockOf(incident, asOfMs);
  // The colour may be a minute old: the clock beside it ticks.
  const minute = useMinute() + offsetMs;
  const { verdict } = timerAt(clock, Math.max(minute, asOfMs), useWarnShares().from);
  const several = count > 1;
  return (
    <Link href={`/incidents${several ? '' : `/${incident.number}`}${shared}`} prefetch={false} className={classes.line} data-verdict={verdict}>
      <SeverityMark severity={incident.severity} size={14} />
      {several && <span className={classes.several}><b>{t('strip.several', { count })}</b> <span>{t('strip.mostUrgent')}</span></span>}
      <span className={classes.title}>{incident.title}</span>
      {incident.crisis && <span className={classes.crisis}><IconUsersGroup size={14} stroke={1.8} aria-hidden />{t('strip.crisis')}</span>}
      <span className={classes.next}>{incident.overdueReports > 0 ? <span className={classes.overdue}><Mark verdict="bad" label={t('strip.overdueReports', { count: incident.overdueReports })} />{t('strip.overdueReports', { count: incident.overdueReports })}</span> : incident.conferenceDueAt !== null && <DueLine due={{ kind: 'conference', atMs: Date.parse(incident.conferenceDueAt) }} offsetMs={offsetMs} />}</span>
      <TargetTimer clock={clock} offsetMs={offsetMs} size="small" />
      <IconChevronRight size={15} aria-hidden className={classes.chevron} />
    </Link>
  );
}

/** Said once when an incident comes or the last one goes, never with the ticking clock. */
function Announcement({ incidents, known }: { incidents: readonly StripIncident[]; known: boolean }) {
  const t = useTranslations('incidents');
  const first = incidents[0];
  const words = first ? t('strip.announce', { count: incidents.length, title: first.title, severity: t('severityOf', { level: levelOf(first.severity), word: t(`severity.${first.severity}`) }) }) : '';
  return <p className="visually-hidden" role="status" aria-live="polite" data-known={known || undefined}>{words}</p>;
}
