'use client';
import { useTranslations } from 'use-intl';
import { useNow } from '../parts/use-now.ts';
import { Mark } from '../parts/mark.tsx';
import classes from './incidents.module.css';
import { useSpans } from './use-spans.ts';
import { shownSeconds } from './prepare-timer.ts';
import type { Due } from './prepare-due.ts';

/** One thing that is due, with the time to it; what is late says so. */
export function DueLine({ due, offsetMs }: { due: Due; offsetMs: number }) {
  const t = useTranslations('incidents');
  const { face } = useSpans();
  const leftMs = due.atMs - (useNow() + offsetMs);
  const time = face(shownSeconds(leftMs));
  const words = due.kind === 'report' ? t('due.report', { hour: due.hour }) : due.kind === 'action' ? t('due.action', { text: due.text }) : t(`due.${due.kind}`);
  return <span className={classes.due} data-late={leftMs < 0 || undefined}><span>{words}</span><b>{leftMs < 0 ? t('due.late', { time }) : t('due.in', { time })}</b>{leftMs < 0 && <Mark verdict="bad" label={t('due.late', { time })} />}</span>;
}
