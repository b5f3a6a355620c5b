import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

export const TIMELINE = graphql(`
  query Timeline($from: String!, $to: String!, $zone: String, $tenant: [String!], $site: [String!], $team: [String!], $agent: [String!]) {
    agentTimeline(from: $from, to: $to, zone: $zone, tenant: $tenant, site: $site, team: $team, agent: $agent) {
      agent agentName teams site loggedSeconds scheduledSeconds adherentSeconds adherence
      totals { state seconds }
      spans { state reason startedAt endedAt callId queue }
      planned { kind reason startsAt endsAt deviations { kind startedAt endedAt seconds } }
    }
    freshness { dataAt }
  }
`);
type AskedLane = ResultOf<typeof TIMELINE>['agentTimeline'][number];
/** `running` = the state that the agent is in now: its end is the last word of the live stream. */
export type Span = AskedLane['spans'][number] & { running?: true };
export type Lane = Omit<AskedLane, 'spans'> & { spans: Span[] };
export type Planned = Lane['planned'][number];
export type Deviation = Planned['deviations'][number];
