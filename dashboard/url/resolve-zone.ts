export interface Zones { tenants: { id: string; zone: string }[]; sites: { id: string; zone: string }[] }

/** The asked zone if it exists, else the only chosen site's, else the (first chosen) tenant's, else UTC. */
export function resolveZone(asked: string | null, tenant: string[], site: string[], zones: Zones): string {
  if (asked && isZone(asked)) return asked;
  const sites = zones.sites.filter(({ id }) => site.includes(id));
  if (sites[0] && new Set(sites.map(({ zone }) => zone)).size === 1) return sites[0].zone;
  const tenants = tenant.length > 0 ? zones.tenants.filter(({ id }) => tenant.includes(id)) : zones.tenants;
  return tenants[0]?.zone ?? 'UTC';
}

function isZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
