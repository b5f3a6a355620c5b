import type { LiveDialer } from '../../telephony/live.ts';

type Why = NonNullable<LiveDialer['why']>;

export const DIALING_STATES = ['running', 'paused', 'stopped'] as const satisfies readonly LiveDialer['state'][];
export const PACING_BOUNDS = ['agents', 'contacts', 'lines', 'risk', 'warm-up', 'budget', 'change', 'level'] as const satisfies readonly Why['bound'][];

/** How a campaign dials, as the schema's type has it. */
export type BoardDialer = LiveDialer;
