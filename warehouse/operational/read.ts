import type { Transaction } from 'kysely';
import { centreConfigurationSchema, type CentreConfiguration } from '../../telephony/configuration.ts';
import type { StoreSchema } from './schema.ts';

/** The whole configuration, in a fixed order, checked. To be called inside one consistent transaction. */
export async function readConfiguration(store: Transaction<StoreSchema>): Promise<CentreConfiguration> {
  const { version } = await store.selectFrom('configuration_version').select('version').executeTakeFirstOrThrow();
  const teams = group(await store.selectFrom('agent_teams').selectAll().orderBy('agent_id').orderBy('position').execute());
  const skills = group(await store.selectFrom('agent_skills').selectAll().orderBy('agent_id').orderBy('queue').execute());
  const campaigns = await store.selectFrom('campaigns').selectAll().orderBy('did').orderBy('valid_from', (order) => order.asc().nullsFirst()).execute();
  const queues = await store.selectFrom('queues').selectAll().orderBy('number').orderBy('valid_from', (order) => order.asc().nullsFirst()).execute();
  const agents = await store.selectFrom('agents').selectAll().orderBy('number').orderBy('valid_from', (order) => order.asc().nullsFirst()).execute();
  const statuses = await store.selectFrom('statuses').selectAll().orderBy('tenant').orderBy('status_group').orderBy('num').orderBy('detail').execute();
  const pauseReasons = await store.selectFrom('pause_reasons').selectAll().orderBy('position').orderBy('valid_from', (order) => order.asc().nullsFirst()).execute();
  const scenarios = await store.selectFrom('scenarios').selectAll().orderBy('id').execute();
  return centreConfigurationSchema.parse({
    version,
    tenants: (await store.selectFrom('tenants').selectAll().orderBy('id').execute()).map((row) => ({ id: row.id, customerNumber: row.customer_number, name: row.name, zone: row.zone })),
    sites: await store.selectFrom('sites').selectAll().orderBy('id').execute(),
    teams: await store.selectFrom('teams').selectAll().orderBy('id').execute(),
    agents: agents.map((row) => ({
      number: row.number, name: row.name, tenant: row.tenant, site: row.site, ...validity(row),
      teams: (teams.get(row.id) ?? []).map(({ team }) => team),
      skills: (skills.get(row.id) ?? []).map(({ queue, level }) => ({ queue, level })),
    })),
    queues: queues.map((row) => ({
      number: row.number, name: row.name, tenant: row.tenant, medium: row.medium, priority: row.priority,
      targetSeconds: row.target_seconds, targetServiceLevel: row.target_service_level, targetAbandonmentRate: row.target_abandonment_rate, shortAbandonSeconds: row.short_abandon_seconds,
      maximumWaitSeconds: row.maximum_wait_seconds, overflowQueue: row.overflow_queue, calendar: row.calendar, noAgentRule: row.no_agent_rule,
      ringTimeoutSeconds: row.ring_timeout_seconds, maximumWrapupSeconds: row.maximum_wrapup_seconds,
      ringLimitSeconds: row.ring_limit_seconds, talkLimitSeconds: row.talk_limit_seconds, holdLimitSeconds: row.hold_limit_seconds, wrapupLimitSeconds: row.wrapup_limit_seconds, ...validity(row),
    })),
    campaigns: campaigns.map((row) => ({
      did: row.did, name: row.name, tenant: row.tenant, site: row.site, direction: row.direction, entryPoints: row.entry_points,
      queue: row.queue, scenario: row.scenario, statusGroup: row.status_group, outbound: row.outbound, ...validity(row),
    })),
    calendars: await store.selectFrom('calendars').selectAll().orderBy('id').execute(),
    scenarios: scenarios.map((row) => ({ id: row.id, name: row.name, start: row.start_step, steps: row.steps })),
    lookupTables: await store.selectFrom('lookup_tables').selectAll().orderBy('id').execute(),
    statuses: statuses.map((row) => ({ tenant: row.tenant, group: row.status_group, num: row.num, detail: row.detail, labelFr: row.label_fr, labelEn: row.label_en, outcome: row.outcome })),
    pauseReasons: pauseReasons.map((row) => ({ code: row.code, labelFr: row.label_fr, labelEn: row.label_en, productive: row.productive, limitSeconds: row.limit_seconds, ...validity(row) })),
    gateways: (await store.selectFrom('gateways').selectAll().orderBy('id').execute()).map((row) => ({ id: row.id, site: row.site, e1Links: row.e1_links })),
  });
}

function validity(row: { valid_from: Date | null; valid_to: Date | null }): { validFrom: string | null; validTo: string | null } {
  return { validFrom: row.valid_from?.toISOString() ?? null, validTo: row.valid_to?.toISOString() ?? null };
}

function group<Row extends { agent_id: number }>(rows: Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const of = groups.get(row.agent_id);
    if (of) of.push(row);
    else groups.set(row.agent_id, [row]);
  }
  return groups;
}
