import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildConfiguration } from '../../telephony/centre/build-configuration.ts';
import { startLiveFloor, type LiveFloor } from '../../telephony/centre/live-floor.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import type { EmittedRow, OdActionsRow } from '../../telephony/rows.ts';
import { toDimensions } from '../../warehouse/operational/dimensions.ts';
import { FULL_SCOPE, type KpiRow, type Warehouse } from '../../warehouse/warehouse.ts';
import { fillHistory } from '../history/fill.ts';
import { planHistory, readHistory, writeHistory } from '../history/history-file.ts';
import { RowFiles } from '../history/row-files.ts';
import { openLocalWarehouse } from '../local-warehouse.ts';

const SEED = 7;
const MINUTE_MS = 60_000;
/** Seconds of the floor in a second. */
const SPEED = 20;
const centre = loadCentre();
const configuration = buildConfiguration(centre);
const folder = mkdtempSync(join(tmpdir(), 'vigie-runs-'));
const iso = (ms: number): string => new Date(ms).toISOString();

/** What was written by one part: the history, or a run of the core. */
interface Part { name: string; fromMs: number; toMs: number; calls: Map<string, number>; actions: OdActionsRow[] }

let warehouse: Warehouse;
const parts: Part[] = [];

beforeAll(async () => {
  warehouse = await openLocalWarehouse({ dataDirectory: folder, memoryMb: 512, threads: 1 });
  await warehouse.syncDimensions(toDimensions(configuration));
  await liveThroughRuns();
}, 400_000);
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

function keep(part: Part): (emitted: EmittedRow) => void {
  return ({ kind, row }) => {
    if (kind === 'od-calls') part.calls.set(row.ID, Date.parse(`${row.CallUniversalTime.replace(' ', 'T')}Z`));
    if (kind === 'od-actions') part.actions.push({ ...row });
  };
}

/** A run of the core as the program starts it; its rows go to the warehouse. `die` forgets what is not yet written, as kill -9 does. */
async function startRun(nowMs: number): Promise<{ floor: LiveFloor; load: () => Promise<void>; end: () => Promise<void>; die: () => Promise<void> }> {
  const { dataAt } = await warehouse.freshness(FULL_SCOPE);
  const part: Part = { name: `run ${parts.length}`, fromMs: 0, toMs: 0, calls: new Map(), actions: [] };
  const files = new RowFiles({ folder: join(folder, 'imports'), loadId: part.name, source: 'core', warehouse });
  const kept = keep(part);
  let dead = false;
  const floor = await startLiveFloor({
    centre, seed: SEED, nowMs, speed: SPEED, notBeforeMs: dataAt === null ? 0 : Date.parse(dataAt),
    configuration: { load: () => Promise.resolve(configuration), subscribe: () => () => undefined },
    rows: (emitted) => {
      if (dead) return;
      kept(emitted);
      files.sink(emitted);
    },
  });
  part.fromMs = floor.startedMs;
  parts.push(part);
  const load = (): Promise<void> => files.load({ all: true });
  return {
    floor, load,
    async end() {
      floor.stop();
      part.toMs = floor.nowMs();
      await load();
    },
    async die() {
      dead = true;
      part.toMs = floor.nowMs();
      floor.stop();
      await load();
    },
  };
}

/** First start with its history, interrupted and gone on with; a restart; a death and one more start. */
async function liveThroughRuns(): Promise<void> {
  const first = await startRun(Date.parse('2026-03-03T07:00:00Z'));
  await first.load();
  const plan = planHistory(first.floor.startedMs, 1, SEED);
  writeHistory(folder, plan);
  const fill = async (mostDays: number): Promise<void> => {
    const history = readHistory(folder);
    if (!history) throw new Error('no history');
    let asked = 0;
    await fillHistory({
      dataDirectory: folder, folder: join(folder, 'imports'), centre, configuration, history, warehouse,
      onProgress: () => undefined,
      stopped: () => {
        asked += 1;
        return asked > mostDays;
      },
    });
  };
  const filling = fill(1);
  for (let full = false; !full;) {
    full = await Promise.race([filling.then(() => true), pause(1000, false)]);
    await first.load();
  }
  await first.end();

  const second = await startRun(first.floor.nowMs() + 5 * MINUTE_MS);
  // It died between a day's load and its mark in the file: the day comes again.
  writeHistory(folder, { ...plan, done: [] });
  await fill(2);
  await second.load();
  await second.die();

  const third = await startRun(second.floor.nowMs() + MINUTE_MS);
  await pause(1000);
  await third.end();
}

async function kpi(measures: string[], by: ('agent' | 'day' | '1min' | 'queue')[]): Promise<KpiRow[]> {
  const { rows } = await warehouse.kpi({ measures, by, from: '2026-03-01', to: '2026-03-05', zone: 'UTC', where: {} }, FULL_SCOPE);
  return rows;
}

describe('history, live floor and restarts', () => {
  test('no call is lost and none is there twice', async () => {
    const ids = parts.flatMap(({ calls }) => [...calls.keys()]);
    expect(new Set(ids).size).toBe(ids.length);
    const { calls: stored, historyFrom } = await warehouse.freshness(FULL_SCOPE);
    const history = stored - ids.length;
    expect(history).toBeGreaterThan(8_000);
    expect(historyFrom?.slice(0, 10)).toBe('2026-03-02');
    const [row] = await kpi(['offered', 'dial-attempts'], []);
    expect(Number(row?.['offered']) + Number(row?.['dial-attempts'])).toBe(stored);
    expect(Number(row?.['dial-attempts'])).toBeGreaterThan(3_000);
  });

  test('today is whole: the history ends where the floor begins, a restart where the run before ended', async () => {
    const [first, second, third] = parts;
    if (!first || !second || !third) throw new Error('no runs');
    for (const part of parts) for (const startedMs of part.calls.values()) expect(startedMs).toBeGreaterThanOrEqual(part.fromMs);
    expect(second.fromMs).toBe(first.toMs);
    expect(third.fromMs).toBeLessThanOrEqual(second.toMs);
    expect(second.toMs - third.fromMs).toBeLessThan(MINUTE_MS);
    const minutes = (await warehouse.kpi({ measures: ['offered'], by: ['1min'], from: iso(first.fromMs - 20 * MINUTE_MS), to: iso(third.toMs), zone: 'UTC', where: {} }, FULL_SCOPE)).rows.map((row) => Number(row['offered']));
    // Some forty calls a minute at this time of the day; the seconds in which a history's day ends leave no hole of a minute.
    expect(Math.min(...minutes.slice(0, -1))).toBeGreaterThan(0);
    expect(Math.max(...minutes)).toBeLessThan(3 * (minutes.reduce((sum, count) => sum + count, 0) / minutes.length));
  });

  test('no agent is in two states at once, over all runs', () => {
    const spans = parts.flatMap(({ name, actions }) => actions.filter(({ Duration }) => Duration > 0).map((action) => {
      const fromMs = instantOf(action.ActionUniversalTimeString);
      return { name, agent: action.OriginatorID, fromMs, toMs: fromMs + action.Duration };
    })).toSorted((a, b) => a.agent - b.agent || a.fromMs - b.fromMs);
    const overlaps = spans.filter((span, index) => {
      const next = spans[index + 1];
      return next?.agent === span.agent && next.fromMs < span.toMs;
    });
    expect(overlaps).toEqual([]);
  });

  test("agents' states add up to logged time, and logged time to their sessions", async () => {
    const STATES = ['ready-time', 'ringing-time', 'talk-time', 'hold-time', 'wrapup-time', 'pause-time', 'dialing-time'];
    const rows = await kpi(['logged-time', ...STATES], ['agent', 'day']);
    expect(rows.length).toBeGreaterThan(100);
    for (const row of rows) {
      const sum = STATES.reduce((total, state) => total + Number(row[state]), 0);
      expect({ row, near: Math.abs(sum - Number(row['logged-time'])) < 1e-6 }).toEqual({ row, near: true });
    }
    const quarters = await warehouse.kpi({ measures: ['logged-time'], by: ['agent', '15min'], from: '2026-03-02', to: '2026-03-04', zone: 'UTC', where: {} }, FULL_SCOPE);
    expect(quarters.rows.filter((row) => Number(row['logged-time']) > 900)).toEqual([]);
    // A session that ended: from login to logout, to the millisecond.
    const sessions = new Map<string, { states: number; marks: number[] }>();
    for (const { SessionId, State, Duration, ActionUniversalTimeString } of parts.flatMap(({ actions }) => actions)) {
      const session = sessions.get(SessionId) ?? { states: 0, marks: [] };
      sessions.set(SessionId, session);
      if (State === 0) session.marks.push(instantOf(ActionUniversalTimeString));
      session.states += Duration;
    }
    const ended = [...sessions.values()].filter(({ marks }) => marks.length === 2);
    expect(ended.length).toBeGreaterThan(30);
    for (const { states, marks: [login = 0, logout = 0] } of ended) expect(states).toBe(logout - login);
  });
});

function instantOf(compact: string): number {
  const [, year, month, day, hour, minute, second, ms] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(compact) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
}
