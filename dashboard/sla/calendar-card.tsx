'use client';
import { useTranslations } from 'use-intl';
import { useCallback, useMemo } from 'react';
import { duration } from '../format/duration.ts';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { Empty, NoAnswer, Skeleton } from '../parts/states.tsx';
import { useMinute } from '../parts/use-now.ts';
import { localDateAt, weekdayOf } from '../url/local-date.ts';
import { prepareCalendar } from './prepare-calendar.ts';
import type { Slice } from './slice.ts';
import classes from './sla.module.css';
import { useMeasures } from './use-measures.ts';
import { useNames } from './use-names.ts';

/** What the table leaves free at its sides. */
const EDGE_PX = 14;

/** Outages by day: the number stands in the cell, the colour only helps the eye. */
export function CalendarCard({ from, to, over, goBehind }: Slice) {
  const t = useTranslations('sla');
  const formats = useFormats();
  const { componentName } = useNames();
  const { answer, problem, retry } = useMeasures({ measures: ['availability', 'outage-time'], by: ['component', 'day'], from, to });
  const calendar = useMemo(() => answer && prepareCalendar(answer.rows), [answer]);
  const monthDay = new Intl.DateTimeFormat(formats.locale, { day: 'numeric', month: '2-digit', timeZone: 'UTC' });
  const today = localDateAt(useMinute(), formats.zone);
  // On a phone the days do not all fit, and whoever comes looks for the newest one. Other days begin there anew.
  const showNewest = useCallback((scroller: HTMLElement | null) => { if (scroller) scroller.scrollLeft = newestLeft(scroller); }, []);
  return (
    <Card title={t('calendar')} aside={<span>{t('calendarAside')}</span>}>
      {problem ? <NoAnswer problem={problem} retry={retry} /> : !calendar ? <div className={classes.body}><Skeleton height={150} /></div>
        : calendar.rows.length === 0 ? <Empty title={t('noOutage')} hint={over} /> : (
          <div key={`${calendar.days[0]} ${calendar.days.at(-1)}`} ref={showNewest} className={classes.scroller} tabIndex={0} role="region" aria-label={t('calendar')}>
            <table className={classes.calendar} data-testid="sla-calendar">
              <thead><tr><td />{calendar.days.map((day) => <th key={day} scope="col" data-weekend={weekdayOf(day) > 5 || undefined} aria-current={day === today ? 'date' : undefined} data-known={calendar.rows.some(({ cells }) => cells.some((cell) => cell.day === day && cell.seconds !== null)) || undefined} title={formats.localDate(day)}>{day.endsWith('-01') || day === calendar.days[0] ? monthDay.format(Date.parse(day)) : Number(day.slice(8))}</th>)}</tr></thead>
              <tbody>{calendar.rows.map(({ component, cells }) => (
                <tr key={component}>
                  <th scope="row">{componentName(component)}</th>
                  {cells.map(({ day, seconds, availability, heat }) => (
                    <td key={day} data-future={seconds === null || undefined} style={heat > 0 ? { background: `color-mix(in srgb, var(--v-bad) ${Math.round(heat * 46)}%, var(--v-card))` } : undefined}>
                      {seconds !== null && seconds > 0 && <button type="button" className={classes.cell} onClick={() => goBehind({ component, day })}>{short(seconds)}<Whole words={t('cell', { component: componentName(component), day: formats.localDate(day), outage: duration(seconds), availability: formats.finePercent(availability) })} /></button>}
                    </td>
                  ))}
                </tr>
              ))}</tbody>
            </table>
          </div>
        )}
    </Card>
  );
}

/** For the pointer, and for whoever hears the cell alone: after what it shows. */
function Whole({ words }: { words: string }) {
  return <span className={classes.whole} title={words}><span className="visually-hidden">{`, ${words}`}</span></span>;
}

/** Where a scroller stands so that the last day of which anything is known ends at its right edge. */
function newestLeft(scroller: HTMLElement): number {
  const newest = [...scroller.querySelectorAll<HTMLElement>('thead th[data-known]')].at(-1);
  return newest ? Math.max(0, newest.offsetLeft + newest.offsetWidth + EDGE_PX - scroller.clientWidth) : 0;
}

/** In a cell: minutes, from two hours on hours. */
function short(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 120 ? `${minutes}'` : `${Math.round(minutes / 60)}h`;
}
