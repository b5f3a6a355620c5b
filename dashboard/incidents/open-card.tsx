'use client';
import { IconUsersGroup } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { useMinute } from '../parts/use-now.ts';
import { useShared } from '../url/use-shared.ts';
import { DueLine } from './due-line.tsx';
import { clockOf, type OpenIncident } from './incident-query.ts';
import classes from './incidents.module.css';
import { useDetectorName } from './use-detector-name.ts';
import { useSpans } from './use-spans.ts';
import { useWarnShares } from './open-incidents.tsx';
import { conferenceOf, duesOf } from './prepare-due.ts';
import { timerAt } from './prepare-timer.ts';
import { SeverityLabel } from './severity.tsx';
import { StateLabel } from './incident-state.tsx';
import { Countdown, TargetTimer } from './timer.tsx';
import { useAffected } from './use-affected.ts';

interface Props { incident: OpenIncident; asOfMs: number; offsetMs: number }

/** An open incident at a glance, its clock first. */
export function OpenCard({ incident, asOfMs, offsetMs }: Props) {
  const t = useTranslations('incidents');
  const { inWords } = useSpans();
  const formats = useFormats();
  const shared = useShared();
  const affected = useAffected();
  const detectorName = useDetectorName();
  const minute = useMinute() + offsetMs;
  const { number, title, severity, state, clock, persons, crisis } = incident;
  const said = clockOf(incident, asOfMs);
  const { verdict, kind } = timerAt(said, Math.max(minute, asOfMs), useWarnShares().from);
  // The target and the conference have places of their own.
  const next = duesOf(incident).find(({ kind }) => kind !== 'target' && kind !== 'conference');
  const pause = incident.pauses.find(({ to }) => to === null);
  return (
    <article className={classes.card} data-verdict={verdict} data-testid="open-incident" aria-labelledby={`incident-${number}`}>
      <header className={classes.cardHead}>
        <SeverityLabel severity={severity} />
        <StateLabel state={state} />
      </header>
      <div>
        <h3 className={classes.name} id={`incident-${number}`}><Link href={`/incidents/${number}${shared}`} prefetch={false} data-row className={classes.stretched}>{title}</Link></h3>
        <p className={classes.dim}>{incident.typeLabel} · {t('number', { number })}</p>
      </div>
      <div>
        <TargetTimer clock={said} offsetMs={offsetMs} bar />
        <p className={classes.clockLine}>
          <span>{t('timer.target', { target: inWords(clock.targetMs) })}</span>
          {kind === 'paused' && pause ? <b>{t('timer.pausedFor', { reason: pause.reason })}</b>
            : kind === 'offHours' ? <b>{t('timer.offHoursHint')}</b>
            : clock.breachedAt !== null ? <b>{t('timer.breachedAt', { time: formats.time(clock.breachedAt) })}</b>
            : clock.dueAt !== null && <span>{t('timer.due', { time: formats.time(clock.dueAt) })}</span>}
        </p>
      </div>
      <dl className={classes.facts}>
        <div data-wide data-next><dt>{t('due.next')}</dt><dd>{next ? <DueLine due={next} offsetMs={offsetMs} /> : <span className={classes.dim}>{t('due.nothing')}</span>}</dd></div>
        <div><dt>{t('list.conference')}</dt><dd><ConferenceWords incident={incident} offsetMs={offsetMs} /></dd></div>
        <div><dt>{t('list.who')}</dt><dd>{persons.length === 0 ? <span className={classes.dim}>{t('list.nobody')}</span> : persons.map(({ name }) => name).join(', ')}</dd></div>
        <div data-wide><dt>{t('list.affected')}</dt><dd>{affected(incident.affects).join(' · ')}</dd></div>
      </dl>
      <footer className={classes.cardFoot}>
        <span>{t('list.detectedAt', { time: formats.dateTime(incident.detectedAt) })} {incident.detector === null ? t('list.byPerson', { name: incident.openedBy }) : t('list.byDetector', { detector: detectorName(incident.detector) })}</span>
        {crisis !== null && crisis.endedAt === null && <Link href={`/incidents/${number}/crisis${shared}`} prefetch={false} className={classes.crisisLink}><IconUsersGroup size={14} stroke={1.8} aria-hidden />{t('list.crisisSince', { time: formats.time(crisis.openedAt) })}</Link>}
      </footer>
    </article>
  );
}

/** The conference with the client's IT: a countdown until it is called. */
export function ConferenceWords({ incident, offsetMs }: { incident: Parameters<typeof conferenceOf>[0]; offsetMs: number }) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const conference = conferenceOf(incident);
  switch (conference.kind) {
    case 'none': return <span className={classes.dim}>{t('list.conferenceNone')}</span>;
    case 'called': return <>{t('list.conferenceCalled', { time: formats.time(conference.atMs) })}</>;
    case 'held': return <>{t('list.conferenceHeld', { time: formats.time(conference.atMs) })}</>;
    case 'due': return <Countdown atMs={conference.atMs} offsetMs={offsetMs}>{(time, late) => (late ? t('list.conferenceDue', { time }) : t('list.conferenceIn', { time }))}</Countdown>;
  }
}
