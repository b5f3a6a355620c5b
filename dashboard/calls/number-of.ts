import type { CallRow } from './calls-query.ts';

/** The other party's number: who called, or who was called. */
export function numberOf({ direction, caller, dialed }: Pick<CallRow, 'direction' | 'caller' | 'dialed'>): string {
  return direction === 'OUTBOUND' ? dialed : caller;
}
