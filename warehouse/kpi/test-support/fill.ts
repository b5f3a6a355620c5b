import type { Engine, SqlValue } from '../../engine.ts';
import type { TestEngine } from '../../test-support/each-engine.ts';
import type { RawHistory } from './raw-rows.ts';

/** Writes rows as a load would leave them, with its mark and the days that it touched. */
export async function fill(tested: Pick<TestEngine, 'noteLoad'>, engine: Engine, history: Partial<Omit<RawHistory, 'dimensions'>> & { dimensions?: RawHistory['dimensions'] }, mark: number): Promise<void> {
  const { calls = [], legs = [], states = [], dimensions } = history;
  await insert(engine, 'store.calls', calls.map((row) => ({ ...row, started_at: new Date(row.started_at) })));
  await insert(engine, 'store.legs', legs.map((row) => ({ ...row, entered_at: new Date(row.entered_at), started_at: new Date(row.started_at), answered_at: row.answered_at === null ? null : new Date(row.answered_at) })));
  await insert(engine, 'store.agent_states', states.map((row) => ({ ...row, started_at: new Date(row.started_at) })));
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const touched = new Set([...calls.map((row) => day(row.started_at)), ...legs.map((row) => day(row.entered_at)),
    ...states.flatMap((row) => [day(row.started_at), day(row.started_at + Math.min(row.duration_ms, 86_400_000))])]);
  for (const one of touched) {
    await engine.execute({ sql: "INSERT INTO store.touched_days (target, day, load_mark) VALUES ('calls', CAST($day AS DATE), $mark)", parameters: { day: one, mark } });
  }
  const newest = Math.max(0, ...calls.map((row) => row.started_at), ...legs.map((row) => row.entered_at), ...states.map((row) => row.started_at));
  await tested.noteLoad(engine, { mark, newestMs: newest });
  if (dimensions) await fillDimensions(engine, dimensions);
}

/** Copies of the configuration, into empty tables. */
export async function fillDimensions(engine: Engine, dimensions: RawHistory['dimensions']): Promise<void> {
  const valid = (row: { validFrom: string | null; validTo: string | null }): Record<string, SqlValue> => ({
    valid_from: row.validFrom === null ? null : new Date(row.validFrom), valid_to: row.validTo === null ? null : new Date(row.validTo),
  });
  await insert(engine, 'dim.tenants', dimensions.tenants.map((row) => ({ tenant: row.tenant, customer_number: row.customerNumber, name: row.name, zone: row.zone })));
  await insert(engine, 'dim.sites', dimensions.sites.map((row) => ({ site: row.site, name: row.name, zone: row.zone })));
  await insert(engine, 'dim.queues', dimensions.queues.map((row) => ({ tenant: row.tenant, queue: row.queue, name: row.name, medium: row.medium, target_s: row.targetSeconds, short_abandon_s: row.shortAbandonSeconds, ...valid(row) })));
  await insert(engine, 'dim.campaigns', dimensions.campaigns.map((row) => ({ tenant: row.tenant, campaign: row.campaign, name: row.name, site: row.site, direction: row.direction, ...valid(row) })));
  await insert(engine, 'dim.teams', dimensions.teams.map((row) => ({ team: row.team, name: row.name, site: row.site, tenant: row.tenant })));
  await insert(engine, 'dim.agents', dimensions.agents.map((row) => ({ tenant: row.tenant, agent: row.agent, name: row.name, site: row.site, ...valid(row) })));
  await insert(engine, 'dim.team_members', dimensions.teamMembers.map((row) => ({ team: row.team, tenant: row.tenant, agent: row.agent, ...valid(row) })));
  await insert(engine, 'dim.statuses', dimensions.statuses.map((row) => ({ tenant: row.tenant, status_group: row.group, status_num: row.num, status_detail: row.detail, label_fr: row.labelFr, label_en: row.labelEn, outcome: row.outcome })));
  await insert(engine, 'dim.pause_reasons', dimensions.pauseReasons.map((row) => ({ code: row.code, label_fr: row.labelFr, label_en: row.labelEn, productive: row.productive })));
}

async function insert(engine: Engine, table: string, rows: Record<string, SqlValue>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 100) {
    const part = rows.slice(at, at + 100);
    const names = Object.keys(part[0] ?? {});
    const parameters: Record<string, SqlValue> = {};
    const values = part.map((row, index) => `(${names.map((name) => {
      parameters[`v${index}_${name}`] = row[name] ?? null;
      return `$v${index}_${name}`;
    }).join(', ')})`);
    await engine.execute({ sql: `INSERT INTO ${table} (${names.join(', ')}) VALUES ${values.join(', ')}`, parameters });
  }
}
