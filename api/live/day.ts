import type { CentreConfiguration } from '../../telephony/configuration.ts';
import type { Scope } from '../../warehouse/warehouse.ts';
import { allows } from '../viewer.ts';
import type { LiveFilter } from './sight.ts';

/**
 * The zone whose calendar day a board shows: the asked one; else the site's; with several sites the
 * tenant's (of several tenants, the first's).
 */
export function boardZone({ sites, tenants }: Pick<CentreConfiguration, 'sites' | 'tenants'>, scope: Scope, filter: LiveFilter): string {
  if (filter.zone) return filter.zone;
  const seenSites = sites.filter((site) => allows(scope.sites, site.id) && allows(filter.site ?? 'all', site.id));
  if (seenSites.length === 1 && seenSites[0]) return seenSites[0].zone;
  const seenTenants = tenants.filter((tenant) => allows(scope.tenants, tenant.id) && allows(filter.tenant ?? 'all', tenant.id));
  return seenTenants[0]?.zone ?? seenSites[0]?.zone ?? 'UTC';
}

export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The local day of an instant: `2026-01-01`, the day after it, and the instant at which it began. */
export function localDay(nowMs: number, zone: string): { date: string; next: string; fromMs: number } {
  const date = localDate(nowMs, zone);
  const next = new Date(Date.parse(`${date}T12:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  return { date, next, fromMs: startOf(date, nowMs, zone) };
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

function localDate(ms: number, zone: string): string {
  let format = formats.get(zone);
  if (!format) formats.set(zone, (format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })));
  return format.format(ms);
}

/** Making a format costs more than using it a thousand times; there are few zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The first minute of a local date, also where the clocks change: a search between 26 hours ago and now. */
function startOf(date: string, nowMs: number, zone: string): number {
  const known = starts.get(zone);
  if (known?.date === date) return known.fromMs;
  let before = Math.floor((nowMs - 26 * 60 * MINUTE_MS) / MINUTE_MS);
  let inside = Math.floor(nowMs / MINUTE_MS);
  while (inside - before > 1) {
    const middle = Math.floor((before + inside) / 2);
    if (localDate(middle * MINUTE_MS, zone) < date) before = middle;
    else inside = middle;
  }
  starts.set(zone, { date, fromMs: inside * MINUTE_MS });
  return inside * MINUTE_MS;
}

const starts = new Map<string, { date: string; fromMs: number }>();
