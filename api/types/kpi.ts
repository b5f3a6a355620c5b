import { COMPARISONS, type KpiAnswer, type KpiRow, type MeasureInfo } from '../../warehouse/warehouse.ts';
import { builder } from '../builder.ts';
import { ask, type AskFailure } from '../kpi/ask.ts';
import { ComparisonEnum, DimensionEnum } from './enums.ts';
import { Measure } from './measure.ts';

/** An answer with what its rows need to be read: the asked measures and groups. */
export interface AskedKpi {
  kind: 'answer';
  answer: KpiAnswer;
  measures: MeasureInfo[];
  by: string[];
}
interface AskedRow {
  row: KpiRow;
  asked: AskedKpi;
}

const KpiKey = builder.objectRef<{ field: string; value: string; name: string | null }>('KpiKey').implement({
  fields: (t) => ({
    field: t.exposeString('field', { description: "Dimension id or interval id, as in the query's by" }),
    value: t.exposeString('value'),
    name: t.exposeString('name', { nullable: true, description: 'Name of the id, valid at the end of the range' }),
  }),
});

const KpiRowType = builder.objectRef<AskedRow>('KpiRow').implement({
  fields: (t) => ({
    keys: t.field({
      type: [KpiKey],
      complexity: { multiplier: 2 },
      resolve: ({ row, asked }) => asked.by.map((field) => key(field, String(row[field] ?? ''), asked.answer)),
    }),
    values: t.field({
      type: ['Float'],
      nullable: { list: false, items: true },
      description: 'In the order of the asked measures; null = no value',
      complexity: 1,
      resolve: ({ row, asked }) => asked.measures.map((measure) => numeric(row[measure.id])),
    }),
  }),
});

const KpiComparison = builder.objectRef<{ asked: AskedKpi; comparison: NonNullable<KpiAnswer['comparison']> }>('KpiComparison').implement({
  fields: (t) => ({
    from: t.field({ type: 'DateTime', resolve: ({ comparison }) => comparison.from }),
    to: t.field({ type: 'DateTime', resolve: ({ comparison }) => comparison.to }),
    rows: t.field({ type: [KpiRowType], complexity: { multiplier: 100 }, resolve: ({ asked, comparison }) => comparison.rows.map((row) => ({ row, asked })) }),
    totals: t.field({ type: KpiRowType, nullable: true, resolve: ({ asked, comparison }) => comparison.totals && { row: comparison.totals, asked: ungrouped(asked) } }),
  }),
});

const Kpi = builder.objectRef<AskedKpi>('Kpi').implement({
  fields: (t) => ({
    rows: t.field({ type: [KpiRowType], complexity: { multiplier: 100 }, resolve: (asked) => asked.answer.rows.map((row) => ({ row, asked })) }),
    totals: t.field({ type: KpiRowType, nullable: true, resolve: (asked) => asked.answer.totals && { row: asked.answer.totals, asked: ungrouped(asked) } }),
    comparison: t.field({ type: KpiComparison, nullable: true, resolve: (asked) => asked.answer.comparison && { asked, comparison: asked.answer.comparison } }),
    zone: t.string({ resolve: (asked) => asked.answer.zone }),
    from: t.field({ type: 'DateTime', resolve: (asked) => asked.answer.fromUtc }),
    to: t.field({ type: 'DateTime', resolve: (asked) => asked.answer.toUtc }),
    dataAt: t.field({ type: 'DateTime', nullable: true, description: 'The newest event that is loaded; null = the warehouse is empty', resolve: (asked) => asked.answer.dataAt }),
    loadMark: t.float({ description: 'Grows with every load: the answer can be made again from it', resolve: (asked) => asked.answer.loadMark }),
    measures: t.field({ type: [Measure], complexity: { multiplier: 10 }, resolve: (asked) => asked.measures }),
  }),
});

const InvalidQuery = builder.objectRef<AskFailure>('InvalidQuery').implement({
  description: 'The query names something that is not there, or not allowed together; the message says what is',
  fields: (t) => ({ message: t.exposeString('message') }),
});

const QueryTimeout = builder.objectRef<AskFailure>('QueryTimeout').implement({
  description: 'The query took longer than it may',
  fields: (t) => ({ message: t.exposeString('message') }),
});

const QueryTooLarge = builder.objectRef<AskFailure>('QueryTooLarge').implement({
  description: 'The query needs more memory than the warehouse allows; the message says how to ask less',
  fields: (t) => ({ message: t.exposeString('message') }),
});

const TYPES = { 'answer': Kpi, 'invalid-query': InvalidQuery, 'timeout': QueryTimeout, 'too-large': QueryTooLarge } as const;
const KpiResult = builder.unionType('KpiResult', {
  types: [Kpi, InvalidQuery, QueryTimeout, QueryTooLarge],
  resolveType: (result) => TYPES[result.kind],
});

const DimensionFilter = builder.inputType('DimensionFilter', {
  fields: (t) => ({
    dimension: t.field({ type: DimensionEnum, required: true }),
    ids: t.stringList({ required: true, description: 'Alternatives' }),
  }),
});

builder.queryField('kpi', (t) =>
  t.field({
    type: KpiResult,
    description: 'Measures over a range, in groups',
    complexity: { field: 1000, multiplier: 1 },
    args: {
      measures: t.arg({ type: ['MeasureId'], required: true }),
      by: t.arg.stringList({ required: true, defaultValue: [], description: 'Dimensions, and at most one interval: 1min, 5min, 15min, 30min, 60min, day, week, month' }),
      from: t.arg.string({ required: true, description: 'Local date 2026-01-01 (midnight in the zone) or an instant; inclusive' }),
      to: t.arg.string({ required: true, description: 'Exclusive' }),
      zone: t.arg.string({ description: "IANA; default: the only site's, else the only tenant's, else UTC" }),
      where: t.arg({ type: [DimensionFilter], required: true, defaultValue: [] }),
      targetSeconds: t.arg.int({ description: "Instead of the queues' own target" }),
      shortAbandonSeconds: t.arg.int(),
      compareTo: t.arg({ type: ComparisonEnum, description: `Also the figures of an earlier range: ${COMPARISONS.join(', ')}` }),
      compareUntil: t.arg.string({ description: 'An instant. While the range still runs: the earlier one ends at the same local time' }),
      totals: t.arg.boolean({ required: true, defaultValue: true }),
    },
    resolve: (_root, args, context) => ask(args, context),
  }),
);

function key(field: string, value: string, answer: KpiAnswer): { field: string; value: string; name: string | null } {
  const names: Record<string, Record<string, string> | undefined> = answer.names;
  return { field, value, name: names[field]?.[value] ?? null };
}

/** A total stands for everything: it has no keys. */
function ungrouped(asked: AskedKpi): AskedKpi {
  return { ...asked, by: [] };
}

function numeric(value: string | number | null | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
