'use client';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { addDays } from '../url/local-date.ts';
import { isInstant } from '../url/range.ts';
import { useRange } from '../url/use-range.ts';

/** What a number of this page is over, in words. */
export function useOver(): string {
  const t = useTranslations('kpi');
  const formats = useFormats();
  const { from, to } = useRange('last-7');
  if (isInstant(from)) return t('over', { from: formats.dateTime(from), to: formats.dateTime(to), zone: formats.zone });
  return t('over', { from: formats.localDate(from), to: formats.localDate(addDays(to, -1)), zone: formats.zone });
}
