import type { Engine, SqlValue } from '../engine.ts';
import { forgetNames } from '../kpi/names.ts';
import type { Dimensions } from '../warehouse.ts';

/** Replaces the copies of the configuration in schema `dim`, in one transaction. An older version than the stored one is ignored. */
export async function syncDimensions(engine: Engine, dimensions: Dimensions): Promise<void> {
  const [stored] = await engine.query<{ version: number | null }>({ sql: 'SELECT max(version) AS version FROM dim.version' });
  if (stored?.version !== null && stored !== undefined && stored.version > dimensions.version) return;
  await engine.transaction(async (inside) => {
    for (const [table, { columns, rows }] of Object.entries(tables(dimensions))) {
      await inside.execute({ sql: `DELETE FROM dim.${table}` });
      for (let start = 0; start < rows.length; start += 200) {
        const part = rows.slice(start, start + 200);
        const parameters: Record<string, SqlValue> = {};
        const values = part.map((row, index) => `(${row.map((value, column) => {
          parameters[`p${index}_${column}`] = value;
          return `$p${index}_${column}${columns[column]?.endsWith('_from') || columns[column]?.endsWith('_to') ? '::TIMESTAMP' : ''}`;
        }).join(', ')})`);
        await inside.execute({ sql: `INSERT INTO dim.${table} (${columns.join(', ')}) VALUES ${values.join(', ')}`, parameters });
      }
    }
  });
  forgetNames(engine);
}

interface Table { columns: string[]; rows: SqlValue[][] }

function tables(d: Dimensions): Record<string, Table> {
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
