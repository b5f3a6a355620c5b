'use client';
import { SegmentedControl } from '@mantine/core';
import { IconBell, IconClock, IconFileText, IconFlag, IconMessage, IconRadar2, IconUser, IconUsersGroup, type Icon } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useMemo, useState } from 'react';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import classes from '../details.module.css';
import { prepareTimeline, type Family, type TimelineEvent } from './prepare-timeline.ts';

const GLYPHS: Record<Family, Icon> = { state: IconFlag, clock: IconClock, talk: IconMessage, people: IconUser, crisis: IconUsersGroup, detector: IconRadar2, told: IconBell, paper: IconFileText };

/** What happened, in words, from the log; what was entered afterwards says so. */
export function TimelineCard({ events, title }: { events: readonly TimelineEvent[]; title?: string }) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const [essential, setEssential] = useState(false);
  const days = useMemo(() => prepareTimeline(events, formats.zone, essential), [events, formats.zone, essential]);
  return (
    <Card title={title ?? t('timeline.title')} aside={<SegmentedControl size="xs" aria-label={t('timeline.filter')} data={[{ value: 'all', label: t('timeline.all') }, { value: 'main', label: t('timeline.main') }]} value={essential ? 'main' : 'all'} onChange={(value) => setEssential(value === 'main')} />}>
      <div className={classes.timeline} data-testid="timeline">
        {days.length === 0 && <p className={classes.dim}>{t('timeline.empty')}</p>}
        {days.map(({ day, events: told }) => (
          <section key={day} aria-label={formats.localDate(day)}>
            <h3>{formats.localDate(day)}</h3>
            <ol>
              {told.map(({ id, at, recordedAt, by, words, family, late, kind }) => {
                const Glyph = GLYPHS[family];
                return (
                  <li key={id} data-family={family} data-kind={kind} data-testid="event">
                    <time dateTime={at}>{formats.timeWithSeconds(at)}</time>
                    <Glyph size={15} stroke={1.8} aria-hidden />
                    <div><p>{words}</p><small>{by === 'vigie' ? t('vigie') : by}{late && <em>{t('timeline.late', { time: formats.dateTime(recordedAt) })}</em>}</small></div>
                  </li>
                );
              })}
            </ol>
          </section>
        ))}
      </div>
    </Card>
  );
}
