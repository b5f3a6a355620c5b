import { addDays, localDateAt, midnight } from '../url/local-date.ts';
import { SEVERITIES, type Severity } from './severity.tsx';

/** How far back the past is shown, in days. */
export const SPANS = ['30', '90', '365', 'all'] as const;
export type Span = (typeof SPANS)[number];

/** Closed ones, those of which something is still to be done – a REX, an action, a signature –, or all. */
export const STANDINGS = ['closed', 'unfinished', 'all'] as const;
export type Standing = (typeof STANDINGS)[number];

export interface PastFilter { type: string | null; severity: Severity | null; state: Standing; span: Span }

/** The list's filters out of the address; what makes no sense is not one. */
export function parseFilter(get: (name: string) => string | null): PastFilter {
  return {
    type: get('type'),
    severity: SEVERITIES.find((each) => each === get('severity')) ?? null,
    state: STANDINGS.find((each) => each === get('state')) ?? 'closed',
    span: SPANS.find((each) => each === get('since')) ?? '90',
  };
}

/** The first instant of the span in a zone: whole local days, today included. Null = since the beginning. */
export function spanFrom(span: Span, nowMs: number, zone: string): string | null {
  return span === 'all' ? null : new Date(midnight(addDays(localDateAt(nowMs, zone), 1 - Number(span)), zone)).toISOString();
}
