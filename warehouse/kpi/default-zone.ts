import { SMALL_QUESTION_MS } from '../engine.ts';
import type { Engine } from '../engine.ts';
import type { KpiQuery, Scope } from '../warehouse.ts';

type Asked = Pick<KpiQuery['where'], 'site' | 'tenant'>;
interface Place { id: string; zone: string }

/** The zone of a query that names none: the only site's that is asked or may be seen, else the only tenant's, else UTC. */
export async function defaultZone(engine: Engine, query: Pick<KpiQuery, 'where'>, scope: Scope): Promise<string> {
  const places = await engine.query<{ kind: string; id: string; zone: string }>({
    sql: "SELECT 'site' AS kind, site AS id, zone FROM dim.sites UNION ALL SELECT 'tenant' AS kind, tenant AS id, zone FROM dim.tenants", timeoutMs: SMALL_QUESTION_MS,
  });
  const ofKind = (kind: 'site' | 'tenant'): Place[] => places.filter((place) => place.kind === kind);
  return onlyZone({ sites: ofKind('site'), tenants: ofKind('tenant') }, query.where, scope);
}

/** The same where the places are known. */
export function onlyZone({ sites, tenants }: { sites: readonly Place[]; tenants: readonly Place[] }, where: Asked, scope: Scope): string {
  const only = (places: readonly Place[], asked: string[] | undefined, allowed: 'all' | string[]): string | null => {
    const seen = places.filter(({ id }) => (asked === undefined || asked.length === 0 || asked.includes(id)) && (allowed === 'all' || allowed.includes(id)));
    return seen.length === 1 ? seen[0]?.zone ?? null : null;
  };
  return only(sites, where.site, scope.sites) ?? only(tenants, where.tenant, scope.tenants) ?? 'UTC';
}
