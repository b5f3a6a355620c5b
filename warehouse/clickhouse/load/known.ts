import { KEYS } from '../../load-plan.ts';
import type { LoadPlan, LoadTarget } from '../../load-plan.ts';
import { CONTENT, FROZEN } from '../../load/targets.ts';
import type { ClickHouseEngine } from '../engine.ts';
import { FATES, knownName, PLACE, stagedName } from './rows.ts';

/** What `newer` says of a staged row: nothing new, the same version (not written), a newer one, the same version with other content (written: it arrived later). */
const NEWER = { superseded: -2, older: -1, same: 0, newer: 1, different: 2 } as const;
/** The old row of a known one as its table has it; other tables have other columns. */
const OLD: Record<LoadTarget, Record<'started_at' | 'entered_at' | 'duration_ms', string>> = {
  calls: { started_at: 't.started_at', entered_at: 't.started_at', duration_ms: '0' },
  legs: { started_at: 't.started_at', entered_at: 't.entered_at', duration_ms: '0' },
  agent_states: { started_at: 't.started_at', entered_at: 't.started_at', duration_ms: 't.duration_ms' },
};

export interface StagedTimes { oldest: number; newest: number }

/** Of rows with the same key in one stage only the newest version counts (the later line of two equal ones). */
export async function noteSuperseded(engine: ClickHouseEngine, stage: string, target: LoadTarget): Promise<void> {
  const key = KEYS[target].join(', ');
  await engine.execute({
    sql: `INSERT INTO ${knownName(stage)} (part, line, newer) SELECT part, line, ${NEWER.superseded}
      FROM (SELECT part, line, row_number() OVER (PARTITION BY ${key} ORDER BY row_state DESC, source_sequence DESC, part DESC, line DESC) AS place FROM ${stagedName(stage)} WHERE fate = ${FATES.good}) WHERE place > 1`,
  });
}

/**
 * Finds the rows that are there already, and says of each whether the stage's version is to be written. The stage's own
 * superseded versions are known already. The stage is on the server that is asked, rows may be on all of them: GLOBAL tells
 * them what to look for.
 */
export async function noteKnown(engine: ClickHouseEngine, stage: string, plan: LoadPlan, times: StagedTimes): Promise<void> {
  const { target, keyHorizonDays } = plan;
  // The first import of all finds this out sooner than by joining nothing with everything.
  if (keyHorizonDays === null && (await engine.query({ sql: `SELECT 1 AS there FROM store.${target} LIMIT 1` })).length === 0) return;
  const near = nearby(plan, times);
  const key = KEYS[target];
  const good = `FROM ${stagedName(stage)} WHERE fate = ${FATES.good}`;
  const join = key.map((name) => `s.${name} = t.${name}`).join(' AND ');
  await engine.execute({
    sql: `INSERT INTO ${knownName(stage)} SELECT s.part, s.line, multiIf((s.row_state, s.source_sequence) > (t.row_state, t.source_sequence), ${NEWER.newer}, (s.row_state, s.source_sequence) = (t.row_state, t.source_sequence), ${NEWER.same}, ${NEWER.older}),
        t.row_state, t.source_sequence, ${OLD[target].started_at}, ${OLD[target].entered_at}, ${OLD[target].duration_ms}
      FROM (SELECT part, line, row_state, source_sequence, ${key.join(', ')} ${good} AND (part, line) NOT IN (SELECT part, line FROM ${knownName(stage)})) AS s
      INNER JOIN (SELECT ${key.join(', ')}, row_state, source_sequence, ${[...new Set(Object.values(OLD[target]))].filter((sql) => sql.startsWith('t.') && !key.includes(sql.slice(2))).map((sql) => `${sql}, `).join('')}1 AS one
        FROM store.${target} AS t PREWHERE ${near} AND ${tupleOf(key)} GLOBAL IN (SELECT ${key.join(', ')} ${good})) AS t ON ${join}`,
  });
  const [same] = await engine.query<{ n: number }>({ sql: `SELECT count(*) AS n FROM ${knownName(stage)} WHERE newer = ${NEWER.same}` });
  if (same === undefined || same.n === 0) return;
  const said = CONTENT[target].filter(({ name }) => !FROZEN.includes(name) && (name !== 'caller_key' || Object.hasOwn(plan.columns, name)));
  const hash = `cityHash64(${said.map(({ name }) => `ifNull(toString(${name}), '\\0')`).join(', ')})`;
  const alike = `(part, line) IN (SELECT part, line FROM ${knownName(stage)} WHERE newer = ${NEWER.same})`;
  await engine.execute({
    sql: `INSERT INTO ${knownName(stage)} SELECT k.part, k.line, ${NEWER.different}, k.old_row_state, k.old_source_sequence, k.old_started_at, k.old_entered_at, k.old_duration_ms
      FROM ${knownName(stage)} AS k
      INNER JOIN (SELECT part, line, ${key.join(', ')}, ${hash} AS says FROM ${stagedName(stage)} WHERE ${alike}) AS s ON s.part = k.part AND s.line = k.line
      INNER JOIN (SELECT ${key.join(', ')}, ${hash} AS says FROM store.${target} AS t PREWHERE ${near} AND ${tupleOf(key)} GLOBAL IN (SELECT ${key.join(', ')} FROM ${stagedName(stage)} WHERE ${alike})) AS t ON ${join}
      WHERE k.newer = ${NEWER.same} AND s.says <> t.says`,
  });
}

/** Where in the table (`t`) rows of the same keys may be. */
export function nearby({ target, keyHorizonDays }: LoadPlan, times: StagedTimes): string {
  return keyHorizonDays === null ? 'true'
    : `t.${PLACE[target]} BETWEEN ${instant(times.oldest - (keyHorizonDays + 1) * 86_400_000)} AND ${instant(times.newest + (keyHorizonDays + 1) * 86_400_000)}`;
}

export function tupleOf(key: readonly string[]): string {
  return `(${key.map((name) => `t.${name}`).join(', ')})`;
}

export function instant(ms: number | null): string {
  return ms === null ? 'NULL' : `fromUnixTimestamp64Milli(toInt64(${Math.trunc(ms)}), 'UTC')`;
}
