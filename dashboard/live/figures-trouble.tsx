'use client';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { Notice } from '../parts/states.tsx';
import { useLasting } from '../parts/use-lasting.ts';
import type { LiveBoard } from './live-query.ts';

const WORDS = { UNAVAILABLE: 'unavailable', TIMEOUT: 'timeout', TOO_LARGE: 'tooLarge', FAILED: 'failed' } as const;
/** Figures are there with the first board, or a moment later. */
const UNREAD_MS = 2500;

/** The day's figures are old, or not there yet, while the floor is: why, of when they are, and what is kept. */
export function FiguresTrouble({ trouble, unread }: { trouble: LiveBoard['figuresTrouble']; unread: boolean }) {
  const t = useTranslations('live.figures');
  const formats = useFormats();
  const late = useLasting(unread, UNREAD_MS);
  if (trouble) {
    return (
      <Notice kind="warn">
        <strong>{t('title')}</strong>
        <span>{t(WORDS[trouble.kind])} {trouble.since === null ? t('never') : t('since', { time: formats.timeWithSeconds(trouble.since) })} {t('kept')}</span>
      </Notice>
    );
  }
  return late && <Notice kind="note"><strong>{t('unread')}</strong><span>{t('unreadHint')}</span></Notice>;
}
