import type { CentreConfiguration } from '../../../telephony/configuration.ts';
import type { Incident } from './incident.ts';

/** In whose time an incident is told: that of the first site or tenant that is affected, else of the first site. */
export function zoneOf({ affects }: Pick<Incident, 'affects'>, { sites, tenants }: Pick<CentreConfiguration, 'sites' | 'tenants'>): string {
  return (sites.find(({ id }) => affects.sites.includes(id)) ?? tenants.find(({ id }) => affects.tenants.includes(id)) ?? sites[0])?.zone ?? 'UTC';
}
