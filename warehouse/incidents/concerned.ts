import type { CentreConfiguration } from '../../telephony/configuration.ts';
import type { Affects } from '../operational/incidents/events.ts';

/** What of the centre says whose an incident is. */
export interface Clients {
  /** Whose a queue is; null = unknown. */
  tenantOfQueue: (queue: string) => string | null;
  /** Whose calls are taken at a site; none = unknown. */
  tenantsAt: (site: string) => readonly string[];
}

export interface Places extends Clients {
  /** Ids of the configuration. */
  tenants: readonly string[];
  sites: readonly string[];
}

export type Centre = Pick<CentreConfiguration, 'tenants' | 'sites' | 'queues' | 'teams' | 'agents' | 'campaigns'>;

/** Incidents may lie far back: whoever has ever worked at a site counts. */
export function placesOf({ tenants, sites, queues, teams, agents, campaigns }: Centre): Places {
  const tenantOf = new Map(queues.map(({ number, tenant }) => [String(number), tenant]));
  const atSites = new Map<string, Set<string>>();
  for (const { site, tenant } of [teams, agents, campaigns].flat()) atSites.set(site, (atSites.get(site) ?? new Set()).add(tenant));
  return {
    tenants: tenants.map(({ id }) => id), sites: sites.map(({ id }) => id),
    tenantOfQueue: (queue) => tenantOf.get(queue) ?? null, tenantsAt: (site) => [...atSites.get(site) ?? []].toSorted(),
  };
}

/**
 * Which clients an incident touches: those that are named, else those of its queues, else those who work at its sites; 'all' = every client,
 * also those of sites of which it is not known who works there.
 */
export function tenantsTouched({ tenants, queues, sites }: Affects, { tenantOfQueue, tenantsAt }: Clients): 'all' | readonly string[] {
  if (tenants.length > 0) return tenants;
  const ofQueues = new Set(queues.flatMap((queue) => tenantOfQueue(queue) ?? []));
  if (ofQueues.size > 0) return [...ofQueues];
  const atSites = sites.map(tenantsAt);
  return atSites.length === 0 || atSites.some((ids) => ids.length === 0) ? 'all' : [...new Set(atSites.flat())];
}

/** Whom an incident concerns: the clients that it touches, and the sites that it names, else all. */
export function concerned(affects: Affects, places: Places): { tenants: string[]; sites: string[] } {
  const touched = tenantsTouched(affects, places);
  return { tenants: [...touched === 'all' ? places.tenants : touched], sites: [...affects.sites.length > 0 ? affects.sites : places.sites] };
}
