import { centreConfigurationSchema, type CentreConfiguration } from '../configuration.ts';

type Input = Partial<Record<keyof CentreConfiguration, unknown>>;

/**
 * A small centre for tests: two tenants and zones, queue 101 (agents 1-3) overflowing to 102 (agents
 * 2-4), two gateways. Parts can be replaced.
 */
export function smallCentre(parts: Input = {}): CentreConfiguration {
  return centreConfigurationSchema.parse({
    version: 1,
    tenants: [
      { id: 'ocm', customerNumber: 1, name: 'OCM', zone: 'Africa/Douala' },
      { id: 'sereno', customerNumber: 2, name: 'Sereno', zone: 'Europe/Paris' },
    ],
    sites: [{ id: 'douala', name: 'Douala', zone: 'Africa/Douala' }, { id: 'lille', name: 'Lille', zone: 'Europe/Paris' }],
    teams: [{ id: 'a', name: 'A', site: 'douala', tenant: 'ocm' }, { id: 'b', name: 'B', site: 'lille', tenant: 'sereno' }],
    agents: [agent(1, [[101, 5]]), agent(2, [[101, 9], [102, 3]]), agent(3, [[101, 5], [102, 9]]), agent(4, [[102, 5]])],
    queues: [queue(101, { maximumWaitSeconds: 60, overflowQueue: 102 }), queue(102)],
    campaigns: [
      { did: '3000', name: 'Service client', tenant: 'ocm', site: 'douala', direction: 'inbound', entryPoints: ['950'], queue: 101 },
      { did: '3001', name: 'Sinistres', tenant: 'sereno', site: 'lille', direction: 'inbound', entryPoints: ['951'], queue: 102 },
    ],
    calendars: [],
    scenarios: [],
    lookupTables: [],
    statuses: [
      { tenant: 'ocm', group: 1, num: 1, labelFr: 'Vente', labelEn: 'Sale', outcome: 'positive' },
      { tenant: 'ocm', group: 1, num: 2, labelFr: 'Refus', labelEn: 'Refusal', outcome: 'argued' },
      { tenant: 'ocm', group: 1, num: 3, labelFr: 'Faux appel', labelEn: 'Wrong call', outcome: 'none' },
    ],
    pauseReasons: [{ code: 'pause', labelFr: 'Pause', labelEn: 'Break', productive: false }, { code: 'formation', labelFr: 'Formation', labelEn: 'Training', productive: true }],
    gateways: [{ id: 'g1', site: 'douala', e1Links: 1 }, { id: 'g2', site: 'lille', e1Links: 1 }],
    ...parts,
  });
}

export function agent(number: number, skills: [queue: number, level: number][], more: object = {}): object {
  return { number, name: `Agent ${number}`, tenant: 'ocm', site: 'douala', teams: ['a'], skills: skills.map(([queue, level]) => ({ queue, level })), ...more };
}

export function queue(number: number, more: object = {}): object {
  return { number, name: `Queue ${number}`, tenant: 'ocm', ...more };
}
