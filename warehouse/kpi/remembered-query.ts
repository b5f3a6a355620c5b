import type { KpiQuery, Scope } from '../warehouse.ts';
import { catalogue } from './catalogue.ts';
import type { ClosedDays } from './closed-days.ts';
import { compileKpi } from './compile.ts';
import { NOW } from './fact-source.ts';
import type { CompiledQuery, Take } from './compile.ts';
import { resolveQuery } from './resolve-query.ts';
import type { ResolvedQuery } from './resolve-query.ts';

const MOST_REMEMBERED = 200;
const LONGEST_REMEMBERED = 5000;
const resolved = new Map<string, ResolvedQuery>();
interface Statement { closedDays: ClosedDays; compiled: CompiledQuery }
const statements = new WeakMap<ResolvedQuery, Map<string, Statement>>();

/**
 * {@link resolveQuery} with the shipped measures, remembered: boards ask the same again and again, and nothing but the words
 * of the question enters. The youngest questions are kept, long ones are not.
 */
export function resolvedQuery(query: KpiQuery, scope: Scope, zone: string): ResolvedQuery {
  const { measures } = catalogue();
  const key = JSON.stringify([query, scope, zone]);
  if (key.length > LONGEST_REMEMBERED) return resolveQuery(query, scope, measures, zone);
  const found = resolved.get(key) ?? resolveQuery(query, scope, measures, zone);
  resolved.delete(key);
  resolved.set(key, found);
  const [oldest] = resolved.keys();
  if (resolved.size > MOST_REMEMBERED && oldest !== undefined) resolved.delete(oldest);
  return found;
}

/** {@link compileKpi} with the shipped measures, remembered for a resolved query as long as the same days are closed. */
export function compiledQuery(query: ResolvedQuery, closedDays: ClosedDays, take: Take, state?: string): CompiledQuery {
  let known = statements.get(query);
  if (!known) statements.set(query, (known = new Map()));
  const key = `${take} ${state ?? ''}`;
  const found = known.get(key);
  if (found?.closedDays === closedDays) return found.compiled;
  const compiled = compileKpi(query, catalogue(), closedDays, take, state);
  known.set(key, { closedDays, compiled });
  return compiled;
}

/** A statement at an instant: where one is asked about what is not over yet, it is told the time. */
export function asOf(compiled: CompiledQuery, nowMs: number): CompiledQuery {
  return compiled.sql.includes(NOW) ? { ...compiled, sql: compiled.sql.replaceAll(NOW, String(Math.floor(nowMs))) } : compiled;
}
