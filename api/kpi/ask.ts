import { DIMENSIONS, INTERVALS, type Comparison, type Dimension, type Interval, type KpiQuery } from '../../warehouse/warehouse.ts';
import type { ApiContext } from '../context.ts';
import type { AskedKpi } from '../types/kpi.ts';
import { expected, withDeadline } from '../warehouse-errors.ts';
import { measuresById } from './measures.ts';

/** An expected failure, told to the client as a typed result. */
export interface AskFailure {
  kind: 'invalid-query' | 'timeout' | 'too-large';
  message: string;
}

export interface AskArguments {
  measures: string[];
  by: string[];
  from: string;
  to: string;
  zone?: string | null;
  where: { dimension: Dimension; ids: string[] }[];
  targetSeconds?: number | null;
  shortAbandonSeconds?: number | null;
  compareTo?: Comparison | null;
  compareUntil?: string | null;
  totals: boolean;
}

const MAX_MEASURES = 60;
const MAX_IDS = 1000;
const MAX_TEXT = 200;

/** Asks the warehouse; what the warehouse refuses as a query becomes a failure, everything else throws. */
export async function ask(args: AskArguments, context: ApiContext): Promise<AskedKpi | AskFailure> {
  const query = toKpiQuery(args);
  if ('kind' in query) return query;
  try {
    const answer = await withDeadline(context, (options) => context.warehouse.kpi(query, context.viewer.scope, options));
    const infos = await measuresById(context.warehouse);
    const measures = query.measures.flatMap((id) => infos.get(id) ?? []);
    return { kind: 'answer', answer, measures, by: query.by };
  } catch (error) {
    const failure = expected(error);
    if (failure?.code === 'invalid-query' || failure?.code === 'too-large' || failure?.code === 'timeout') return { kind: failure.code, message: failure.message };
    throw error;
  }
}

function toKpiQuery(args: AskArguments): KpiQuery | AskFailure {
  if (args.measures.length === 0) return invalid('ask for at least one measure');
  if (args.measures.length > MAX_MEASURES) return invalid(`ask for at most ${MAX_MEASURES} measures, not ${args.measures.length}`);
  if (new Set(args.measures).size !== args.measures.length) return invalid('a measure is asked for twice');
  const by: (Dimension | Interval)[] = [];
  for (const group of args.by) {
    if (!isGroup(group)) return invalid(`cannot group by ${JSON.stringify(group.slice(0, MAX_TEXT))}: use ${[...DIMENSIONS, ...INTERVALS].join(', ')}`);
    by.push(group);
  }
  const where: KpiQuery['where'] = {};
  for (const { dimension, ids } of args.where) {
    if (where[dimension]) return invalid(`${dimension} is filtered twice: list its ids together`);
    if (ids.length > MAX_IDS || ids.some((id) => id.length > MAX_TEXT)) return invalid(`a filter takes at most ${MAX_IDS} ids of at most ${MAX_TEXT} characters`);
    where[dimension] = ids;
  }
  return {
    measures: args.measures,
    by,
    from: args.from,
    to: args.to,
    where,
    totals: args.totals,
    ...(args.zone ? { zone: args.zone } : {}),
    ...(args.targetSeconds == null ? {} : { targetSeconds: args.targetSeconds }),
    ...(args.shortAbandonSeconds == null ? {} : { shortAbandonSeconds: args.shortAbandonSeconds }),
    ...(args.compareTo ? { compareTo: args.compareTo } : {}),
    ...(args.compareUntil ? { compareUntil: args.compareUntil } : {}),
  };
}

const GROUPS: ReadonlySet<string> = new Set([...DIMENSIONS, ...INTERVALS]);
function isGroup(text: string): text is Dimension | Interval {
  return GROUPS.has(text);
}

function invalid(message: string): AskFailure {
  return { kind: 'invalid-query', message };
}
