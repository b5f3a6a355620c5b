import { AGENT_STATES } from '../../../telephony/rows.ts';
import type { AgentState } from '../../../telephony/rows.ts';
import type { Dice } from '../../../warehouse/kpi/test-support/dice.ts';
import type { RawState } from '../../../warehouse/kpi/test-support/raw-rows.ts';
import { digits } from './book.ts';
import type { Book } from './book.ts';
import { CLOSED_BEFORE } from './days.ts';
import { TENANTS, siteOfAgent } from './places.ts';

const AGENTS = [...['1', '2', '3', '4'].map((agent) => ({ customer: 1, agent })), ...['1', '2'].map((agent) => ({ customer: 2, agent })), { customer: 77, agent: '1' }];
const HOUR = 3_600_000;

/** A day of the agents: sessions by day and over midnight, states of no time and of several days, some corrected or told of late. */
export function liveStates(dice: Dice, book: Book, day: number): RawState[] {
  const { pick, chance, whole } = dice;
  const states: RawState[] = [];
  for (const { customer, agent } of AGENTS) {
    if (chance(0.3)) continue;
    const tenant = TENANTS[customer] ?? '';
    const write = (state: AgentState, started_at: number, duration_ms: number): void => {
      const reason = state === 'pause' ? pick(['lunch', 'training', 'rona', '']) : '';
      const queue = state === 'talk' || state === 'ringing' ? pick(['101', '102']) : '';
      states.push({ tenant, agent, site: siteOfAgent(tenant, agent, started_at), state, reason, started_at, duration_ms, queue, call_id: '' });
      const row = { CustomerID: customer, OriginatorID: Number(agent), OriginatorType: 1, State: AGENT_STATES.indexOf(state), ActionUniversalTimeString: digits(started_at), Context: reason, SessionId: `${agent}-${day}`, CallID: '', Queue: queue === '' ? 0 : Number(queue), Campaign: '' };
      if (chance(0.04)) book.write(book.stageOf(day, 0, dice), 'od-actions', { ...row, Duration: Math.floor(duration_ms / 2) });
      book.write(book.stageOf(day, 0.05, dice), 'od-actions', { ...row, Duration: chance(0.05) && duration_ms === 0 ? -5 : duration_ms });
    };
    let at = day + (chance(0.25) ? whole(20 * HOUR, 23 * HOUR) : chance(0.2) ? whole(0, 95) * 900_000 : whole(5 * HOUR, 9 * HOUR));
    write('logged_out', at, 0);
    for (let left = whole(2, 9); left > 0; left -= 1) {
      const state = pick(['ready', 'ready', 'ringing', 'talk', 'talk', 'hold', 'wrapup', 'pause', 'pause', 'preview', 'dialing', 'supervision', 'unknown'] as const);
      const lasts = chance(0.05) ? 0 : chance(0.1) ? whole(1, 4) * 900_000 : whole(1, chance(0.2) ? 2 * HOUR : 1_200_000);
      write(state, at, lasts);
      at += lasts;
    }
    // A state whose end was lost counts a day, one of 30 hours too.
    if (day >= CLOSED_BEFORE && chance(0.02)) write('ready', at, pick([30 * HOUR, 24 * HOUR, 24 * HOUR + 1, 240 * HOUR, 23 * HOUR]));
    else write('logged_out', at, whole(0, 10 * HOUR));
  }
  return states;
}
