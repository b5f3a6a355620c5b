'use client';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { DueLine } from '../due-line.tsx';
import { clockOf, type IncidentDetails } from '../incident-query.ts';
import { useSpans } from '../use-spans.ts';
import { ConferenceWords } from '../open-card.tsx';
import { duesOf } from '../prepare-due.ts';
import { TargetTimer } from '../timer.tsx';
import classes from '../details.module.css';
import { prepareLife } from './prepare-life.ts';

/** The clock, large; beside it what is due, and how far the incident has come. */
export function ClockCard({ incident, offsetMs }: { incident: IncidentDetails; offsetMs: number }) {
  const t = useTranslations('incidents');
  const { inWords } = useSpans();
  const formats = useFormats();
  const { clock, pauses, reopenings, calendar } = incident;
  const pause = pauses.find(({ to }) => to === null);
  const dues = duesOf(incident).filter(({ kind }) => kind !== 'target');
  return (
    <section className={classes.hero} aria-label={t('one.clock')}>
      <div className={classes.heroClock}>
        <h2 className={classes.label}>{t('one.clock')}</h2>
        <TargetTimer clock={clockOf(incident, Date.parse(incident.at))} offsetMs={offsetMs} size="large" bar />
        <p className={classes.clockLine}>
          <span>{t('timer.target', { target: inWords(clock.targetMs) })}{calendar !== null && `, ${t('one.calendar', { calendar })}`}</span>
          {pause && <b>{t('timer.pausedFor', { reason: pause.reason })}</b>}
          {clock.state === 'OFF_HOURS' && <b>{t('timer.offHoursHint')}</b>}
          {clock.breachedAt !== null ? <b>{t('timer.breachedOn', { time: formats.dateTime(clock.breachedAt) })}</b> : clock.dueAt !== null && <span>{t('timer.due', { time: formats.time(clock.dueAt) })}</span>}
        </p>
        {(pauses.length > 0 || reopenings.length > 0) && <p className={classes.dim}>{[...(pauses.length > 0 ? [t('one.pauses', { count: pauses.length })] : []), ...(reopenings.length > 0 ? [t('one.reopened', { count: reopenings.length })] : [])].join(' · ')}</p>}
      </div>
      <div className={classes.heroDue}>
        <h2 className={classes.label}>{t('one.conferenceClock')}</h2>
        <p className={classes.conferenceClock}><ConferenceWords incident={incident} offsetMs={offsetMs} /></p>
        <h2 className={classes.label}>{t('due.next')}</h2>
        {dues.length === 0 ? <p className={classes.dim}>{t('due.nothing')}</p> : <ul className={classes.dues}>{dues.slice(0, 3).map((due) => <li key={`${due.kind}${due.atMs}${due.kind === 'action' ? due.text : ''}`}><DueLine due={due} offsetMs={offsetMs} /></li>)}</ul>}
      </div>
      <ol className={classes.life} aria-label={t('one.life')}>
        {prepareLife(incident).map(({ step, at, afterMs }) => (
          <li key={step} data-done={at !== null || undefined}>
            <span>{t(`one.${step}`)}</span>
            {at === null ? <b className={classes.dim}>{t('one.notYet')}</b> : <b><time dateTime={at}>{formats.dateTime(at)}</time></b>}
            <small>{afterMs === null ? '' : t('one.after', { time: inWords(afterMs) })}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}
