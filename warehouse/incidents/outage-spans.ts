import type { Incident } from '../operational/incidents/incident.ts';
import { concerned } from './concerned.ts';
import type { Places } from './concerned.ts';
import type { OutageSpan } from './facts.ts';

interface Trouble { fromMs: number; toMs: number | null; sharePpm: number }

const PPM = 1_000_000;

/**
 * When components stood still: from the start of the trouble, or its detection where the start is not known, to the last
 * restoration; what was taken for restored and was not is in it. Of incidents at once the largest share counts at each instant,
 * not their sum. Each component once for everybody and once for each tenant, each site, and each tenant at each site.
 */
export function outageSpans(incidents: readonly Incident[], places: Places): OutageSpan[] {
  const troubles = incidents.flatMap((incident) => incident.affects.components.map(({ component, share }) => ({ component, of: concerned(incident.affects, places), trouble: troubleOf(incident, share) })))
    .filter(({ trouble }) => trouble.toMs === null || trouble.toMs > trouble.fromMs);
  const ids = (known: readonly string[], named: string[]): string[] => ['', ...new Set([...known, ...named])].toSorted();
  const tenants = ids(places.tenants, incidents.flatMap(({ affects }) => affects.tenants));
  const sites = ids(places.sites, incidents.flatMap(({ affects }) => affects.sites));
  const concerns = (named: readonly string[], id: string): boolean => id === '' || named.includes(id);
  return [...new Set(troubles.map(({ component }) => component))].toSorted().flatMap((component) => {
    const own = troubles.filter((one) => one.component === component);
    return tenants.flatMap((tenant) => sites.flatMap((site) =>
      largestShares(own.filter(({ of }) => concerns(of.tenants, tenant) && concerns(of.sites, site)).map(({ trouble }) => trouble))
        .map((span): OutageSpan => ({ component, tenant, site, ...span }))));
  });
}

function troubleOf({ startedAtMs, detectedAtMs, resolvedAtMs }: Incident, share: number): Trouble {
  return { fromMs: Math.min(startedAtMs ?? detectedAtMs, detectedAtMs), toMs: resolvedAtMs, sharePpm: Math.round(share * PPM) };
}

/** Spans one after the other, each with the largest share of those that cover it. */
export function largestShares(troubles: readonly Trouble[]): Trouble[] {
  const edges = [...new Set(troubles.flatMap(({ fromMs, toMs }) => [fromMs, toMs ?? Infinity]))].toSorted((a, b) => a - b);
  const spans: Trouble[] = [];
  for (const [index, fromMs] of edges.entries()) {
    const end = edges[index + 1];
    if (end === undefined) break;
    const sharePpm = troubles.reduce((most, one) => (one.fromMs <= fromMs && (one.toMs ?? Infinity) >= end ? Math.max(most, one.sharePpm) : most), 0);
    if (sharePpm === 0) continue;
    const toMs = end === Infinity ? null : end;
    const before = spans.at(-1);
    if (before?.toMs === fromMs && before.sharePpm === sharePpm) before.toMs = toMs;
    else spans.push({ fromMs, toMs, sharePpm });
  }
  return spans;
}
