import { graphql } from '../graphql/graphql.ts';

/** Nuisance calls: a person answered and no agent came in time. */
export const EVIDENCE = graphql(`
  query Evidence($campaign: [String!]!, $from: String!, $to: String!, $zone: String) {
    calls(from: $from, to: $to, zone: $zone, where: { campaign: $campaign, direction: [OUTBOUND], result: [NUISANCE] }, order: NEWEST, first: 50) {
      edges { node { tenant callId startedAt dialed waitSeconds messagePlayed } }
      totalCount
    }
  }
`);
