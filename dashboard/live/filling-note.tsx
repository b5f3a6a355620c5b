'use client';
import { useTranslations } from 'use-intl';
import { useQuery } from 'urql';
import { useFormats } from '../format/use-formats.ts';
import { graphql } from '../graphql/graphql.ts';
import classes from './live.module.css';

const FRESHNESS = graphql(`query Freshness { freshness { historyFrom filling { daysDone daysTotal } } }`);

/** From when there is history, and how far the first filling has come. */
export function FillingNote({ historyFrom }: { historyFrom: string | null }) {
  const t = useTranslations('live');
  const formats = useFormats();
  const [{ data }] = useQuery({ query: FRESHNESS });
  const from = historyFrom ?? data?.freshness.historyFrom ?? null;
  const filling = data?.freshness.filling;
  if (from === null) return null;
  return (
    <p className={classes.note}>
      {t('historyFrom', { date: formats.date(from) })}
      {filling && filling.daysDone < filling.daysTotal && ` · ${t('filling', { done: filling.daysDone, total: filling.daysTotal })}`}
    </p>
  );
}
