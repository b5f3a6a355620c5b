import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

export const TIMELINE = graphql(`
  query Timeline($from: String!, $to: String!, $zone: String, $tenant: [String!], $site: [String!], $team: [String!], $agent: [String!]) {
    agentTimeline(from: $from, to: $to, zone: $zone, tenant: $tenant, site: $site, team: $team, agent: $agent) {
      agent agentName teams site loggedSeconds
      totals { state seconds }
      spans { state reason startedAt endedAt callId queue }
    }
    freshness { dataAt }
  }
`);
export type Lane = ResultOf<typeof TIMELINE>['agentTimeline'][number];
export type Span = Lane['spans'][number];
