import type { Engine } from '../../engine.ts';
import { HAS_LEG } from '../../load/has-leg.ts';
import { LEGS } from '../../tables.ts';
import { insertUnordered } from './row-order.ts';
import { STAGE } from './stage.ts';
import { stagedRows, touched } from './upsert.ts';

/**
 * One leg per call that reached a queue, or a person, made from the calls that this load writes: the visit to the first queue, with
 * its fate. Where a call was transferred its source does not say when: the whole talk is the first agent's.
 */
const LEG: Record<string, string> = {
  leg: '1', visit: '1', queue: 'c.first_queue', agent: 'c.first_agent',
  entered_at: ENTERED(), started_at: ENTERED(),
  answered_at: `CASE WHEN c.answered THEN ${ENTERED()} + to_seconds(c.wait_s) END`,
  left_at: `CASE WHEN c.row_state > 1 THEN ${ENTERED()} + to_seconds(c.wait_s + CASE WHEN c.answered THEN c.talk_s + c.hold_s ELSE 0 END) END`,
  outcome: `CASE WHEN c.closed THEN 'closed' WHEN c.answered THEN 'answered' WHEN c.abandoned THEN 'abandoned' WHEN c.overflowed THEN 'overflowed'
    WHEN c.no_agent THEN 'no-agent' WHEN c.row_state = 1 THEN 'in-progress' ELSE 'interrupted' END`,
  ring_s: 'c.accept_s', transferred: 'c.transferred', derived: 'true', extra: 'NULL',
};

function ENTERED(): string {
  return '(c.started_at + to_seconds(greatest(c.ivr_s, 0)))';
}

/** Replaces the derived legs of the calls that this load wrote. */
export async function deriveLegs(engine: Pick<Engine, 'query' | 'execute'>, { mark, source, updated, horizonDays }: { mark: number; source: string; updated: number; horizonDays: number | null }): Promise<void> {
  if (updated > 0) {
    // A leg begins after its call, by what the IVR took.
    const near = horizonDays === null ? '' : `t.started_at >= (SELECT min(started_at) FROM ${STAGE}) - INTERVAL ${Math.trunc(horizonDays)} DAY AND t.started_at <= (SELECT max(started_at) FROM ${STAGE}) + INTERVAL ${Math.trunc(horizonDays) + 1} DAY AND `;
    const old = `FROM store.legs t WHERE ${near}t.derived AND (t.tenant, t.call_id) IN (SELECT (tenant, call_id) FROM ${STAGE})`;
    await engine.execute({ sql: touched('legs', `SELECT * ${old}`), parameters: { mark } });
    await engine.execute({ sql: `DELETE ${old}` });
  }
  // The stage holds just the calls that were written, and many threads read it; the table's own rows of this transaction only one.
  const written = `FROM (${stagedRows('calls', ['caller_key'])}) c WHERE ${HAS_LEG}`;
  const columns = LEGS.map(({ name }) => `${LEG[name] ?? `c.${name}`} AS ${name}`);
  await insertUnordered(engine, { sql: `INSERT INTO store.legs SELECT ${columns.join(', ')} ${written}`, parameters: { mark, source } });
  const days = `SELECT ${LEG['entered_at']} AS entered_at, ${LEG['started_at']} AS started_at FROM ${STAGE} c WHERE ${HAS_LEG}`;
  await engine.execute({ sql: touched('legs', days), parameters: { mark } });
}
