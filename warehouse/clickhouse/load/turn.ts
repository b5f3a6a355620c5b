import { setTimeout as pause } from 'node:timers/promises';
import type { ClickHouseEngine } from '../engine.ts';

/** From the taking of a turn to the decision are a few short statements: one that takes this long, and does not say that it goes on, decides no more. */
const TURN_MS = 20_000;
const LOOK_EVERY_MS = 40;

/** A place in the order of decisions. */
export interface Turn {
  /** SQL that is true while the decision may still be taken. */
  readonly holds: string;
  /** Keeps the place for as long as work before the decision takes. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Waits until no load that came before is between its turn and its decision, so that loads of several processes decide one after the
 * other and each sees the mark of the one before. There are no locks here; but the server numbers the blocks that it takes, and
 * whoever comes later sees the numbers before. A turn ends with its load's decision or, should its process have died, by its age:
 * half as long again as anybody may decide, by the server's clock.
 */
export async function takeTurn(engine: ClickHouseEngine, stage: string, turnMs = TURN_MS): Promise<Turn> {
  for (;;) {
    await engine.execute({ sql: `INSERT INTO store.turns (stage, taken_at) SELECT '${stage}', now64(3)` });
    const own = `(SELECT max(_block_number) FROM store.turns WHERE stage = '${stage}')`;
    // Whoever has waited long takes a new turn, which ends later.
    for (const until = Date.now() + turnMs / 2; Date.now() < until; await pause(LOOK_EVERY_MS)) {
      const before = await engine.ask({
        sql: `SELECT 1 AS there FROM store.turns WHERE _block_number < ${own} AND stage <> '${stage}' AND ${younger(turnMs * 1.5)} AND stage NOT IN (SELECT stage FROM store.decided_loads) LIMIT 1`,
        // Also those that are done.
        settings: { final: 0 },
      });
      if (before.length === 0) return turnOf(engine, stage, turnMs);
    }
  }
}

function turnOf(engine: ClickHouseEngine, stage: string, turnMs: number): Turn {
  const holds = `(SELECT count(*) FROM store.turns WHERE stage = '${stage}' AND ${younger(turnMs)}) > 0`;
  return {
    holds,
    async during(work) {
      // Only while it holds: somebody may have taken a turn that was over. Who waits takes new turns so often that it sees these.
      const keeping = setInterval(() => void engine.execute({ sql: `INSERT INTO store.turns (stage, taken_at) SELECT '${stage}', now64(3) WHERE ${holds}` }).catch(() => {}), turnMs / 4);
      try {
        return await work();
      } finally {
        clearInterval(keeping);
      }
    },
  };
}

function younger(ms: number): string {
  return `taken_at > now64(3) - toIntervalMillisecond(${Math.round(ms)})`;
}
