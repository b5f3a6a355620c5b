'use client';
import { useMemo } from 'react';
import { useMinute } from '../parts/use-now.ts';
import { localDateAt } from './local-date.ts';
import { parseRange, type NamedRange, type Range } from './range.ts';
import { useParams } from './use-params.ts';
import { useZone } from './use-zone.ts';

/** The page's range in its zone; "today" moves on at midnight. */
export function useRange(fallback: NamedRange = 'today'): Range & { today: string } {
  const params = useParams();
  const { zone } = useZone();
  const minute = useMinute();
  const today = localDateAt(minute, zone);
  const text = params.get('range');
  return useMemo(() => ({ ...parseRange(text, today, fallback), today }), [text, today, fallback]);
}
