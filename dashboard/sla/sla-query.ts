import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

/** Measures of incidents and components. */
export const SLA = graphql(`
  query Sla($measures: [MeasureId!]!, $by: [String!]!, $from: String!, $to: String!, $zone: String, $where: [DimensionFilter!]!, $compareTo: Comparison) {
    kpi(measures: $measures, by: $by, from: $from, to: $to, zone: $zone, where: $where, compareTo: $compareTo, totals: true) {
      __typename
      ... on Kpi { rows { keys { field value name } values } totals { values } comparison { from to totals { values } } from to dataAt }
      ... on InvalidQuery { message }
      ... on QueryTimeout { message }
      ... on QueryTooLarge { message }
    }
  }
`);
export type SlaAnswer = Extract<ResultOf<typeof SLA>['kpi'], { __typename: 'Kpi' }>;

export const SLA_NAMES = graphql(`
  query SlaNames($language: Language!) {
    incidentTypes(retired: true) { slug label(language: $language) }
    components { slug label(language: $language) availabilityTarget }
  }
`);

export const SLA_INCIDENTS = graphql(`
  query SlaIncidents($language: Language!, $from: DateTime, $to: DateTime) {
    incidents(from: $from, to: $to, first: 100) {
      before
      incidents { number state type typeLabel(language: $language) severity title(language: $language) startedAt detectedAt resolvedAt clock { breachedAt } affects { components { component share } } }
    }
  }
`);
export type SlaIncident = ResultOf<typeof SLA_INCIDENTS>['incidents']['incidents'][number];

export const CLIENT_INCIDENTS = graphql(`
  query ClientIncidents($tenant: String!, $language: Language!, $from: DateTime, $to: DateTime, $before: Int) {
    clientIncidents(tenant: $tenant, from: $from, to: $to, first: 100, before: $before) {
      before
      incidents { number state type severity title(language: $language) startedAt detectedAt resolvedAt components { component share } clock { breachedAt } }
    }
  }
`);
export type ClientIncident = ResultOf<typeof CLIENT_INCIDENTS>['clientIncidents']['incidents'][number];
