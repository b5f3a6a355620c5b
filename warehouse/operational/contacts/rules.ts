import type { Calendar } from '../../../telephony/configuration.ts';

/** What became of an attempt, in the words of the telephony core. */
export const RESULTS = ['passed', 'nuisance', 'machine', 'busy', 'invalid', 'no-answer', 'cancelled', 'interrupted'] as const;
export type Result = (typeof RESULTS)[number];

/** How a campaign may dial its contacts. They are given with every question: the configuration keeps them. */
export interface DialingRules {
  /** By ISO weekday, told in the called party's zone; null = at any time. */
  hours: Calendar['weekdays'] | null;
  /** Local dates of the called party on which nobody is dialed. */
  holidays: readonly string[];
  /** A number is dialed at most so often in any so many days, by all campaigns of the tenant together. */
  attempts: readonly { most: number; days: number }[];
  /** A person who had a nuisance call is not dialed again before this. */
  lockoutSeconds: number;
  /** After how long a contact with such a result is tried again, and with how many of them it is exhausted; none = at once. */
  recycling: Partial<Record<Result, { afterSeconds: number; most: number }>>;
  /** Statuses after which a contact that was reached is dialed again later. */
  followUps: readonly { num: number; afterSeconds: number }[];
  /** A call-back that its agent has not made so long after its time is anybody's. */
  ownCallBackSeconds: number;
}

/** The French law of 2022: Monday to Friday, 10-13 h and 14-20 h, no public holiday, four attempts in thirty days. */
export const FRENCH_RULES: DialingRules = {
  hours: Object.fromEntries(['1', '2', '3', '4', '5'].map((day) => [day, [{ from: '10:00', to: '13:00' }, { from: '14:00', to: '20:00' }]])),
  holidays: [],
  attempts: [{ most: 4, days: 30 }],
  lockoutSeconds: 72 * 3600,
  recycling: {
    machine: { afterSeconds: 4 * 3600, most: 4 }, busy: { afterSeconds: 900, most: 4 }, 'no-answer': { afterSeconds: 2 * 3600, most: 4 },
    cancelled: { afterSeconds: 2 * 3600, most: 4 }, interrupted: { afterSeconds: 3600, most: 4 }, nuisance: { afterSeconds: 72 * 3600, most: 2 },
  },
  followUps: [],
  ownCallBackSeconds: 3 * 3600,
};
