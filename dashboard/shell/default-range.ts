import type { NamedRange } from '../url/range.ts';

/** What a page shows when its address names no dates. */
export function defaultRangeOf(pathname: string): NamedRange {
  if (pathname.startsWith('/incidents')) return 'last-30';
  return pathname.startsWith('/kpi') ? 'last-7' : 'today';
}
