import type { SqlValue } from '../engine.ts';
import type { Dimensions } from '../warehouse.ts';

/** Rows of the tables of `dim`, texts as they are, times as Date. */
export interface DimensionTable { columns: string[]; rows: SqlValue[][] }

/** The copies of the configuration, by table; its version is the first. */
export function dimensionTables(d: Dimensions): Record<string, DimensionTable> {
  return {
    version: { columns: ['version'], rows: [[d.version]] },
    tenants: { columns: ['tenant', 'customer_number', 'name', 'zone'], rows: d.tenants.map((r) => [r.tenant, r.customerNumber, r.name, r.zone]) },
    sites: { columns: ['site', 'name', 'zone'], rows: d.sites.map((r) => [r.site, r.name, r.zone]) },
    queues: {
      columns: ['tenant', 'queue', 'name', 'medium', 'target_s', 'short_abandon_s', 'valid_from', 'valid_to'],
      rows: d.queues.map((r) => [r.tenant, r.queue, r.name, r.medium, r.targetSeconds, r.shortAbandonSeconds, time(r.validFrom), time(r.validTo)]),
    },
    campaigns: {
      columns: ['tenant', 'campaign', 'name', 'site', 'direction', 'valid_from', 'valid_to'],
      rows: d.campaigns.map((r) => [r.tenant, r.campaign, r.name, r.site, r.direction, time(r.validFrom), time(r.validTo)]),
    },
    teams: { columns: ['team', 'name', 'site', 'tenant'], rows: d.teams.map((r) => [r.team, r.name, r.site, r.tenant]) },
    agents: {
      columns: ['tenant', 'agent', 'name', 'site', 'valid_from', 'valid_to'],
      rows: d.agents.map((r) => [r.tenant, r.agent, r.name, r.site, time(r.validFrom), time(r.validTo)]),
    },
    team_members: {
      columns: ['team', 'tenant', 'agent', 'valid_from', 'valid_to'],
      rows: d.teamMembers.map((r) => [r.team, r.tenant, r.agent, time(r.validFrom), time(r.validTo)]),
    },
    statuses: {
      columns: ['tenant', 'status_group', 'status_num', 'status_detail', 'label_fr', 'label_en', 'outcome'],
      rows: d.statuses.map((r) => [r.tenant, r.group, r.num, r.detail, r.labelFr, r.labelEn, r.outcome]),
    },
    pause_reasons: { columns: ['code', 'label_fr', 'label_en', 'productive'], rows: d.pauseReasons.map((r) => [r.code, r.labelFr, r.labelEn, r.productive]) },
  };
}

function time(iso: string | null): SqlValue {
  return iso === null ? null : new Date(iso);
}
