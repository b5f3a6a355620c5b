import { HAS_LEG } from '../../load/has-leg.ts';
import { LEGS } from '../../tables.ts';
import type { ClickHouseEngine } from '../engine.ts';
import type { DecidedLoad } from './ledger.ts';
import { instant } from './known.ts';
import { FATES, stagedName, writtenRows } from './rows.ts';
import { literal } from './sql-text.ts';
import { touched } from './touched.ts';

const ENTERED = 'addSeconds(c.started_at, greatest(c.ivr_s, 0))';

/**
 * One leg per call that reached a queue, or a person, made from the calls that this load writes: the visit to the first queue, with
 * its fate. Where a call was transferred its source does not say when: the whole talk is the first agent's.
 */
const LEG: Record<string, string> = {
  leg: '1', visit: '1', queue: 'c.first_queue', agent: 'c.first_agent',
  entered_at: ENTERED, started_at: ENTERED,
  answered_at: `CASE WHEN c.answered THEN addSeconds(${ENTERED}, c.wait_s) END`,
  left_at: `CASE WHEN c.row_state > 1 THEN addSeconds(${ENTERED}, c.wait_s + CASE WHEN c.answered THEN c.talk_s + c.hold_s ELSE 0 END) END`,
  outcome: `CASE WHEN c.closed THEN 'closed' WHEN c.answered THEN 'answered' WHEN c.abandoned THEN 'abandoned' WHEN c.overflowed THEN 'overflowed'
    WHEN c.no_agent THEN 'no-agent' WHEN c.row_state = 1 THEN 'in-progress' ELSE 'interrupted' END`,
  ring_s: 'c.accept_s', transferred: 'c.transferred', derived: 'true', extra: 'NULL',
};

/** A cluster would have each server write its own part, without the stage. */
const FROM_HERE = { parallel_distributed_insert_select: '0' } as const;

/**
 * Notes the days, takes away the derived legs of known calls that stand elsewhere now or nowhere, writes the new ones. What was
 * done before is not done again: what this load wrote has its mark, what it took away is not seen any more.
 */
export async function deriveLegs(engine: ClickHouseEngine, load: DecidedLoad, token: (step: string) => Record<string, string>): Promise<void> {
  const { mark, stage, source } = load;
  const written = `FROM ${stagedName(stage)} AS c WHERE ${writtenRows(stage)} AND ${HAS_LEG}`;
  if (load.updatedTogether > 0) {
    const near = load.keyHorizonDays === null ? '' : await nearStage(engine, stage, load.keyHorizonDays);
    const old = `FROM store.legs AS t WHERE ${near}t.derived AND t.load_mark < ${mark} AND (t.tenant, t.call_id) GLOBAL IN (SELECT tenant, call_id FROM ${stagedName(stage)} WHERE ${writtenRows(stage)})`;
    await engine.send({ sql: touched('legs', mark, `SELECT t.entered_at, t.started_at ${old}`), settings: FROM_HERE });
    await engine.send({
      sql: `INSERT INTO store.legs (tenant, call_id, leg, entered_at, started_at, row_state, source_sequence, load_mark, derived, is_deleted)
        SELECT t.tenant, t.call_id, t.leg, t.entered_at, t.started_at, t.row_state, t.source_sequence, ${mark}, true, 1 ${old}
          AND (t.tenant, t.call_id, t.leg, t.entered_at) GLOBAL NOT IN (SELECT c.tenant, c.call_id, 1, ${ENTERED} ${written})`,
      settings: FROM_HERE,
    });
  }
  await engine.execute({ sql: touched('legs', mark, `SELECT ${ENTERED} AS entered_at, ${ENTERED} AS started_at ${written}`) });
  const columns = LEGS.map(({ name }) => name);
  const values = columns.map((name) => (name === 'source' ? literal(source) : name === 'load_mark' ? String(mark) : LEG[name] ?? `c.${name}`));
  await engine.send({ sql: `INSERT INTO store.legs (${columns.join(', ')}) SELECT ${values.join(', ')} ${written}`, settings: token('legs') });
}

/** A leg begins after its call, by what the IVR took. Said in numbers: other servers of a cluster do not have the stage. */
async function nearStage(engine: ClickHouseEngine, stage: string, horizonDays: number): Promise<string> {
  const [times] = await engine.query<{ oldest: number | null; newest: number | null }>({ sql: `SELECT min(started_at) AS oldest, max(started_at) AS newest FROM ${stagedName(stage)} WHERE fate = ${FATES.good}` });
  const days = (count: number): number => count * 86_400_000;
  return `t.entered_at BETWEEN ${instant((times?.oldest ?? 0) - days(horizonDays))} AND ${instant((times?.newest ?? 0) + days(horizonDays + 1))} AND `;
}
