import { centreConfigurationSchema, type CentreConfiguration, type LookupTable } from '../configuration.ts';
import { callerPopulation } from './callers-book.ts';
import type { Centre } from './centre-schema.ts';
import { queueOf } from './outbound-schema.ts';
import { people } from './people.ts';

/** What the core must know of the centre. Always the same for the same file. */
export function buildConfiguration(centre: Centre): CentreConfiguration {
  return centreConfigurationSchema.parse({
    version: 1,
    tenants: centre.tenants,
    sites: centre.sites,
    teams: centre.teams.map(({ id, name, site, tenant }) => ({ id, name, site, tenant })),
    agents: people(centre).map(({ agent }) => agent),
    queues: [...centre.queues.map(({ behaviour: _behaviour, ...queue }) => queue), ...centre.outbound.map(queueOf)],
    campaigns: [
      ...centre.entryPoints.map(({ did, name, tenant, site, number, queue, scenario }) => ({ did, name, tenant, site, direction: 'inbound', entryPoints: [number], queue, scenario })),
      ...centre.outbound.map(({ did, name, tenant, site, queue, statusGroup, dialing }) => ({ did, name, tenant, site, direction: 'outbound', queue, statusGroup, outbound: dialing })),
    ],
    calendars: centre.calendars,
    scenarios: centre.scenarios,
    lookupTables: lookupTables(centre),
    statuses: centre.statuses,
    pauseReasons: centre.pauseReasons,
    gateways: centre.gateways,
  });
}

function lookupTables(centre: Centre): LookupTable[] {
  const tables = new Map<string, Record<string, string>>();
  for (const population of Object.values(centre.callers)) {
    if (!population.lookUp) continue;
    const entries = tables.get(population.lookUp.table) ?? {};
    Object.assign(entries, callerPopulation(population).lookUp);
    tables.set(population.lookUp.table, entries);
  }
  return [...tables].map(([id, entries]) => ({ id, entries }));
}
