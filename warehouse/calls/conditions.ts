import type { Parameters } from '../kpi/parameters.ts';
import { WarehouseError, type Scope } from '../warehouse.ts';

export const MOST_VALUES = 5000;

/** Conditions that hold together; each is SQL of ours with bound values. They stand in two places of a question. */
export class Conditions {
  readonly parameters: Parameters;
  readonly #parts: string[] = [];
  readonly #joins: string[] = [];

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
    // A semi join, not EXISTS: over shards a subquery may not look at the row outside. Its columns have names of their own, for
    // one engine keeps them beside the row's.
    const m = `m${this.#joins.length}`;
    const columns = ['tenant', 'agent', 'valid_from', 'valid_to'].map((column) => `${column} AS ${m}_${column}`).join(', ');
    this.#joins.push(`\n  SEMI JOIN (SELECT ${columns} FROM dim.team_members WHERE team IN (${this.parameters.list(teams)})) AS ${m}
    ON ${m}.${m}_tenant = ${alias}.tenant AND ${m}.${m}_agent = ${alias}.agent
    AND ms_of(${alias}.started_at) >= coalesce(ms_of(${m}.${m}_valid_from), 0) AND (${m}.${m}_valid_to IS NULL OR ms_of(${alias}.started_at) < ms_of(${m}.${m}_valid_to))`);
  }

  /** For the places of a question: `{semi joins}` after the rows' alias, `{conditions}` after `WHERE 1 = 1`. */
  get places(): { 'semi joins': string; conditions: string } {
    return { 'semi joins': this.#joins.join(''), conditions: this.#parts.map((part) => `\n  AND (${part})`).join('') };
  }
}
