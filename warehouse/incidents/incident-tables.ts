import type { Engine, SqlValue } from '../engine.ts';
import { Parameters } from '../kpi/parameters.ts';
import type { IncidentFacts } from './facts.ts';

type Row = Record<string, SqlValue>;
/** Which rows of a table are spoken of. */
export interface Condition { sql: string; parameters: Record<string, SqlValue> }
interface Table {
  name: string;
  /** What its rows are replaced by, one by one; null = the table is replaced. */
  key: readonly string[] | null;
  /** Null = all rows. */
  within: Condition | null;
  rows: Row[];
}
/** What a table is to hold: rows to put in the place of those with their keys, or, without keys, in the place of all that are within. */
export interface Change { table: string; key: readonly string[] | null; within: Condition | null; columns: string[]; rows: Row[] }

/**
 * What must be written so that the tables say what the facts say: nothing where they do. Of facts that are not all, only their own rows are looked at.
 * @returns null when the stored facts are younger.
 */
export async function changesOf(engine: Pick<Engine, 'query'>, facts: IncidentFacts): Promise<Change[] | null> {
  const versions = new Map(facts.incidents.map(({ incident, version }) => [incident, version]));
  const tables = incidentTables(facts);
  const stored = await engine.query<{ incident: number; version: number }>(selected('incident, version', 'store.incidents', tables.at(-1)?.within ?? null));
  if (stored.some(({ incident, version }) => (versions.get(incident) ?? -1) < version)) return null;
  const changes: Change[] = [];
  for (const { name, key, within, rows } of tables) {
    const columns = COLUMNS[name] ?? [];
    const text = (row: Record<string, unknown>): string => JSON.stringify(columns.map((column) => { const value = row[column]; return value instanceof Date ? value.getTime() : value ?? null; }));
    const there = new Set((await engine.query(selected(columns.join(', '), name, within))).map((row) => text(row)));
    const changed = rows.filter((row) => !there.has(text(row)));
    if (changed.length === 0 && (key !== null || there.size === rows.length)) continue;
    changes.push({ table: name, key, within, columns, rows: key === null ? rows : changed });
  }
  return changes;
}

function selected(columns: string, table: string, within: Condition | null): Condition {
  return { sql: `SELECT ${columns} FROM ${table}${within === null ? '' : ` WHERE ${within.sql}`}`, parameters: within?.parameters ?? {} };
}

const COLUMNS: Record<string, string[]> = {
  'store.incidents': ['incident', 'version', 'incident_type', 'severity', 'tenants', 'sites', 'queues', 'detector', 'target_s', 'started_at', 'detected_at', 'acknowledged_at', 'mitigated_at', 'resolved_at', 'closed_at', 'breached_at', 'crisis_at', 'first_report_at', 'crisis_ended_at', 'rex_due_at', 'rex_at'],
  'store.incident_actions': ['incident', 'action', 'version', 'list', 'due_at', 'done_at'],
  'store.component_outages': ['component', 'tenant', 'site', 'from_at', 'to_at', 'share_ppm'],
  'dim.components': ['component', 'name_fr', 'name_en', 'allowed_ppm'],
};

/** What others are made of comes last. */
function incidentTables(facts: IncidentFacts): Table[] {
  const own = facts.windows === undefined ? null : condition((parameters) => facts.incidents.map(({ incident }) => `incident = ${parameters.add(incident)}`));
  return [
    { name: 'dim.components', key: null, within: null, rows: facts.components.map((one) => ({ component: one.component, name_fr: one.nameFr, name_en: one.nameEn, allowed_ppm: one.allowedPpm })) },
    { name: 'store.component_outages', key: null, within: windowsOf(facts), rows: facts.outages.map((one) => ({ component: one.component, tenant: one.tenant, site: one.site, from_at: at(one.fromMs), to_at: at(one.toMs), share_ppm: one.sharePpm })) },
    { name: 'store.incident_actions', key: ['incident', 'action'], within: own, rows: facts.actions.map((one) => ({ incident: one.incident, action: one.action, version: one.version, list: one.list, due_at: at(one.dueAtMs), done_at: at(one.doneAtMs) })) },
    {
      name: 'store.incidents', key: ['incident'], within: own,
      rows: facts.incidents.map((one) => ({
        incident: one.incident, version: one.version, incident_type: one.type, severity: one.severity, tenants: one.tenants.join(' '), sites: one.sites.join(' '), queues: one.queues.join(' '), detector: one.detector, target_s: one.targetSeconds,
        started_at: at(one.startedAtMs), detected_at: at(one.detectedAtMs), acknowledged_at: at(one.acknowledgedAtMs), mitigated_at: at(one.mitigatedAtMs), resolved_at: at(one.resolvedAtMs), closed_at: at(one.closedAtMs),
        breached_at: at(one.breachedAtMs), crisis_at: at(one.crisisAtMs), first_report_at: at(one.firstReportAtMs), crisis_ended_at: at(one.crisisEndedAtMs), rex_due_at: at(one.rexDueAtMs), rex_at: at(one.rexAtMs),
      })),
    },
  ];
}

function windowsOf({ windows }: IncidentFacts): Condition | null {
  if (windows === undefined) return null;
  return condition((parameters) => windows.map(({ component, fromMs, toMs }) =>
    [`component = ${parameters.add(component)}`, `from_at >= ${parameters.add(new Date(fromMs))}`, ...(toMs === null ? [] : [`from_at <= ${parameters.add(new Date(toMs))}`])].join(' AND ')));
}

/** One of them, or none. */
function condition(either: (parameters: Parameters) => string[]): Condition {
  const parameters = new Parameters();
  return { sql: either(parameters).map((each) => `(${each})`).join(' OR ') || '1 = 0', parameters: parameters.values };
}

function at(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
