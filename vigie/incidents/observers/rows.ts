import type { KpiQuery } from '../../../warehouse/warehouse.ts';
import { FULL_SCOPE } from '../../../warehouse/warehouse.ts';
import { watching, type Unseen, type Watching } from '../detectors/detector.ts';
import { noRows } from '../detectors/no-rows.ts';
import { rowsLate } from '../detectors/rows-late.ts';
import { openThroughout, type ExpectedCalls } from './expected-calls.ts';
import type { Sources } from './sources.ts';

const NO_WAREHOUSE: Unseen = { unseen: 'not-configured', reason: 'the warehouse is looked at by another process' };
const FILLING: Unseen = { unseen: 'waiting', reason: 'the first history is being filled' };
const MINUTE_MS = 60_000;
/** What waits longer to be loaded is our own delay, and no silence of the source. */
const OWN_DELAY_MS = 60_000;

/** Detectors that look at the rows: whether they come, and how late. */
export function rowDetectors(sources: Sources, expected: ExpectedCalls | null): Watching[] {
  return [noRowsOn(sources, expected), rowsLateOn(sources)];
}

function noRowsOn({ nowMs, centre, live, warehouse, spool, filling }: Sources, expected: ExpectedCalls | null): Watching {
  const beganMs = nowMs();
  /** A tenant whose calls come by files has none in the last minutes, ever. */
  const alive = new Set<string>();
  return watching(noRows, async ({ windowMinutes }) => {
    if (!warehouse || !expected) return NO_WAREHOUSE;
    if (filling()) return FILLING;
    const now = nowMs();
    const fromMs = now - windowMinutes * MINUTE_MS;
    if (beganMs > fromMs) return { unseen: 'waiting', reason: `the program has run for less than ${windowMinutes} minutes` };
    const status = await spool?.status();
    if (status && status.lagMs > OWN_DELAY_MS) return { unseen: 'waiting', reason: 'rows wait to be loaded' };
    const question: KpiQuery = { measures: ['offered'], by: ['tenant'], from: new Date(fromMs).toISOString(), to: new Date(now).toISOString(), zone: 'UTC', where: {} };
    const { rows } = await warehouse.kpi(question, FULL_SCOPE);
    const calls = new Map(rows.map((row) => [String(row['tenant']), Number(row['offered'] ?? 0)]));
    for (const [tenant, count] of calls) if (count > 0) alive.add(tenant);
    for (const { tenant, direction } of Object.values(live?.state()?.campaigns ?? {})) if (direction === 'inbound') alive.add(tenant);
    const silent = [...alive].filter((tenant) => !calls.get(tenant));
    const usual = silent.length === 0 ? new Map<string, number | null>() : await expected.between(fromMs, now, 'tenant');
    const open = openThroughout(centre(), fromMs, now).tenants;
    return { tenants: [...alive].map((tenant) => ({ tenant, calls: calls.get(tenant) ?? 0, expected: usual.get(tenant) ?? null, open: open.has(tenant) })) };
  });
}

function rowsLateOn({ nowMs, live, warehouse, spool, filling }: Sources): Watching {
  let load = { mark: -1, seenMs: nowMs() };
  let unloadedSinceMs: number | null = null;
  return watching(rowsLate, async ({ limitSeconds }) => {
    if (!warehouse && !spool) return NO_WAREHOUSE;
    const now = nowMs();
    if (filling()) {
      load = { mark: -1, seenMs: now };
      unloadedSinceMs = null;
      return FILLING;
    }
    const [status, data] = [await spool?.status(), warehouse ? await warehouse.freshness({ ...FULL_SCOPE, tenants: [] }) : null];
    const state = live?.connected() ? live.state() : null;
    const changes = Object.values(state?.agents ?? {}).map(({ sinceMs }) => sinceMs);
    if (data && data.loadMark !== load.mark) {
      load = { mark: data.loadMark, seenMs: now };
      unloadedSinceMs = null;
    } else {
      const newest = changes.reduce((most, sinceMs) => Math.max(most, sinceMs), Number.NEGATIVE_INFINITY);
      if (newest > load.seenMs) unloadedSinceMs ??= Math.min(newest, now);
    }
    return {
      ageSeconds: data === null || data.dataAt === null ? null : (now - Date.parse(data.dataAt)) / 1000,
      active: changes.filter((sinceMs) => sinceMs > now - limitSeconds * 1000).length,
      unloadedSeconds: unloadedSinceMs === null ? 0 : (now - unloadedSinceMs) / 1000,
      waitingSeconds: status ? status.lagMs / 1000 : null,
    };
  });
}
