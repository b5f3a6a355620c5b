'use client';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import type { KpiAnswer } from './kpi-query.ts';
import classes from './kpi.module.css';
import { prepareCompared } from './prepare-compared.ts';

/** With what the figures are compared; while the range still runs, up to which time of day, and whether all of it is known. */
export function ComparedNote({ answer, historyFrom }: { answer: KpiAnswer; historyFrom: string | null }) {
  const t = useTranslations('kpi');
  const formats = useFormats();
  const compared = prepareCompared(answer, historyFrom);
  if (!compared) return null;
  const [from, to] = [formats.dateTime(compared.fromMs), formats.dateTime(compared.toMs)];
  return <p className={classes.compared} role="status" data-testid="compared">{compared.partial ? t('compared.partial', { from, to }) : t('compared.whole', { from, to })}{compared.missing && historyFrom !== null && <strong> {t('compared.missing', { date: formats.date(historyFrom) })}</strong>}</p>;
}
