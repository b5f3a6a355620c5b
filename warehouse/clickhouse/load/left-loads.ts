import { setTimeout as pause } from 'node:timers/promises';
import type { LoadJob } from '../../warehouse.ts';
import type { ClickHouseEngine } from '../engine.ts';
import { completeLoad } from './complete.ts';
import { decidedLoads, recordDone } from './ledger.ts';
import type { DecidedLoad } from './ledger.ts';
import { stagedName } from './rows.ts';

/** As long as this a load may be another process's, which completes it itself. */
const ALIVE_MS = 60_000;
/** Those of this process. */
export const begunHere = new Set<string>();

/** Whether nobody else completes it. Should it be completed twice all the same, it is only work done twice. */
export function isLeft({ stage, files }: DecidedLoad, jobs: readonly LoadJob[]): boolean {
  return begunHere.has(stage) || stageAge(stage) > ALIVE_MS || files.some((file) => jobs.some(({ loadId }) => loadId === file.loadId));
}

/** Another process may complete it at the same time and take its stage away; then there is nothing left to do. */
export async function completeOrGone(engine: ClickHouseEngine, load: DecidedLoad): Promise<void> {
  await completeLoad(engine, load).catch(async (error: unknown) => {
    if (await isDecided(engine, load)) throw error;
  });
}

/** Should somebody have taken the stage away, nobody can complete the load: its files are still with their owner, and load anew. */
export async function completeLeft(engine: ClickHouseEngine, left: DecidedLoad): Promise<void> {
  await completeOrGone(engine, left).catch(async (error: unknown) => {
    const name = stagedName(left.stage).replace('.', '_');
    const there = await engine.query({ sql: 'SELECT 1 AS there FROM system.tables WHERE database = currentDatabase() AND name = $name', parameters: { name } });
    if (there.length > 0) throw error;
    await recordDone(engine, left);
  });
}

export async function isDecided(engine: ClickHouseEngine, { stage }: DecidedLoad): Promise<boolean> {
  return (await decidedLoads(engine)).some((load) => load.stage === stage);
}

const LOOK_EVERY_MS = 40;

/** Waits until a decided load is complete, or completes it where nobody else does. */
export async function completed(engine: ClickHouseEngine, load: DecidedLoad): Promise<void> {
  for (; await isDecided(engine, load); await pause(LOOK_EVERY_MS)) {
    if (isLeft(load, [])) await completeLeft(engine, load);
  }
}

/** Its name begins with the time that it was made at. */
export function stageAge(stage: string): number {
  return Date.now() - Number.parseInt(stage.split('_', 1)[0] ?? '', 36);
}
