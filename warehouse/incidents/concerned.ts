import type { CentreConfiguration } from '../../telephony/configuration.ts';
import type { Affects } from '../operational/incidents/events.ts';

/** What of the centre says whose an incident is. Numbers are recycled, and clients come and go: each is asked of an instant. */
export interface Clients {
  /** Whose a queue was then, or else ever; null = unknown. */
  tenantOfQueue: (queue: string, atMs: number) => string | null;
  /** Whose calls were taken at a site then, or else ever; none = unknown. */
  tenantsAt: (site: string, atMs: number) => readonly string[];
}

export interface Places extends Clients {
  /** Ids of the configuration. */
  tenants: readonly string[];
  sites: readonly string[];
}

export type Centre = Pick<CentreConfiguration, 'tenants' | 'sites' | 'queues' | 'teams' | 'agents' | 'campaigns'>;

interface Belonging { tenant: string; fromMs: number; toMs: number }

export function placesOf({ tenants, sites, queues, teams, agents, campaigns }: Centre): Places {
  const ofQueues = new Map<string, Belonging[]>();
  for (const queue of queues) add(ofQueues, String(queue.number), queue);
  const atSites = new Map<string, Belonging[]>();
  for (const { site, tenant } of teams) add(atSites, site, { tenant, validFrom: null, validTo: null });
  for (const worker of [...agents, ...campaigns]) add(atSites, worker.site, worker);
  return {
    tenants: tenants.map(({ id }) => id), sites: sites.map(({ id }) => id),
    tenantOfQueue: (queue, atMs) => tenantsOf(ofQueues.get(queue), atMs).at(-1) ?? null,
    tenantsAt: (site, atMs) => tenantsOf(atSites.get(site), atMs).toSorted(),
  };
}

/** Each period once, however many agents have it. */
function add(all: Map<string, Belonging[]>, key: string, { tenant, validFrom, validTo }: { tenant: string; validFrom: string | null; validTo: string | null }): void {
  const one = { tenant, fromMs: validFrom === null ? -Infinity : Date.parse(validFrom), toMs: validTo === null ? Infinity : Date.parse(validTo) };
  const known = all.get(key);
  if (!known) all.set(key, [one]);
  else if (!known.some(({ tenant: other, fromMs, toMs }) => other === one.tenant && fromMs === one.fromMs && toMs === one.toMs)) known.push(one);
}

function tenantsOf(belongings: readonly Belonging[] = [], atMs: number): string[] {
  const then = belongings.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  return [...new Set((then.length > 0 ? then : belongings).map(({ tenant }) => tenant))];
}

/**
 * Which clients an incident touches: those that are named, else those whose its queues were then, else those who worked at its sites; 'all' =
 * every client, also those of sites of which it is not known who works there.
 */
export function tenantsTouched({ tenants, queues, sites }: Affects, atMs: number, { tenantOfQueue, tenantsAt }: Clients): 'all' | readonly string[] {
  if (tenants.length > 0) return tenants;
  const ofQueues = new Set(queues.flatMap((queue) => tenantOfQueue(queue, atMs) ?? []));
  if (ofQueues.size > 0) return [...ofQueues];
  const atSites = sites.map((site) => tenantsAt(site, atMs));
  return atSites.length === 0 || atSites.some((ids) => ids.length === 0) ? 'all' : [...new Set(atSites.flat())];
}

/** Whom an incident concerns: the clients that it touches, and the sites that it names, else all. */
export function concerned(affects: Affects, atMs: number, places: Places): { tenants: string[]; sites: string[] } {
  const touched = tenantsTouched(affects, atMs, places);
  return { tenants: [...touched === 'all' ? places.tenants : touched], sites: [...affects.sites.length > 0 ? affects.sites : places.sites] };
}
