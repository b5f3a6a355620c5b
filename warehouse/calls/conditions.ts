import type { Parameters } from '../kpi/parameters.ts';
import { WarehouseError, type Scope } from '../warehouse.ts';

export const MOST_VALUES = 5000;

/** Conditions that hold together; each is SQL of ours with bound values. */
export class Conditions {
  readonly parameters: Parameters;
  readonly #parts: string[] = [];

  constructor(parameters: Parameters) {
    this.parameters = parameters;
  }

  add(sql: string): void {
    this.#parts.push(sql);
  }

  /** `column` is one of the values; without a list there is no condition, an empty list of a scope lets nothing through. */
  oneOf(column: string, values: readonly string[] | undefined, empty: 'all' | 'none' = 'all'): void {
    if (values === undefined || (values.length === 0 && empty === 'all')) return;
    if (values.length > MOST_VALUES) throw new WarehouseError('invalid-query', `more than ${MOST_VALUES} values are asked at once`);
    this.add(values.length === 0 ? '1 = 0' : `${column} IN (${this.parameters.list(values)})`);
  }

  /** What the viewer may see, of rows `alias` with tenant, site, queue, agent and start. */
  scope(alias: string, scope: Scope): void {
    for (const [column, allowed] of [['tenant', scope.tenants], ['site', scope.sites], ['queue', scope.queues]] as const)
      if (allowed !== 'all') this.oneOf(`${alias}.${column}`, allowed, 'none');
    if (scope.teams !== 'all') this.teams(alias, scope.teams, 'none');
  }

  /** The row's agent was in one of the teams when the row began. */
  teams(alias: string, teams: readonly string[] | undefined, empty: 'all' | 'none' = 'all'): void {
    if (teams === undefined || (teams.length === 0 && empty === 'all')) return;
    if (teams.length === 0) { this.add('1 = 0'); return; }
    if (teams.length > MOST_VALUES) throw new WarehouseError('invalid-query', `more than ${MOST_VALUES} teams are asked at once`);
    this.add(`EXISTS (SELECT 1 FROM dim.team_members AS m WHERE m.tenant = ${alias}.tenant AND m.agent = ${alias}.agent AND m.team IN (${this.parameters.list(teams)})
      AND (m.valid_from IS NULL OR m.valid_from <= ${alias}.started_at) AND (m.valid_to IS NULL OR m.valid_to > ${alias}.started_at))`);
  }

  /** For the place after `WHERE 1 = 1`. */
  get sql(): string {
    return this.#parts.map((part) => `\n  AND (${part})`).join('');
  }
}
