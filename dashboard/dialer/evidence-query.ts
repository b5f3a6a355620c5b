import { graphql } from '../graphql/graphql.ts';

/** Outbound calls that were abandoned: a person answered and no agent came. */
export const EVIDENCE = graphql(`
  query Evidence($campaign: [String!]!, $from: String!, $to: String!, $zone: String) {
    calls(from: $from, to: $to, zone: $zone, where: { campaign: $campaign, direction: [OUTBOUND], fate: [ABANDONED] }, order: NEWEST, first: 50) {
      edges { node { tenant callId startedAt called waitSeconds } }
      totalCount
    }
  }
`);
