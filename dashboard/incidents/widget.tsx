'use client';
import { IconCircleCheck } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Card } from '../parts/card.tsx';
import { useShared } from '../url/use-shared.ts';
import { StateLabel } from './incident-state.tsx';
import { clockOf } from './incident-query.ts';
import { useOpenIncidents } from './open-incidents.tsx';
import { SeverityMark } from './severity.tsx';
import { TargetTimer } from './timer.tsx';
import classes from './widget.module.css';

/** Of a page, beside other things: the strip tells one incident, this all of them where there are several. Of a wall: large, and always there. */
export function IncidentsWidget({ size = 'page' }: { size?: 'page' | 'wall' }) {
  const t = useTranslations('incidents');
  const shared = useShared();
  const { open = [], at, offsetMs } = useOpenIncidents();
  const wall = size === 'wall';
  if (at === undefined || (!wall && open.length < 2)) return null;
  const shown = open.slice(0, wall ? 2 : 4);
  const list = open.length === 0 ? <p className={classes.none}><IconCircleCheck aria-hidden stroke={1.6} />{t('widget.none')}</p> : (
    <ul className={classes.list} data-size={size} data-testid="incidents-widget">
      {shown.map((incident) => (
        <li key={incident.number}>
          <SeverityMark severity={incident.severity} size={wall ? 36 : 14} />
          <span className={classes.words}><Link href={`/incidents/${incident.number}${shared}`} prefetch={false}>{incident.title}</Link><StateLabel state={incident.state} /></span>
          <TargetTimer clock={clockOf(incident, Date.parse(at))} offsetMs={offsetMs} size={wall ? 'wall' : 'small'} />
        </li>
      ))}
    </ul>
  );
  const more = open.length - shown.length;
  return wall
    ? <section className={classes.wall} aria-label={t('widget.title')}>{list}{more > 0 && <p className={classes.none}>{t('widget.more', { count: more })}</p>}</section>
    : <Card title={t('widget.title')} aside={more > 0 && <Link href={`/incidents${shared}`} prefetch={false}>{t('widget.more', { count: more })}</Link>} className={classes.card}>{list}</Card>;
}
