import { graphql } from '../graphql/graphql.ts';

/** What came of a campaign's calls, and how its agents' time went: two grains, so two questions. */
export const PRODUCTIVITY = graphql(`
  query Productivity($measures: [MeasureId!]!, $by: [String!]!, $from: String!, $to: String!, $zone: String, $where: [DimensionFilter!]!) {
    kpi(measures: $measures, by: $by, from: $from, to: $to, zone: $zone, where: $where, totals: true) {
      __typename
      ... on Kpi { rows { keys { field value name } values } totals { values } }
      ... on InvalidQuery { message }
      ... on QueryTimeout { message }
      ... on QueryTooLarge { message }
    }
  }
`);
