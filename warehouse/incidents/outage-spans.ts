import type { Incident } from '../operational/incidents/incident.ts';
import type { Places } from './concerned.ts';
import type { OutageSpan } from './facts.ts';
import { troublesOf, type Trouble } from './troubles.ts';

type Span = Pick<Trouble, 'fromMs' | 'toMs' | 'sharePpm'>;

/** When components stood still, as all these incidents have it. */
export function outageSpans(incidents: readonly Incident[], places: Places): OutageSpan[] {
  return spansOf(incidents.flatMap((incident) => troublesOf(incident, places)), places);
}

/**
 * Of incidents at once the largest share counts at each instant, not their sum. Each component once for everybody and once for each tenant,
 * each site, and each tenant at each site.
 */
export function spansOf(troubles: readonly Trouble[], places: Pick<Places, 'tenants' | 'sites'>): OutageSpan[] {
  const ids = (known: readonly string[], named: string[]): string[] => ['', ...new Set([...known, ...named])].toSorted();
  const tenants = ids(places.tenants, troubles.flatMap((one) => one.tenants));
  const sites = ids(places.sites, troubles.flatMap((one) => one.sites));
  const concerns = (named: readonly string[], id: string): boolean => id === '' || named.includes(id);
  return [...new Set(troubles.map(({ component }) => component))].toSorted().flatMap((component) => {
    const own = troubles.filter((one) => one.component === component);
    return tenants.flatMap((tenant) => sites.flatMap((site) =>
      largestShares(own.filter((one) => concerns(one.tenants, tenant) && concerns(one.sites, site))).map((span): OutageSpan => ({ component, tenant, site, ...span }))));
  });
}

/** Spans one after the other, each with the largest share of those that cover it. */
export function largestShares(troubles: readonly Span[]): Span[] {
  const edges = troubles.flatMap(({ fromMs, toMs, sharePpm }) => [{ atMs: fromMs, sharePpm, by: 1 }, { atMs: toMs ?? Infinity, sharePpm, by: -1 }]).toSorted((a, b) => (a.atMs < b.atMs ? -1 : Number(a.atMs > b.atMs)));
  /** How many of each share stand still. */
  const running = new Map<number, number>();
  const spans: Span[] = [];
  for (const [index, { atMs, sharePpm: share, by }] of edges.entries()) {
    const count = (running.get(share) ?? 0) + by;
    if (count === 0) running.delete(share);
    else running.set(share, count);
    const next = edges[index + 1]?.atMs;
    if (next === undefined || next === atMs) continue;
    const sharePpm = Math.max(0, ...running.keys());
    if (sharePpm === 0) continue;
    const toMs = next === Infinity ? null : next;
    const before = spans.at(-1);
    if (before?.toMs === atMs && before.sharePpm === sharePpm) before.toMs = toMs;
    else spans.push({ fromMs: atMs, toMs, sharePpm });
  }
  return spans;
}
