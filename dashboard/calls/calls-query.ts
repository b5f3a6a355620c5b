import type { ResultOf, VariablesOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

export const CALLS = graphql(`
  query Calls($from: String!, $to: String!, $zone: String, $where: CallFilter, $order: CallOrder!, $after: String, $language: Language!) {
    calls(from: $from, to: $to, zone: $zone, where: $where, order: $order, first: 100, after: $after) {
      edges { node { tenant callId startedAt direction queue queueName agent agentName caller dialed fate result waitSeconds talkSeconds wrapupSeconds inTarget targetSeconds transferred status(language: $language) } }
      pageInfo { endCursor hasNextPage }
      totalCount
    }
    freshness { dataAt }
  }
`);
export type CallsVariables = VariablesOf<typeof CALLS>;
export type CallRow = ResultOf<typeof CALLS>['calls']['edges'][number]['node'];

export const CALL = graphql(`
  query Call($tenant: String!, $callId: String!, $language: Language!) {
    call(tenant: $tenant, callId: $callId) {
      tenant callId startedAt direction medium site siteZone campaign campaignName queue queueName agent agentName caller called dialed fate result messagePlayed
      waitSeconds talkSeconds wrapupSeconds durationSeconds ivrSeconds inTarget targetSeconds transferred
      statusGroup statusNum statusDetail status(language: $language) firstIvr lastIvr endedByAgent row
      legs { leg visit queue queueName agent agentName enteredAt startedAt answeredAt leftAt outcome waitSeconds ringSeconds talkSeconds holdSeconds wrapupSeconds }
      states { agent state reason startedAt endedAt }
    }
    freshness { dataAt }
  }
`);
export type CallDetail = NonNullable<ResultOf<typeof CALL>['call']>;
export type CallLeg = CallDetail['legs'][number];
