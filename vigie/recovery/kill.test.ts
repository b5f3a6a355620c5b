import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { END_REASONS } from '../../telephony/rows.ts';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import { writeBusyCentre } from '../fixtures/busy-centre.ts';
import { endKillables, startKillable, type Killable } from '../fixtures/killable.ts';
import { readCheckpoint } from './checkpoint.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-killed-'));
const KILLS = 3;
const centreFile = join(folder, 'centre.json');
writeBusyCentre(centreFile, 15);
let program: Killable | null = null;
afterAll(() => {
  endKillables();
  rmSync(folder, { recursive: true, force: true });
});

/** Gives when its rows begin. */
async function startFloor(): Promise<number> {
  program = startKillable(new URL('../fixtures/floor-process.ts', import.meta.url), folder, centreFile);
  return Number((await program.line()).split(' ')[1]);
}

async function endFloor(signal: NodeJS.Signals): Promise<void> {
  await program?.end(signal);
  program = null;
}

test(`a floor that is killed ${KILLS} times leaves nothing in progress`, async () => {
  const starts: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    starts.push(await startFloor());
    // Before the first checkpoint, between two, at any moment of the loader.
    await pause([300, 3500, 2500][kill] ?? 1000);
    if (kill < KILLS - 1) await endFloor('SIGKILL');
  }
  // A checkpoint may be old on a busy machine: what has been lived since then is not cut by it.
  const last = readCheckpoint(folder, (message) => { throw new Error(message); });
  expect(last?.rows.length).toBeGreaterThan(0);
  await pause(2500);
  await endFloor('SIGKILL');
  // What a checkpoint does not know of calls is ended by what the warehouse knows.
  writeFileSync(join(folder, 'floor-checkpoint.json'), JSON.stringify({ ...last, rows: last?.rows.filter(({ kind }) => kind === 'od-actions') }));
  starts.push(await startFloor());
  await pause(500);
  await endFloor('SIGTERM');
  expect(existsSync(join(folder, 'floor-checkpoint.json'))).toBe(false);

  const engine = openDuckDb({ path: join(folder, 'warehouse.duckdb'), threads: 1 });
  const one = async (sql: string): Promise<unknown> => (await engine.query({ sql }))[0];
  expect(await one('SELECT count(*) FILTER (WHERE row_state = 1)::INTEGER AS running, count(*) FILTER (WHERE started_at IS NULL)::INTEGER AS lost FROM store.calls')).toEqual({ running: 0, lost: 0 });
  expect(await one('SELECT count(*)::INTEGER AS running FROM store.legs WHERE row_state = 1')).toEqual({ running: 0 });
  expect(await one('SELECT count(*)::INTEGER AS quarantined FROM store.quarantine')).toEqual({ quarantined: 0 });
  // Each kill cut calls short, and of these some had been answered; none of them abandoned.
  const cut = await one(`SELECT count(*)::INTEGER AS calls, count(*) FILTER (WHERE answered)::INTEGER AS answered, count(*) FILTER (WHERE abandoned OR closed OR no_agent)::INTEGER AS flagged,
    count(*) FILTER (WHERE answered AND talk_s + hold_s > duration_s)::INTEGER AS beyond FROM store.calls WHERE end_reason = ${END_REASONS.interrupted}`);
  expect(cut).toMatchObject({ flagged: 0, beyond: 0 });
  expect(z.object({ calls: z.number().min(20), answered: z.number().min(3) }).safeParse(cut)).toMatchObject({ success: true });
  expect(await one("SELECT count(*) > 3 AS waited FROM store.legs WHERE outcome = 'interrupted' AND answered_at IS NULL")).toEqual({ waited: true });
  // Whoever talked has talked: the leg's talk is that of the call.
  expect(await one(`SELECT count(*)::INTEGER AS different FROM store.calls c JOIN (SELECT tenant, call_id, sum(talk_s) AS talk_s, count(*) AS legs FROM store.legs GROUP BY ALL) l USING (tenant, call_id)
    WHERE c.end_reason = ${END_REASONS.interrupted} AND l.legs = 1 AND abs(c.talk_s - l.talk_s) > 1`)).toEqual({ different: 0 });
  // Agents: from login to logout without overlap, and no run reaches into the next. Of who logged in a moment before a kill only the login is known.
  expect(await one(`SELECT count(*)::INTEGER AS overlaps FROM (SELECT started_at, lag(started_at + to_milliseconds(duration_ms)) OVER (PARTITION BY tenant, agent ORDER BY started_at, duration_ms) AS before
    FROM store.agent_states) WHERE started_at < before`)).toEqual({ overlaps: 0 });
  expect(await one(`SELECT count(*)::INTEGER AS open FROM (SELECT session_id, count(*) FILTER (WHERE state = 'logged_out') AS ends, max(started_at + to_milliseconds(duration_ms)) > min(started_at) AS lived
    FROM store.agent_states GROUP BY ALL) WHERE ends < 2 AND lived`)).toEqual({ open: 0 });
  expect(starts.every((start, i) => i === 0 || start >= (starts[i - 1] ?? 0))).toBe(true);
  await engine.close();
}, 120_000);
