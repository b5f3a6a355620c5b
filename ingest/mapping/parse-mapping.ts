import { z } from 'zod';
import { columnsRead } from '../../warehouse/columns-read.ts';
import type { LoadPlan, LoadTarget } from '../../warehouse/load-plan.ts';
import { AGENT_STATES_TABLE, CALLS, LEGS } from '../../warehouse/tables.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';
import { mappingSchema } from './mapping-schema.ts';
import type { Mapping } from './mapping-schema.ts';

const COLUMNS: Record<LoadTarget, string[]> = {
  calls: CALLS.map(({ name }) => name), legs: LEGS.map(({ name }) => name), agent_states: AGENT_STATES_TABLE.map(({ name }) => name),
};
const SET_BY_LOAD = ['source', 'load_mark', 'derived'];

/**
 * A mapping's content → what the load does.
 * @throws WarehouseError `invalid-mapping` that names each wrong place, its value and what may stand there.
 */
export function parseMapping(content: unknown, from: string): LoadPlan {
  const parsed = mappingSchema.safeParse(content);
  if (!parsed.success) throw refused(from, parsed.error.issues.flatMap((issue) => explain(issue, content)));
  const mapping = parsed.data;
  const plan = toPlan(mapping);
  const problems = [...wrongColumns(mapping), ...wrongPositions(plan)];
  if (problems.length > 0) throw refused(from, problems);
  return plan;
}

function toPlan(mapping: Mapping): LoadPlan {
  const { source } = mapping;
  const plan: LoadPlan = {
    name: mapping.name, target: mapping.target, zone: mapping.zone, leaveOut: mapping.leaveOut, group: mapping.group, follow: mapping.follow,
    columns: { tenant: { op: 'job-tenant' }, ...mapping.columns },
    deriveLegs: mapping.deriveLegs, keepUnknown: mapping.keepUnknown && mapping.group === undefined && mapping.follow === undefined, keyHorizonDays: mapping.keyHorizonDays,
    source: source.format === 'delimited'
      ? { format: 'delimited', delimiters: source.delimiters, quote: source.quote, encoding: source.encoding, positions: source.positions ?? null, nulls: source.nulls, redundant: source.redundant, required: [] }
      : { format: source.format, nulls: source.nulls, redundant: source.redundant, required: [] },
  };
  const optional = source.format === 'ndjson' ? null : source.optional;
  if (optional !== null) plan.source.required = columnsRead(plan).filter((name) => !optional.includes(name));
  return plan;
}

function wrongColumns(mapping: Mapping): string[] {
  const allowed = COLUMNS[mapping.target].filter((name) => !SET_BY_LOAD.includes(name));
  const unknown = Object.keys(mapping.columns).filter((name) => !allowed.includes(name));
  const legs = mapping.deriveLegs && mapping.target !== 'calls' ? ['deriveLegs: true makes legs from calls; the target must be "calls"'] : [];
  const both = mapping.group !== undefined && mapping.follow !== undefined ? ['follow: a mapping with "group" has no lines left to follow; use one of the two'] : [];
  return [...unknown.map((name) => `columns.${name}: there is no column "${name}" in ${mapping.target}; use one of ${allowed.join(', ')}`), ...legs, ...both];
}

function wrongPositions({ source }: LoadPlan): string[] {
  if (source.format !== 'delimited' || source.positions === null) return [];
  const { positions } = source;
  return source.required.filter((name) => !positions.includes(name)).map((name) => `source.positions: the column "${name}" is read but has no position; known are ${positions.join(', ')}`);
}

type Issue = z.core.$ZodIssue;

/** A union's complaint is that of its most likely branch: the operation where an object was written. */
function explain(issue: Issue, content: unknown, path: PropertyKey[] = []): string[] {
  const full = [...path, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branch = issue.errors.toSorted((a, b) => deepest(b) - deepest(a))[0] ?? [];
    return branch.flatMap((inner) => explain(inner, content, full));
  }
  const value = at(content, full);
  const shown = value === undefined ? 'nothing' : JSON.stringify(value)?.slice(0, 80) ?? typeof value;
  return [`${full.map(String).join('.') || '(the whole)'}: ${remedy(issue)} (found ${shown})`];
}

function remedy(issue: Issue): string {
  if (issue.code === 'invalid_union') return 'use one of the operations of the schema as "op", e.g. constant, coalesce, map, timestamp, duration';
  if (issue.code === 'unrecognized_keys') return `remove ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
  return issue.message;
}

function deepest(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length + (issue.code === 'invalid_union' ? 1 : 0) + (issue.code === 'unrecognized_keys' ? 1 : 0)));
}

function at(content: unknown, path: PropertyKey[]): unknown {
  let value = content;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function refused(from: string, problems: string[]): WarehouseError {
  return new WarehouseError('invalid-mapping', `The mapping ${from} is not valid:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
}
