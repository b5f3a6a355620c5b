import type { Transaction } from 'kysely';
import type { Agent, Campaign, CentreConfiguration, Queue } from '../../telephony/configuration.ts';
import type { StoreSchema } from './schema.ts';

type Store = Transaction<StoreSchema>;

/** Rows of one INSERT: PostgreSQL takes 65,535 parameters in a statement. */
const ROWS_AT_ONCE = 1000;

/** Writes a whole configuration into empty tables. */
export async function writeConfiguration(store: Store, configuration: CentreConfiguration): Promise<void> {
  const { tenants, sites, teams, calendars, queues, agents, scenarios, lookupTables, campaigns, statuses, pauseReasons, gateways } = configuration;
  await inParts(tenants, (rows) => store.insertInto('tenants').values(rows.map((row) => ({ id: row.id, customer_number: row.customerNumber, name: row.name, zone: row.zone }))).execute());
  await inParts(sites, (rows) => store.insertInto('sites').values(rows).execute());
  await inParts(teams, (rows) => store.insertInto('teams').values(rows).execute());
  await inParts(calendars, (rows) => store.insertInto('calendars').values(rows.map((row) => ({ id: row.id, zone: row.zone, weekdays: JSON.stringify(row.weekdays), holidays: JSON.stringify(row.holidays) }))).execute());
  await inParts(queues, (rows) => insertQueues(store, rows));
  await inParts(agents, (rows) => insertAgents(store, rows));
  await inParts(scenarios, (rows) => store.insertInto('scenarios').values(rows.map((row) => ({ id: row.id, name: row.name, start_step: row.start, steps: JSON.stringify(row.steps) }))).execute());
  await inParts(lookupTables, (rows) => store.insertInto('lookup_tables').values(rows.map((row) => ({ id: row.id, entries: JSON.stringify(row.entries) }))).execute());
  await inParts(campaigns, (rows) => insertCampaigns(store, rows));
  await inParts(statuses, (rows) => store.insertInto('statuses').values(rows.map((row) => ({ tenant: row.tenant, status_group: row.group, num: row.num, detail: row.detail, label_fr: row.labelFr, label_en: row.labelEn, outcome: row.outcome }))).execute());
  await inParts(pauseReasons.map((row, position) => ({ ...row, position })), (rows) => store.insertInto('pause_reasons').values(rows.map((row) => ({ code: row.code, position: row.position, label_fr: row.labelFr, label_en: row.labelEn, productive: row.productive, limit_seconds: row.limitSeconds, ...validity(row) }))).execute());
  await inParts(gateways, (rows) => store.insertInto('gateways').values(rows.map((row) => ({ id: row.id, site: row.site, e1_links: row.e1Links }))).execute());
}

export async function insertQueues(store: Store, queues: Queue[]): Promise<void> {
  await store.insertInto('queues').values(queues.map((row) => ({
    number: row.number, name: row.name, tenant: row.tenant, medium: row.medium, priority: row.priority,
    target_seconds: row.targetSeconds, target_service_level: row.targetServiceLevel, target_abandonment_rate: row.targetAbandonmentRate, short_abandon_seconds: row.shortAbandonSeconds,
    maximum_wait_seconds: row.maximumWaitSeconds, overflow_queue: row.overflowQueue, calendar: row.calendar, no_agent_rule: row.noAgentRule,
    ring_timeout_seconds: row.ringTimeoutSeconds, maximum_wrapup_seconds: row.maximumWrapupSeconds,
    ring_limit_seconds: row.ringLimitSeconds, talk_limit_seconds: row.talkLimitSeconds, hold_limit_seconds: row.holdLimitSeconds, wrapup_limit_seconds: row.wrapupLimitSeconds, ...validity(row),
  }))).execute();
}

export async function insertAgents(store: Store, agents: Agent[]): Promise<void> {
  const ids = await store.insertInto('agents')
    .values(agents.map((row) => ({ number: row.number, name: row.name, tenant: row.tenant, site: row.site, ...validity(row) })))
    .returning(['id', 'number', 'valid_from']).execute();
  // RETURNING promises no order, and a number can stand for several periods.
  const idOf = new Map(ids.map((row) => [`${row.number} ${row.valid_from?.toISOString() ?? ''}`, row.id]));
  const withId = agents.map((agent) => ({ agent, id: idOf.get(`${agent.number} ${normalised(agent.validFrom) ?? ''}`) ?? fail(`agent ${agent.number} was not written`) }));
  await inParts(withId.flatMap(({ agent, id }) => agent.teams.map((team, position) => ({ agent_id: id, position, team }))), (rows) => store.insertInto('agent_teams').values(rows).execute());
  await inParts(withId.flatMap(({ agent, id }) => agent.skills.map(({ queue, level }) => ({ agent_id: id, queue, level }))), (rows) => store.insertInto('agent_skills').values(rows).execute());
}

async function insertCampaigns(store: Store, campaigns: Campaign[]): Promise<void> {
  await store.insertInto('campaigns').values(campaigns.map((row) => ({
    did: row.did, name: row.name, tenant: row.tenant, site: row.site, direction: row.direction, entry_points: JSON.stringify(row.entryPoints),
    queue: row.queue, scenario: row.scenario, status_group: row.statusGroup, outbound: row.outbound === null ? null : JSON.stringify(row.outbound), ...validity(row),
  }))).execute();
}

function validity(row: { validFrom: string | null; validTo: string | null }): { valid_from: Date | null; valid_to: Date | null } {
  return { valid_from: row.validFrom === null ? null : new Date(row.validFrom), valid_to: row.validTo === null ? null : new Date(row.validTo) };
}

function normalised(instant: string | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

async function inParts<Row>(rows: Row[], write: (part: Row[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) await write(rows.slice(start, start + ROWS_AT_ONCE));
}

function fail(message: string): never {
  throw new Error(message);
}
