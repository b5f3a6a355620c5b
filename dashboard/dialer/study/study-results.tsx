'use client';
import { useTranslations } from 'use-intl';
import { useMemo } from 'react';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import { Mark } from '../../parts/mark.tsx';
import { prepareStudy, type StudyBar, type StudyMeasure } from './prepare-study.ts';
import type { StudiedMode } from './study-query.ts';
import classes from './study.module.css';

/** Side by side: what each mode came to, as bars, then in exact figures. */
export function StudyResults({ modes, limit }: { modes: readonly StudiedMode[]; limit: number }) {
  const t = useTranslations('dialer.study');
  const panels = useMemo(() => prepareStudy(modes, limit), [modes, limit]);
  const show = useShow();
  return (
    <>
      <div className={classes.panels} data-testid="study-panels">
        {panels.map(({ measure, bars, limit: at }) => (
          <Card key={measure} title={t(`measure.${measure}`)} aside={t(`aside.${measure}`)}>
            <ul className={classes.bars}>
              {bars.map((bar) => (
                <li key={bar.mode} data-best={bar.best || undefined} data-over={bar.over || undefined} data-bound={bar.mode === 'CLAIRVOYANT' || undefined}>
                  <span className={classes.barName}>{t(`mode.${bar.mode}`)}</span>
                  <span className={classes.bar} aria-hidden><i style={{ width: `${bar.width * 100}%` }} />{bar.mark !== null && <em style={{ left: `${bar.mark * 100}%` }} />}{at !== null && <b style={{ left: `${at * 100}%` }} />}</span>
                  <span className={classes.barValue}><Mark verdict={bar.over ? 'bad' : 'ok'} label={t('over')} />{show(measure, bar)}</span>
                </li>
              ))}
            </ul>
          </Card>
        ))}
      </div>
      <ResultsTable modes={modes} />
    </>
  );
}

function useShow(): (measure: StudyMeasure, bar: StudyBar) => string {
  const t = useTranslations('dialer.study');
  const formats = useFormats();
  return (measure, { value, times }) => {
    if (measure === 'worstDayShare') return formats.finePercent(value);
    if (measure === 'busyShare') return formats.percent(value);
    if (measure === 'contactsPerHour') return formats.count(value);
    return times === null ? formats.decimal(value) : `${formats.decimal(value)} ${t('times', { value: formats.decimal(times) })}`;
  };
}

function ResultsTable({ modes }: { modes: readonly StudiedMode[] }) {
  const t = useTranslations('dialer.study');
  const formats = useFormats();
  return (
    <Card title={t('table')} aside={t('tableAside')}>
      <div className={classes.scroller} tabIndex={0} role="region" aria-label={t('table')}>
        <table className={classes.table} data-testid="study-table">
          <thead><tr>
            <th scope="col">{t('column.mode')}</th><th scope="col">{t('column.talk')}</th><th scope="col">{t('column.busy')}</th><th scope="col">{t('column.wait')}</th><th scope="col">{t('column.nuisance')}</th><th scope="col">{t('column.worst')}</th>
            <th scope="col">{t('column.nuisances')}</th><th scope="col">{t('column.taken')}</th><th scope="col">{t('column.contacts')}</th><th scope="col">{t('column.lines')}</th><th scope="col">{t('column.peak')}</th><th scope="col">{t('column.hours')}</th><th scope="col">{t('column.left')}</th>
          </tr></thead>
          <tbody>{modes.map((lived) => (
            <tr key={lived.mode} data-mode={lived.mode}>
              <th scope="row">{t(`mode.${lived.mode}`)}</th><td>{formats.decimal(lived.talkMinutesPerHour)}</td><td>{formats.percent(lived.busyShare)}</td><td>{formats.decimal(lived.waitSeconds)}</td><td>{formats.finePercent(lived.nuisanceShare)}</td><td>{formats.finePercent(lived.worstDayShare)}</td>
              <td>{formats.count(lived.nuisances)}</td><td>{formats.count(lived.takenForMachine)}</td><td>{formats.count(lived.contactsPerHour)}</td><td>{formats.decimal(lived.lines)}</td><td>{formats.count(lived.peakLines)}</td><td>{formats.decimal(lived.hours)}</td><td>{formats.count(lived.contactsLeft)}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </Card>
  );
}
