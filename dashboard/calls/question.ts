import { splitList } from '../url/use-params.ts';
import type { CallRow, CallsVariables } from './calls-query.ts';

export type Fate = CallRow['fate'];
export const FATES: Fate[] = ['IN_PROGRESS', 'ANSWERED', 'ABANDONED', 'OVERFLOWED', 'NO_AGENT', 'CLOSED', 'IVR_ONLY', 'INTERRUPTED', 'NOT_REACHED'];
export type DialResult = NonNullable<CallRow['result']>;
/** What became of an outbound call. */
export const RESULTS: DialResult[] = ['PASSED', 'NUISANCE', 'MACHINE', 'BUSY', 'INVALID', 'NO_ANSWER', 'CANCELLED', 'INTERRUPTED', 'IN_PROGRESS'];
export const ORDERS = ['NEWEST', 'OLDEST', 'LONGEST_WAIT', 'LONGEST_TALK'] as const;
export type CallFilter = NonNullable<CallsVariables['where']>;

/** The calls page's filters, as its address holds them; what it does not understand is left out. */
export interface CallsQuestion { where: CallFilter; order: (typeof ORDERS)[number]; caller: string; minWait: number | null; fates: Fate[]; results: DialResult[]; queue: string[]; agent: string[]; direction: 'INBOUND' | 'OUTBOUND' | null }

export function parseCallsQuestion(search: string): CallsQuestion {
  const params = new URLSearchParams(search);
  const list = (name: string) => splitList(params.get(name));
  const fates = FATES.filter((fate) => list('fate').includes(fate));
  const results = RESULTS.filter((result) => list('result').includes(result));
  const direction = (['INBOUND', 'OUTBOUND'] as const).find((each) => each === params.get('direction')) ?? null;
  const wait = params.get('minWait') ?? '';
  const minWait = /^\d{1,6}$/.test(wait) ? Number(wait) : null;
  const typed = params.get('caller') ?? '';
  const callId = /^[0-9a-fA-F]{32}$/.test(typed.trim()) ? typed.trim().toUpperCase() : undefined;
  const caller = callId ? '' : typed.replaceAll(/\D/g, '');
  const dimensions = Object.fromEntries(['tenant', 'site', 'campaign', 'queue', 'team', 'agent'].flatMap((name) => (list(name).length > 0 ? [[name, list(name)]] : [])));
  return {
    where: { ...dimensions, ...(fates.length > 0 && { fate: fates }), ...(results.length > 0 && { result: results }), ...(direction && { direction: [direction] }), ...(caller && { caller }), ...(callId && { callId }), ...(minWait !== null && { minWaitSeconds: minWait }) },
    order: ORDERS.find((order) => order === params.get('order')) ?? 'NEWEST',
    caller: typed, minWait, fates, results, queue: list('queue'), agent: list('agent'), direction,
  };
}
