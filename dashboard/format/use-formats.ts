'use client';
import { useLocale } from 'use-intl';
import { useMemo } from 'react';
import { useZone } from '../url/use-zone.ts';
import { createFormats, type Formats } from './formats.ts';

/** Formats in the reader's language and the page's zone. */
export function useFormats(): Formats {
  const locale = useLocale();
  const { zone } = useZone();
  return useMemo(() => createFormats(locale, zone), [locale, zone]);
}
