import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ClickHouseEngine } from '../engine.ts';
import { DONE_KEPT } from './ledger.ts';

/** From the taking of a turn to the decision are a few short statements: whoever takes this long, and does not say that he goes on, decides no more. */
const TURN_MS = 20_000;
const LOOK_EVERY_MS = 40;

/** A place in the order of decisions. */
export interface Turn {
  /** SQL that is true while the decision may still be taken. */
  readonly holds: string;
  /** Keeps the place for as long as work before the decision takes. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

/** Whose turns count: works of one kind are done one after the other, those of two kinds at once. */
interface Kind { others: string; /** SQL: stages of this kind whose turn is over. */ over: string }

const LOADS: Kind = {
  others: "NOT startsWith(stage, 'alone/') AND NOT startsWith(stage, 'over/')",
  // A turn is of the last seconds, and so is its mark.
  over: `SELECT stage FROM store.decided_loads WHERE load_mark >= (SELECT max(load_mark) FROM store.state) - ${DONE_KEPT}`,
};

/**
 * Waits until no load that came before is between its turn and its decision, so that loads of several processes decide one after the
 * other and each sees the mark of the one before. There are no locks here; but the server numbers the blocks that it takes, and
 * whoever comes later sees the numbers before. A turn ends with its load's decision or, should its process have died, by its age:
 * half as long again as anybody may decide, by the server's clock.
 */
export async function takeTurn(engine: ClickHouseEngine, stage: string, turnMs = TURN_MS, { others, over }: Kind = LOADS): Promise<Turn> {
  for (;;) {
    await engine.execute({ sql: `INSERT INTO store.turns (stage, taken_at) SELECT '${stage}', now64(3)` });
    const own = `(SELECT max(_block_number) FROM store.turns WHERE stage = '${stage}')`;
    // Whoever has waited long takes a new turn, which ends later.
    for (const until = Date.now() + turnMs / 2; Date.now() < until; await pause(LOOK_EVERY_MS)) {
      const before = await engine.ask({
        sql: `SELECT 1 AS there FROM store.turns WHERE _block_number < ${own} AND stage <> '${stage}' AND ${others} AND ${younger(turnMs * 1.5)} AND stage NOT IN (${over}) LIMIT 1`,
        // Also those that are done.
        settings: { final: 0 },
      });
      if (before.length === 0) return turnOf(engine, stage, turnMs);
    }
  }
}

/**
 * Does a work that no other process may do at the same time, such as closing days. `work` is told SQL that is true while it is alone: the
 * statement that makes visible what it did wants it as a condition. What a process that died has left running on the server is ended first.
 * @param what a word of small letters: the `queryId` of the work's statements.
 */
export async function alone<T>(engine: ClickHouseEngine, what: string, work: (holds: string) => Promise<T>, turnMs = TURN_MS): Promise<T> {
  const id = `${what}/${Date.now().toString(36)}_${randomBytes(6).toString('hex')}`;
  const others = `startsWith(stage, 'alone/${what}/')`;
  const turn = await takeTurn(engine, `alone/${id}`, turnMs, { others, over: `SELECT concat('alone/', substring(stage, 6)) FROM store.turns WHERE startsWith(stage, 'over/${what}/')` });
  try {
    return await turn.during(async () => {
      await endLeft(engine, what);
      return work(turn.holds);
    });
  } finally {
    // Without it the turn is over by its age.
    await engine.execute({ sql: `INSERT INTO store.turns (stage, taken_at) SELECT 'over/${id}', now64(3)` }).catch(() => {});
  }
}

/** A statement that writes goes on when its connection ends. */
async function endLeft(engine: ClickHouseEngine, what: string): Promise<void> {
  const left = await engine.query<{ id: string }>({ sql: "SELECT query_id AS id FROM system.processes WHERE user = currentUser() AND current_database = currentDatabase() AND JSONExtractString(Settings['log_comment'], 'query') = $what", parameters: { what } });
  if (left.length > 0) await engine.execute({ sql: 'KILL QUERY WHERE query_id = ANY($ids) SYNC', parameters: { ids: left.map(({ id }) => id) } });
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
