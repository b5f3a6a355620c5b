'use client';
import { useTranslations } from 'use-intl';
import { useMemo } from 'react';
import { duration } from '../format/duration.ts';

export interface Spans {
  /** A span in words: `42 min`, `2 h 05`, `3 j 4 h`. */
  inWords(ms: number): string;
  /** A clock's face: `m:ss` or `h:mm:ss`; from two days on in words, for nobody counts seconds there. */
  face(seconds: number): string;
}

/** Spans of time in the reader's language. */
export function useSpans(): Spans {
  const t = useTranslations('incidents');
  return useMemo(() => {
    const inWords = (ms: number) => {
      const minutes = Math.floor(Math.max(0, ms) / 60_000);
      if (minutes < 60) return t('minutes', { minutes });
      const hours = Math.floor(minutes / 60);
      return hours < 48 ? t('hoursMinutes', { hours, minutes: String(minutes % 60).padStart(2, '0') }) : t('daysHours', { days: Math.floor(hours / 24), hours: hours % 24 });
    };
    return { inWords, face: (seconds) => (seconds < 172_800 ? duration(seconds) : inWords(seconds * 1000)) };
  }, [t]);
}
