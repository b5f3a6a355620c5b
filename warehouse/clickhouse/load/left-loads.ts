import { setTimeout as pause } from 'node:timers/promises';
import type { LoadJob } from '../../warehouse.ts';
import type { ClickHouseEngine } from '../engine.ts';
import { completeLoad, dropStage } from './complete.ts';
import { decidedLoads, recordDone } from './ledger.ts';
import type { DecidedLoad } from './ledger.ts';
import { knownName, stagedName } from './rows.ts';

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

/** Should somebody have taken the stage away, or half of it, nobody can complete the load: it is complete, or its files are still with their owner and load anew. */
export async function completeLeft(engine: ClickHouseEngine, left: DecidedLoad): Promise<void> {
  await completeOrGone(engine, left).catch(async (error: unknown) => {
    const names = [stagedName(left.stage), knownName(left.stage)].map((name) => name.replace('.', '_'));
    const there = await engine.query({ sql: 'SELECT name FROM system.tables WHERE database = currentDatabase() AND name = ANY($names)', parameters: { names } });
    if (there.length === names.length) throw error;
    await recordDone(engine, left);
    await dropStage(engine, left.stage);
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
