import { randomBytes } from 'node:crypto';
import type { LoadPlan } from '../../load-plan.ts';
import type { LoadJob } from '../../warehouse.ts';
import type { ClickHouseEngine } from '../engine.ts';
import { dropStage } from './complete.ts';
import { countsAndTimes, countStaged } from './counts.ts';
import { noteKnown, noteSuperseded } from './known.ts';
import { completeMark, nextMark, recordDecided } from './ledger.ts';
import type { DecidedLoad } from './ledger.ts';
import { begunHere, completed } from './left-loads.ts';
import { overtaking } from './overtaking.ts';
import { knownName, stageTables } from './rows.ts';
import { paceOf, stageFile } from './stage.ts';
import { takeTurn } from './turn.ts';

export interface LoadContext {
  engine: ClickHouseEngine; plan: LoadPlan; callerKeySecret: string;
  /** See `stageFile`. */
  rangeBytes?: number;
  /** See `takeTurn`. */
  turnMs?: number;
}

export interface Surroundings { tenants: { customerNumber: number; tenant: string }[]; processors: number }

/**
 * Stages files, compares their rows with what is there, and decides. Loads of other processes stage and compare at the same time: with
 * the turn it is certain which of them came between, and where they tell of the same rows, these are compared again before anybody else decides.
 */
export async function decide({ engine, plan, rangeBytes, turnMs }: LoadContext, { tenants, processors }: Surroundings, jobs: LoadJob[]): Promise<DecidedLoad> {
  const stage = `${Date.now().toString(36)}_${randomBytes(6).toString('hex')}`;
  begunHere.add(stage);
  try {
    const tables = stageTables(stage, plan.target);
    await Promise.all([engine.execute({ sql: tables.staged }), engine.execute({ sql: tables.known })]);
    const pace = paceOf(processors);
    const staged = await Promise.allSettled(jobs.map((job, part) => stageFile(engine, { plan, file: job.file, part, stage, jobTenant: job.tenant ?? '', tenants, pace, ...rangeBytes === undefined ? {} : { rangeBytes } })));
    for (const one of staged) if (one.status === 'rejected') throw one.reason;
    const [counted, seen] = await Promise.all([countStaged(engine, stage, plan.target), completeMark(engine)]);
    const times = { oldest: Math.min(...counted.map((one) => one.oldest ?? Infinity)), newest: Math.max(...counted.map((one) => one.newest ?? -Infinity)) };
    const compare = async (): Promise<Omit<DecidedLoad, 'mark'>> => {
      if (times.oldest <= times.newest) {
        // Counted together: the same call may stand in two files.
        if (counted.some(({ keys, good }) => keys < good) || counted.length > 1) await noteSuperseded(engine, stage, plan.target);
        await noteKnown(engine, stage, plan, times);
      }
      return countsAndTimes(engine, { plan, jobs, stage, counted });
    };
    let compared = await compare();
    const turn = await takeTurn(engine, stage, turnMs);
    const mark = await nextMark(engine);
    if (mark - 1 > seen && times.oldest <= times.newest) {
      const others = await overtaking(engine, { stage, plan, times, seen });
      if (others.there || others.underWay.length > 0) {
        compared = await turn.during(async () => {
          for (const load of others.underWay) await completed(engine, load);
          await engine.execute({ sql: `TRUNCATE TABLE ${knownName(stage)}` });
          return compare();
        });
      }
    }
    const load = { ...compared, mark };
    await recordDecided(engine, load, turn);
    return load;
  } catch (error) {
    await dropStage(engine, stage).catch(() => {});
    // Nobody knows whether the decision arrived; if it did, its stage is gone and the load begins anew.
    throw error;
  }
}
