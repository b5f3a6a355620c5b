'use client';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import type { KpiAnswer } from './kpi-query.ts';
import classes from './kpi.module.css';
import { prepareCompared } from './prepare-compared.ts';

/** With what the figures are compared; while the range still runs, up to which time of day. */
export function ComparedNote({ answer }: { answer: KpiAnswer }) {
  const t = useTranslations('kpi');
  const formats = useFormats();
  const compared = prepareCompared(answer);
  if (!compared) return null;
  const [from, to] = [formats.dateTime(compared.fromMs), formats.dateTime(compared.toMs)];
  return <p className={classes.compared} role="status" data-testid="compared">{compared.partial ? t('compared.partial', { from, to }) : t('compared.whole', { from, to })}</p>;
}
