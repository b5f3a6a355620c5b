import type { KpiQuery } from '../../../warehouse/warehouse.ts';
import { FULL_SCOPE } from '../../../warehouse/warehouse.ts';
import { watching, type Unseen, type Watching } from '../detectors/detector.ts';
import { noRows } from '../detectors/no-rows.ts';
import { rowsLate } from '../detectors/rows-late.ts';
import { openThroughout, type ExpectedCalls } from './expected-calls.ts';
import type { Sources } from './sources.ts';

const NO_WAREHOUSE: Unseen = { unseen: 'not-configured', reason: 'no-warehouse' };
const FILLING: Unseen = { unseen: 'waiting', reason: 'first-history' };
const MINUTE_MS = 60_000;
/** What waits longer to be loaded is our own delay, and no silence of the source. */
const OWN_DELAY_MS = 60_000;

/** After its last change a floor counts as one that goes on. */
const LIVELY_MS = 30_000;

/** Detectors that look at the rows: whether they come, and how late. */
export function rowDetectors(sources: Sources, expected: ExpectedCalls | null): Watching[] {
  const loads = followLoads(sources);
  return [noRowsOn(sources, expected, loads), rowsLateOn(sources, loads)];
}

function noRowsOn({ nowMs, centre, live, warehouse, spool, filling }: Sources, expected: ExpectedCalls | null, loads: Loads): Watching {
  const beganMs = nowMs();
  /** A tenant whose calls come by files has none in the last minutes, ever. */
  const alive = new Set<string>();
  return watching(noRows, async ({ windowMinutes }) => {
    if (!warehouse || !expected) return NO_WAREHOUSE;
    if (filling()) return FILLING;
    const now = nowMs();
    const fromMs = now - windowMinutes * MINUTE_MS;
    if (beganMs > fromMs) return { unseen: 'waiting', reason: 'just-started', minutes: windowMinutes };
    const status = await spool?.status();
    // With another process's spool, what the floor does says whether rows wait somewhere.
    const delayMs = Math.max(status?.lagMs ?? 0, (await loads.look()).unloadedSeconds * 1000);
    if (delayMs > OWN_DELAY_MS) return { unseen: 'waiting', reason: 'rows-waiting' };
    const question: KpiQuery = { measures: ['offered'], by: ['tenant'], from: new Date(fromMs).toISOString(), to: new Date(now).toISOString(), zone: 'UTC', where: {} };
    const { rows } = await warehouse.kpi(question, FULL_SCOPE);
    const calls = new Map(rows.map((row) => [String(row['tenant']), Number(row['offered'] ?? 0)]));
    for (const [tenant, count] of calls) if (count > 0) alive.add(tenant);
    for (const { tenant, direction } of Object.values(live?.state()?.campaigns ?? {})) if (direction === 'inbound') alive.add(tenant);
    const silent = [...alive].filter((tenant) => !calls.get(tenant));
    const usual = silent.length === 0 ? new Map<string, number | null>() : await expected.between(fromMs, now, 'tenant');
    const open = openThroughout(centre(), fromMs, now).tenants;
    const names = new Map(centre().tenants.map(({ id, name }) => [id, name]));
    return { tenants: [...alive].map((tenant) => ({ tenant, name: names.get(tenant) ?? tenant, calls: calls.get(tenant) ?? 0, expected: usual.get(tenant) ?? null, open: open.has(tenant) })) };
  });
}

function rowsLateOn({ nowMs, warehouse, spool, filling }: Sources, loads: Loads): Watching {
  return watching(rowsLate, async ({ limitSeconds }) => {
    if (!warehouse && !spool) return NO_WAREHOUSE;
    if (filling()) {
      loads.forget();
      return FILLING;
    }
    const [status, { dataAt, changes, unloadedSeconds }] = await Promise.all([spool?.status(), loads.look()]);
    const now = nowMs();
    return {
      ageSeconds: dataAt === null ? null : (now - Date.parse(dataAt)) / 1000,
      active: changes.filter((sinceMs) => sinceMs > now - limitSeconds * 1000).length,
      unloadedSeconds,
      waitingSeconds: status ? status.lagMs / 1000 : null,
    };
  });
}

interface Loads {
  /** The newest event that is loaded, when each agent changed its state, and for how long agents have gone on changing theirs without any load. */
  look(): Promise<{ dataAt: string | null; changes: number[]; unloadedSeconds: number }>;
  /** What was seen so far says nothing. */
  forget(): void;
}

/** Whether what happens on the floor is loaded: each change of an agent's state makes a row. */
function followLoads({ nowMs, live, warehouse }: Pick<Sources, 'nowMs' | 'live' | 'warehouse'>): Loads {
  let load = { mark: -1, seenMs: nowMs() };
  let unloadedSinceMs: number | null = null;
  return {
    async look() {
      const data = warehouse ? await warehouse.freshness({ ...FULL_SCOPE, tenants: [] }) : null;
      const now = nowMs();
      const changes = Object.values(live?.state()?.agents ?? {}).map(({ sinceMs }) => sinceMs);
      const newest = changes.reduce((most, sinceMs) => Math.max(most, sinceMs), Number.NEGATIVE_INFINITY);
      if (data && data.loadMark !== load.mark) {
        load = { mark: data.loadMark, seenMs: now };
        unloadedSinceMs = null;
      } else if (newest > load.seenMs) unloadedSinceMs ??= Math.min(newest, now);
      // A floor that has fallen silent makes no rows: its last change may never be sent.
      const untilMs = Math.min(now, newest + LIVELY_MS);
      return { dataAt: data?.dataAt ?? null, changes: live?.connected() ? changes : [], unloadedSeconds: unloadedSinceMs === null ? 0 : Math.max(0, untilMs - unloadedSinceMs) / 1000 };
    },
    forget() {
      load = { mark: -1, seenMs: nowMs() };
      unloadedSinceMs = null;
    },
  };
}
