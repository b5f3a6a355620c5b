'use client';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import type { Check } from './call-files-query.ts';
import classes from './call-files.module.css';

/** Rows by why they are no contacts, the most frequent first, each with its first rows. */
export function Reasons({ reasons, title }: { reasons: Check['reasons']; title: string }) {
  const t = useTranslations('callFiles');
  const formats = useFormats();
  return (
    <div className={classes.reasons} data-testid="reasons">
      <h3>{title}</h3>
      <ul>
        {reasons.map(({ reason, words, rows, examples }) => (
          <li key={reason}>
            <b>{formats.count(rows)}</b>
            <span>{words}</span>
            <span className={classes.dim}>{examples.map(({ line, detail }) => (detail === '' ? t('row', { line }) : t('rowWith', { line, detail: detail.slice(0, 40) }))).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
