import type { Measure } from '../graphql/reference-query.ts';
import type { Patch } from '../url/use-params.ts';
import { splitList } from '../url/use-params.ts';
import type { KpiVariables } from './kpi-query.ts';

export const INTERVALS = ['15min', '30min', '60min', 'day', 'week', 'month'] as const;
export type Interval = (typeof INTERVALS)[number];
export const GROUPINGS = ['tenant', 'site', 'campaign', 'queue', 'team', 'agent', 'medium', 'incident-type', 'severity', 'component', 'hour', 'weekday'] as const;
export type Grouping = (typeof GROUPINGS)[number];
export const COMPARISONS = { 'previous-period': 'PREVIOUS_PERIOD', 'previous-day': 'PREVIOUS_DAY', 'previous-week': 'PREVIOUS_WEEK', 'previous-year': 'PREVIOUS_YEAR' } as const;
export type Comparison = keyof typeof COMPARISONS;
export const FILTERS = ['campaign', 'queue', 'team', 'agent'] as const;
export type Filter = (typeof FILTERS)[number];

/** The sentence of the KPI page, as its address holds it. */
export interface Question {
  measures: string[];
  groupings: Grouping[];
  interval: Interval | null;
  comparison: Comparison | null;
  where: Record<Filter, string[]>;
  targetSeconds: number | null;
  view: 'chart' | 'heat';
  /** The measure that is drawn. */
  drawn: string;
}

const MOST_MEASURES = 8;

/** Reads the address; what it does not understand is left out. */
export function parseQuestion(search: string): Question {
  const params = new URLSearchParams(search);
  const asked = [...new Set(splitList(params.get('measures')))].filter((id) => /^[a-z0-9-]+$/.test(id)).slice(0, MOST_MEASURES);
  const measures = asked.length > 0 ? asked : ['service-level', 'abandonment-rate', 'queued'];
  const by = params.has('by') ? splitList(params.get('by')) : ['day'];
  const target = params.get('target') ?? '';
  const drawn = params.get('drawn') ?? '';
  return {
    measures,
    groupings: GROUPINGS.filter((each) => by.includes(each)).slice(0, 2),
    interval: INTERVALS.find((each) => by.includes(each)) ?? null,
    comparison: comparisonOf(params.get('vs')),
    where: { campaign: splitList(params.get('campaign')), queue: splitList(params.get('queue')), team: splitList(params.get('team')), agent: splitList(params.get('agent')) },
    targetSeconds: /^\d{1,4}$/.test(target) ? Number(target) : null,
    view: params.get('view') === 'heat' ? 'heat' : 'chart',
    drawn: measures.includes(drawn) ? drawn : measures[0] ?? 'service-level',
  };
}

/** What changes in the address when groupings or the interval change; "nothing" is said too, or the default would come back. */
export function byPatch(groupings: readonly Grouping[], interval: Interval | null): Patch {
  const by = [...groupings, ...(interval ? [interval] : [])];
  return { by: by.length > 0 ? by : 'all' };
}

interface Page { from: string; to: string; zone: string; tenant: string[]; site: string[]; /** Of the asking. */ now: string }

export function toVariables(question: Question, { from, to, zone, tenant, site, now }: Page, by: string[] = [...question.groupings, ...(question.interval ? [question.interval] : [])]): KpiVariables {
  const where = Object.entries({ tenant, site, ...question.where }).flatMap(([dimension, ids]) => {
    const known = GROUPINGS.find((each) => each === dimension);
    return known && ids.length > 0 ? [{ dimension: dimensionOf(known), ids }] : [];
  });
  return { measures: question.measures, by, from, to, zone, where, targetSeconds: question.targetSeconds, compareTo: question.comparison && COMPARISONS[question.comparison], compareUntil: question.comparison && now };
}

/** Groupings that every chosen measure knows. */
export function allowedGroupings(measures: readonly Measure[]): Grouping[] {
  return GROUPINGS.filter((grouping) => measures.every(({ dimensions }) => dimensions.includes(dimensionOf(grouping))));
}

/** A grouping as the schema's enum writes it. */
function dimensionOf(grouping: Grouping): Measure['dimensions'][number] {
  return grouping === 'incident-type' ? 'incident_type' : grouping;
}

function comparisonOf(text: string | null): Comparison | null {
  switch (text) {
    case 'previous-period': case 'previous-day': case 'previous-week': case 'previous-year': return text;
    default: return null;
  }
}

/** The first measure that does not know a chosen grouping or filter: such a question has no answer. */
export function conflictOf({ groupings, where }: Question, measures: readonly Measure[]): { measure: Measure; grouping: Grouping } | null {
  const asked: Grouping[] = [...groupings, ...FILTERS.filter((filter) => where[filter].length > 0)];
  for (const measure of measures) {
    const grouping = asked.find((each) => !measure.dimensions.includes(dimensionOf(each)));
    if (grouping) return { measure, grouping };
  }
  return null;
}
