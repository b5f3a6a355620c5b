import type { PlanPort } from '../../api/ports.ts';
import type { Centre } from '../../telephony/centre/centre-schema.ts';
import { Roster } from '../../telephony/centre/roster.ts';

/** The simulated centre's roster as the plan: the same seed, the same plan, of any day. */
export function planPort(centre: Centre, seed: number): PlanPort {
  const roster = new Roster(centre, seed);
  return {
    shifts: (fromMs, toMs) => Promise.resolve(roster.planned(fromMs, toMs).map(({ person: { agent }, ...shift }) => ({ tenant: agent.tenant, agent: String(agent.number), ...shift }))),
  };
}
