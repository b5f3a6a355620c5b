import type { Impact } from '../incident-query.ts';

export type ImpactFigure =
  | { id: 'lost'; value: number; offered: number; expected: number }
  | { id: 'abandons'; value: number; abandoned: number; expected: number }
  | { id: 'agents'; seconds: number; logged: number; expected: number }
  | { id: 'level'; value: number | null; expected: number | null };

type Gap = NonNullable<Impact['callsGap']>;
export interface ImpactPart { id: ImpactFigure['id']; figure: ImpactFigure | null; /** Why there is none; null = nobody says. */ gap: Gap | null }

/** The four figures of an impact, in one order; each is there, or says why it is not. */
export function prepareImpact({ calls, callsGap, abandons, abandonsGap, agents, agentsGap, serviceLevel, serviceLevelGap }: Impact): ImpactPart[] {
  return [
    { id: 'lost', gap: callsGap, figure: calls && { id: 'lost', value: calls.lost, offered: calls.offered, expected: calls.expected } },
    { id: 'abandons', gap: abandonsGap, figure: abandons && { id: 'abandons', value: abandons.extra, abandoned: abandons.abandoned, expected: abandons.expected } },
    { id: 'agents', gap: agentsGap, figure: agents && { id: 'agents', seconds: agents.lostSeconds, logged: agents.loggedSeconds, expected: agents.expectedSeconds } },
    { id: 'level', gap: serviceLevelGap, figure: serviceLevel && { id: 'level', value: serviceLevel.interval, expected: serviceLevel.intervalExpected } },
  ];
}
