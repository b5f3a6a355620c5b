'use client';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { Notice } from '../parts/states.tsx';
import type { LiveBoard } from './live-query.ts';

const WORDS = { UNAVAILABLE: 'unavailable', TIMEOUT: 'timeout', TOO_LARGE: 'tooLarge', FAILED: 'failed' } as const;

/** The day's figures are old while the floor is not: why, of when they are, and what is kept. */
export function FiguresTrouble({ trouble }: { trouble: LiveBoard['figuresTrouble'] }) {
  const t = useTranslations('live.figures');
  const formats = useFormats();
  if (!trouble) return null;
  return (
    <Notice kind="warn">
      <strong>{t('title')}</strong>
      <span>{t(WORDS[trouble.kind])} {trouble.since === null ? t('never') : t('since', { time: formats.timeWithSeconds(trouble.since) })} {t('kept')}</span>
    </Notice>
  );
}
