import { Opening } from '../../../telephony/core/opening.ts';
import { ZoneOffsets } from '../../../telephony/core/zone-offsets.ts';
import { FULL_SCOPE } from '../../../warehouse/warehouse.ts';
import type { Sources } from './sources.ts';

const QUARTER_MS = 900_000;
const WEEK_MS = 7 * 86_400_000;
const WEEKS = 4;
/** With fewer the median says little. */
const LEAST_WEEKS = 3;
const KEPT_QUARTERS = 64;

/** Calls of a tenant on a site, per quarter of an hour: as the same weekday and local time had in each of the last weeks. */
interface Quarter { tenant: string; site: string; weeks: number[] }

export interface ExpectedCalls {
  /** Medians of the last weeks, cut to the range; null = fewer than three weeks are known. */
  between(fromMs: number, toMs: number, by: 'tenant' | 'site'): Promise<Map<string, number | null>>;
}

/** The usual volume, from the warehouse: each quarter of an hour is asked once. */
export function expectedCalls({ warehouse, centre, nowMs }: Pick<Sources, 'centre' | 'nowMs'> & { warehouse: NonNullable<Sources['warehouse']> }): ExpectedCalls {
  const quarters = new Map<number, Promise<Quarter[]>>();
  let history: { fromMs: number | null; atMs: number } | null = null;

  const historyFrom = async (): Promise<number | null> => {
    if (history === null || nowMs() - history.atMs > QUARTER_MS) {
      const { historyFrom: from } = await warehouse.freshness(FULL_SCOPE);
      history = { fromMs: from === null ? null : Date.parse(from), atMs: nowMs() };
    }
    return history.fromMs;
  };

  const ask = async (quarterMs: number): Promise<Quarter[]> => {
    const known = await historyFrom();
    const { tenants, sites } = centre();
    const found = new Map<string, Quarter>(tenants.flatMap(({ id: tenant }) => sites.map(({ id: site }) => [`${tenant} ${site}`, { tenant, site, weeks: [] }] as const)));
    for (const zone of new Set(sites.map((site) => site.zone))) {
      const here = sites.filter((site) => site.zone === zone).map(({ id }) => id);
      for (let week = 1; week <= WEEKS; week += 1) {
        const fromMs = sameLocalTime(quarterMs, week, new ZoneOffsets(zone));
        if (known === null || fromMs < known) continue;
        const { rows } = await warehouse.kpi({ measures: ['offered'], by: ['tenant', 'site'], from: iso(fromMs), to: iso(fromMs + QUARTER_MS), zone, where: { site: here } }, FULL_SCOPE);
        const calls = new Map(rows.map((row) => [`${row['tenant']} ${row['site']}`, Number(row['offered'] ?? 0)]));
        for (const [key, { site, weeks }] of found) if (here.includes(site)) weeks.push(calls.get(key) ?? 0);
      }
    }
    return [...found.values()];
  };

  const quarterAt = (quarterMs: number): Promise<Quarter[]> => {
    let asking = quarters.get(quarterMs);
    if (!asking) {
      asking = ask(quarterMs);
      quarters.set(quarterMs, asking);
      asking.catch(() => quarters.delete(quarterMs));
      for (const old of quarters.keys()) if (quarters.size > KEPT_QUARTERS) quarters.delete(old);
    }
    return asking;
  };

  return {
    async between(fromMs, toMs, by) {
      const sums = new Map<string, number | null>();
      for (let quarterMs = Math.floor(fromMs / QUARTER_MS) * QUARTER_MS; quarterMs < toMs; quarterMs += QUARTER_MS) {
        const share = (Math.min(toMs, quarterMs + QUARTER_MS) - Math.max(fromMs, quarterMs)) / QUARTER_MS;
        for (const [key, calls] of mediansBy(await quarterAt(quarterMs), by)) {
          const before = sums.get(key);
          sums.set(key, calls === null || before === null ? null : (before ?? 0) + calls * share);
        }
      }
      return sums;
    },
  };
}

/** Sums of each week first: the median of a sum, not the sum of medians. */
function mediansBy(quarters: readonly Quarter[], by: 'tenant' | 'site'): Map<string, number | null> {
  const weeks = new Map<string, number[]>();
  for (const { weeks: counts, ...quarter } of quarters) {
    const sums = weeks.get(quarter[by]) ?? [];
    counts.forEach((calls, week) => (sums[week] = (sums[week] ?? 0) + calls));
    weeks.set(quarter[by], sums);
  }
  return new Map([...weeks].map(([key, counts]) => [key, counts.length < LEAST_WEEKS ? null : median(counts)]));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}

/** Weeks ago, at the same time of the wall clock. */
function sameLocalTime(utcMs: number, weeks: number, zone: ZoneOffsets): number {
  const before = utcMs - weeks * WEEK_MS;
  return before + zone.offsetMs(utcMs) - zone.offsetMs(before);
}

/** Tenants and sites of which an inbound campaign's queue takes calls during the whole range. */
export function openThroughout(centre: ReturnType<Sources['centre']>, fromMs: number, toMs: number): { tenants: Set<string>; sites: Set<string> } {
  const openings = new Map(centre.calendars.map((calendar) => [calendar.id, new Opening(calendar, new ZoneOffsets(calendar.zone))]));
  const queues = new Map(centre.queues.filter((each) => isValid(each, toMs)).map((queue) => [queue.number, queue]));
  const open = centre.campaigns.filter((campaign) => campaign.direction === 'inbound' && isValid(campaign, toMs)).filter(({ queue }) => {
    const calendar = queues.get(queue)?.calendar;
    if (calendar === undefined) return false;
    return calendar === null || openings.get(calendar)?.openMs(fromMs, toMs) === toMs - fromMs;
  });
  return { tenants: new Set(open.map(({ tenant }) => tenant)), sites: new Set(open.map(({ site }) => site)) };
}

function isValid({ validFrom, validTo }: { validFrom: string | null; validTo: string | null }, atMs: number): boolean {
  return (validFrom === null || Date.parse(validFrom) <= atMs) && (validTo === null || atMs < Date.parse(validTo));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
