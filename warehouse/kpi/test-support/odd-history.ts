import { dice } from './dice.ts';
import type { RawCall, RawHistory, RawLeg, RawState } from './raw-rows.ts';
import { LEG_OUTCOMES, AGENT_STATES } from '../../../telephony/rows.ts';

/**
 * A few days around the night in which Europe goes to summer time, with every oddity that rows have in the wild: in
 * progress, flags missing, waits missing or negative, transfers, overflow, nobody's agents, agents in several teams and
 * teams that change, recycled numbers, outbound between inbound, states over midnight and over the lost hour.
 */
export function oddHistory(seed: number, calls = 500): RawHistory {
  const { pick, chance, whole } = dice(seed);
  const start = Date.UTC(2026, 2, 27, 18);
  // Some instants are exactly on the border of an interval.
  const instant = (): number => (chance(0.1) ? start + whole(0, 4 * 72) * 900_000 : start + whole(0, 72 * 3_600_000));
  const flag = (share: number): boolean | null => (chance(0.05) ? null : chance(share));
  const wait = (): number | null => (chance(0.03) ? null : chance(0.05) ? -whole(1, 30) : chance(0.7) ? whole(0, 30) : whole(0, chance(0.1) ? 9000 : 900));
  const seconds = (most: number): number | null => (chance(0.03) ? null : whole(0, most));
  const place = (): { tenant: string; site: string | null; campaign: string | null; medium: string | null } => ({
    tenant: pick(['ocm', 'ocm', 'sereno']), site: pick(['douala', 'lille', null]), campaign: pick(['800', '801', '802', null]), medium: pick(['voice', 'voice', 'chat', null]),
  });
  const queue = (): string | null => pick(['101', '102', '103', '', null]);
  const agent = (): string | null => pick(['1', '2', '3', '4', '', null]);

  const status = (): Pick<RawCall, 'status_group' | 'status_num' | 'status_detail'> => (chance(0.4)
    ? { status_group: 0, status_num: pick([null, 89, 90, 91, 92, 92, 93, 96, 100, 101]), status_detail: 0 }
    : { status_group: pick([null, 1, 1, 1]), status_num: pick([null, 1, 2, 3, 4, 93]), status_detail: pick([0, 0, null, 7]) });

  const rows: RawCall[] = Array.from({ length: calls }, (_, index) => ({
    ...place(), call_id: `C${index}`, started_at: instant(), row_state: pick([1, 2, 3, 3, null]), direction: pick(['inbound', 'inbound', 'inbound', 'outbound', 'outbound']),
    last_campaign: pick(['800', '803', null]), first_queue: queue(), last_queue: queue(), first_agent: agent(), last_agent: agent(),
    queued: flag(0.8), answered: flag(0.7), closed: flag(0.1), no_agent: flag(0.1), overflowed: flag(0.15), abandoned: flag(0.3),
    wait_s: wait(), total_wait_s: wait(), talk_s: seconds(600), hold_s: chance(0.6) ? 0 : seconds(90), wrapup_s: seconds(60), reroute_s: chance(0.8) ? 0 : seconds(30),
    target_s: pick([15, 20, 30, null]), short_abandon_s: pick([0, 5, 10, null]), caller_key: pick(['', null, 'k1', 'k2', 'k3', `k${whole(4, 80)}`]),
    ivr_resolved: flag(0.5), transferred: flag(0.2), ended_by_agent: flag(0.4),
    ...status(), end_reason: pick([null, 1, 9, 10, 11]),
  }));
  const legs: RawLeg[] = Array.from({ length: calls }, (_, index) => {
    const entered = instant();
    return {
      ...place(), call_id: `C${Math.floor(index / 2)}`, leg: 1 + (index % 2), visit: 1 + (index % 2), direction: pick(['inbound', 'inbound', 'inbound', 'outbound']),
      queue: queue(), agent: agent(), entered_at: entered, started_at: entered + whole(0, 20_000), answered_at: chance(0.5) ? entered + 20_000 : null,
      outcome: pick(LEG_OUTCOMES), wait_s: wait(), talk_s: seconds(600), hold_s: chance(0.6) ? 0 : seconds(90), wrapup_s: seconds(60),
      target_s: pick([15, 20, 30, null]), short_abandon_s: pick([0, 5, 10, null]), transferred: flag(0.2), ended_by_agent: flag(0.4),
    };
  });
  const states: RawState[] = Array.from({ length: calls }, () => ({
    tenant: pick(['ocm', 'sereno']), agent: pick(['1', '2', '3', '4']), site: pick(['douala', 'lille', null]), state: pick(AGENT_STATES), reason: pick(['', 'lunch', 'training']),
    started_at: instant(), duration_ms: chance(0.05) ? 0 : chance(0.02) ? whole(80_000_000, 200_000_000) : chance(0.2) ? whole(1, 20_000_000) : whole(1, 600_000), queue: queue(), call_id: '',
  }));
  return { calls: rows, legs, states, dimensions: dimensions() };
}

function dimensions(): RawHistory['dimensions'] {
  const always = { validFrom: null, validTo: null };
  const saturday = '2026-03-28T12:07:00.000Z';
  const statuses = (['ocm', 'sereno'] as const).flatMap((tenant) => [
    { tenant, group: 1, num: 1, detail: 0, labelFr: 'Vendu', labelEn: 'Sold', outcome: 'positive' as const },
    { tenant, group: 1, num: 2, detail: 0, labelFr: 'Refus', labelEn: 'Refused', outcome: tenant === 'ocm' ? 'argued' as const : 'none' as const },
    { tenant, group: 1, num: 4, detail: 0, labelFr: 'Rendez-vous', labelEn: 'Appointment', outcome: 'appointment' as const },
    { tenant, group: 1, num: 3, detail: 7, labelFr: 'Hors cible', labelEn: 'No target', outcome: 'not-argued' as const },
  ]);
  return {
    tenants: [{ tenant: 'ocm', customerNumber: 1, name: 'OCM', zone: 'Africa/Douala' }, { tenant: 'sereno', customerNumber: 2, name: 'Sereno', zone: 'Europe/Paris' }],
    sites: [{ site: 'douala', name: 'Douala', zone: 'Africa/Douala' }, { site: 'lille', name: 'Lille', zone: 'Europe/Paris' }],
    queues: ['101', '102', '103'].map((queue) => ({ tenant: 'ocm', queue, name: `File ${queue}`, medium: 'voice', targetSeconds: 20, shortAbandonSeconds: 5, ...always })),
    campaigns: [
      { tenant: 'ocm', campaign: '800', name: 'Ancienne', site: 'douala', direction: 'inbound', validFrom: null, validTo: saturday },
      { tenant: 'ocm', campaign: '800', name: 'Nouvelle', site: 'douala', direction: 'inbound', validFrom: saturday, validTo: null },
    ],
    teams: [{ team: 'blue', name: 'Bleue', site: 'douala', tenant: 'ocm' }, { team: 'red', name: 'Rouge', site: 'lille', tenant: 'ocm' }],
    agents: ['ocm', 'sereno'].flatMap((tenant) => [
      { tenant, agent: '1', name: 'Awa', site: 'douala', validFrom: null, validTo: saturday },
      { tenant, agent: '1', name: 'Bruno', site: 'lille', validFrom: saturday, validTo: null },
      { tenant, agent: '2', name: 'Chloé', site: 'lille', ...always },
      { tenant, agent: '3', name: 'Driss', site: 'douala', validFrom: saturday, validTo: null },
    ]),
    teamMembers: [
      { team: 'blue', tenant: 'ocm', agent: '1', ...always }, { team: 'red', tenant: 'ocm', agent: '1', ...always },
      { team: 'blue', tenant: 'ocm', agent: '2', validFrom: null, validTo: saturday }, { team: 'red', tenant: 'ocm', agent: '2', validFrom: saturday, validTo: null },
      { team: 'red', tenant: 'sereno', agent: '3', ...always },
    ],
    statuses,
    pauseReasons: [{ code: 'lunch', labelFr: 'Repas', labelEn: 'Lunch', productive: false }, { code: 'training', labelFr: 'Formation', labelEn: 'Training', productive: true }],
  };
}
