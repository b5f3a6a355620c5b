import type { Dimensions } from '../../../warehouse/warehouse.ts';

const always = { validFrom: null, validTo: null };
/** Not on the border of a quarter-hour. */
const MOVED = '2024-03-12T10:07:00.000Z';
const RECYCLED = '2024-03-31T12:07:30.000Z';

/** Names, targets and memberships that change within the history, numbers that are used again, and gaps without any. */
export const DIMENSIONS: Dimensions = {
  version: 1,
  tenants: [{ tenant: 'ocm', customerNumber: 1, name: 'OCM', zone: 'Africa/Douala' }, { tenant: 'sereno', customerNumber: 2, name: 'Sereno', zone: 'Europe/Paris' }],
  sites: [{ site: 'douala', name: 'Douala', zone: 'Africa/Douala' }, { site: 'lille', name: 'Lille', zone: 'Europe/Paris' }, { site: 'montreal', name: 'Montréal', zone: 'America/Toronto' }],
  queues: [
    { tenant: 'ocm', queue: '101', name: 'Accueil', medium: 'voice', targetSeconds: 20, shortAbandonSeconds: 5, validFrom: null, validTo: MOVED },
    { tenant: 'ocm', queue: '101', name: 'Accueil bis', medium: 'voice', targetSeconds: 15, shortAbandonSeconds: 3, validFrom: MOVED, validTo: null },
    { tenant: 'ocm', queue: '102', name: 'Technique', medium: 'voice', targetSeconds: 30, shortAbandonSeconds: 10, ...always },
    // Between its two periods nobody says what its target is.
    { tenant: 'ocm', queue: '103', name: 'Ventes', medium: 'voice', targetSeconds: 60, shortAbandonSeconds: 0, validFrom: '2023-01-01T00:00:00.000Z', validTo: '2024-03-01T00:00:00.000Z' },
    { tenant: 'ocm', queue: '103', name: 'Retours', medium: 'chat', targetSeconds: 10, shortAbandonSeconds: 5, validFrom: '2024-04-01T00:00:00.000Z', validTo: null },
    { tenant: 'sereno', queue: '101', name: 'Sinistres', medium: 'voice', targetSeconds: 40, shortAbandonSeconds: 0, ...always },
  ],
  campaigns: [
    { tenant: 'ocm', campaign: '800', name: 'Ancienne', site: 'douala', direction: 'inbound', validFrom: null, validTo: MOVED },
    { tenant: 'ocm', campaign: '800', name: 'Nouvelle', site: 'montreal', direction: 'inbound', validFrom: MOVED, validTo: null },
    { tenant: 'ocm', campaign: '801', name: 'Lille', site: 'lille', direction: 'inbound', ...always },
    { tenant: 'sereno', campaign: '810', name: 'Assurés', site: 'lille', direction: 'inbound', ...always },
  ],
  teams: [{ team: 'blue', name: 'Bleue', site: 'douala', tenant: 'ocm' }, { team: 'red', name: 'Rouge', site: 'lille', tenant: 'ocm' }, { team: 'night', name: 'Nuit', site: 'lille', tenant: 'sereno' }],
  agents: [
    { tenant: 'ocm', agent: '1', name: 'Awa', site: 'douala', validFrom: null, validTo: RECYCLED },
    { tenant: 'ocm', agent: '1', name: 'Bruno', site: 'lille', validFrom: RECYCLED, validTo: null },
    { tenant: 'ocm', agent: '2', name: 'Chloé', site: 'lille', ...always },
    { tenant: 'ocm', agent: '3', name: 'Driss', site: 'montreal', validFrom: MOVED, validTo: null },
    { tenant: 'ocm', agent: '4', name: 'Élise', site: 'douala', ...always },
    { tenant: 'sereno', agent: '1', name: 'Farid', site: 'lille', ...always },
    { tenant: 'sereno', agent: '2', name: 'Gwen', site: 'lille', ...always },
  ],
  teamMembers: [
    { team: 'blue', tenant: 'ocm', agent: '1', ...always }, { team: 'red', tenant: 'ocm', agent: '1', ...always },
    { team: 'blue', tenant: 'ocm', agent: '2', validFrom: null, validTo: MOVED }, { team: 'red', tenant: 'ocm', agent: '2', validFrom: MOVED, validTo: null },
    // Out of every team for two weeks, and back.
    { team: 'red', tenant: 'ocm', agent: '3', validFrom: null, validTo: '2024-03-05T00:00:00.000Z' }, { team: 'red', tenant: 'ocm', agent: '3', validFrom: '2024-03-19T00:00:00.000Z', validTo: '2024-04-10T22:00:00.000Z' },
    { team: 'night', tenant: 'sereno', agent: '1', ...always },
  ],
  statuses: (['ocm', 'sereno'] as const).flatMap((tenant) => [
    { tenant, group: 1, num: 1, detail: 0, labelFr: 'Vendu', labelEn: 'Sold', outcome: 'positive' as const },
    { tenant, group: 1, num: 2, detail: 0, labelFr: 'Refus', labelEn: 'Refused', outcome: tenant === 'ocm' ? 'argued' as const : 'none' as const },
    { tenant, group: 1, num: 4, detail: 0, labelFr: 'Rendez-vous', labelEn: 'Appointment', outcome: 'appointment' as const },
    { tenant, group: 1, num: 3, detail: 7, labelFr: 'Hors cible', labelEn: 'No target', outcome: 'not-argued' as const },
  ]),
  pauseReasons: [{ code: 'lunch', labelFr: 'Repas', labelEn: 'Lunch', productive: false }, { code: 'training', labelFr: 'Formation', labelEn: 'Training', productive: true }],
};

export const TENANTS: Readonly<Record<number, string>> = { 1: 'ocm', 2: 'sereno', 77: '77' };

interface Valid { validFrom: string | null; validTo: string | null }

function validAt<T extends Valid>(periods: readonly T[], at: number): T | undefined {
  return periods.find(({ validFrom, validTo }) => (validFrom === null || at >= Date.parse(validFrom)) && (validTo === null || at < Date.parse(validTo)));
}

export function siteOfCampaign(tenant: string, campaign: string, at: number): string {
  return validAt(DIMENSIONS.campaigns.filter((one) => one.tenant === tenant && one.campaign === campaign), at)?.site ?? '';
}

export function siteOfAgent(tenant: string, agent: string, at: number): string {
  return validAt(DIMENSIONS.agents.filter((one) => one.tenant === tenant && one.agent === agent), at)?.site ?? '';
}

/** T and S of a queue; 20 and 5 where nobody says. */
export function thresholdsOf(tenant: string, queue: string, at: number): { target_s: number; short_abandon_s: number } {
  const found = validAt(DIMENSIONS.queues.filter((one) => one.tenant === tenant && one.queue === queue), at);
  return { target_s: found?.targetSeconds ?? 20, short_abandon_s: found?.shortAbandonSeconds ?? 5 };
}
