import type { Engine } from '../engine.ts';
import type { KpiQuery, Scope } from '../warehouse.ts';

/** The zone of a query that names none: the only site's that is asked or may be seen, else the only tenant's, else UTC. */
export async function defaultZone(engine: Engine, query: Pick<KpiQuery, 'where'>, scope: Scope): Promise<string> {
  const places = await engine.query<{ kind: string; id: string; zone: string }>({
    sql: "SELECT 'site' AS kind, site AS id, zone FROM dim.sites UNION ALL SELECT 'tenant' AS kind, tenant AS id, zone FROM dim.tenants",
  });
  const only = (kind: 'site' | 'tenant', asked: string[] | undefined, allowed: 'all' | string[]): string | null => {
    const seen = places.filter((place) => place.kind === kind
      && (asked === undefined || asked.length === 0 || asked.includes(place.id)) && (allowed === 'all' || allowed.includes(place.id)));
    return seen.length === 1 ? seen[0]?.zone ?? null : null;
  };
  return only('site', query.where.site, scope.sites) ?? only('tenant', query.where.tenant, scope.tenants) ?? 'UTC';
}
