import type { ResultOf, VariablesOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

export const KPI = graphql(`
  query Kpi($measures: [MeasureId!]!, $by: [String!]!, $from: String!, $to: String!, $zone: String, $where: [DimensionFilter!]!, $targetSeconds: Int, $compareTo: Comparison, $compareUntil: String) {
    kpi(measures: $measures, by: $by, from: $from, to: $to, zone: $zone, where: $where, targetSeconds: $targetSeconds, compareTo: $compareTo, compareUntil: $compareUntil, totals: true) {
      __typename
      ... on Kpi {
        rows { keys { field value name } values }
        totals { values }
        comparison { from to rows { keys { field value name } values } totals { values } }
        zone from to dataAt loadMark
      }
      ... on InvalidQuery { message }
      ... on QueryTimeout { message }
      ... on QueryTooLarge { message }
    }
    freshness { historyFrom }
  }
`);
export type KpiVariables = VariablesOf<typeof KPI>;
export type KpiAnswer = Extract<ResultOf<typeof KPI>['kpi'], { __typename: 'Kpi' }>;
export type KpiRow = KpiAnswer['rows'][number];
export type KpiKey = KpiRow['keys'][number];
