import type { IncidentAct } from '../incident-query.ts';

/** Those that a person does with a note or a reason alone; the others have forms of their own. */
export const ORDER = ['ACKNOWLEDGE', 'RESOLVE', 'CLOSE', 'MITIGATE', 'RESUME_CLOCK', 'PAUSE_CLOCK', 'REOPEN', 'OPEN_CRISIS', 'DECLARE_LONG_INTERRUPTION'] as const satisfies readonly IncidentAct[];
export type Act = (typeof ORDER)[number] | 'END_CRISIS';

/** Seldom done: behind a menu. */
export const FEW: readonly Act[] = ['REOPEN', 'OPEN_CRISIS', 'DECLARE_LONG_INTERRUPTION'];

/** Those that need a reason; the others may have a note. */
export const REASONED: readonly Act[] = ['PAUSE_CLOCK', 'REOPEN'];
