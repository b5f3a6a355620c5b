import type { Affects } from '../operational/incidents/events.ts';

export interface Places {
  /** Ids of the configuration. */
  tenants: readonly string[];
  sites: readonly string[];
  /** Whose a queue is; null = unknown. */
  tenantOfQueue: (queue: string) => string | null;
}

/** Whom an incident concerns: the tenants that it names, else those of its queues, else all; the sites that it names, else all. */
export function concerned({ tenants, sites, queues }: Affects, places: Places): { tenants: string[]; sites: string[] } {
  const ofQueues = tenants.length > 0 ? tenants : [...new Set(queues.flatMap((queue) => places.tenantOfQueue(queue) ?? []))];
  return { tenants: ofQueues.length > 0 ? ofQueues : [...places.tenants], sites: sites.length > 0 ? sites : [...places.sites] };
}
