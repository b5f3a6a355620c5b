import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

const DIALING = graphql(`
  fragment Dialing on LiveDialer {
    mode state nuisanceLimit ringSeconds maximumLines agents { ready preview dialing talking wrapup busy pause } lines ringing contactsLeft contactsOpen fileEndsAt
    dialed persons passed nuisance machines nuisanceWindows { hours nuisance passed share } talkMinutesPerHour
    recent { dialsPerMinute answerShare talkMinutesPerHour readyAgents } paceTrend
    why { bound level ready ringing answerShare answerSeconds talkSeconds wrapupSeconds horizonSeconds expectedAnswers expectedFree expectedDrops expectedIdle risk riskAllowed nuisanceLeft }
  }
`);

export const DIALER = graphql(`
  subscription Dialer($filter: LiveFilter) {
    live(filter: $filter) {
      at coreAt dataAt connected
      campaigns {
        campaign name tenant
        dialer {
          ...Dialing
        }
      }
    }
  }
`, [DIALING]);

/** One campaign with its last hour; the cards' selection and the minutes. */
export const DIALED_CAMPAIGN = graphql(`
  subscription DialedCampaign($filter: LiveFilter) {
    live(filter: $filter) {
      at coreAt dataAt connected
      campaigns {
        campaign name tenant
        dialer {
          ...Dialing
          history { at dialed persons passed nuisance machines agents readyAgents lines talkSeconds }
        }
      }
    }
  }
`, [DIALING]);

type Board = ResultOf<typeof DIALER>['live'];
export type LiveCampaign = Board['campaigns'][number];
export type Dialer = NonNullable<LiveCampaign['dialer']>;
export type DialingMode = Dialer['mode'];
export type Why = NonNullable<Dialer['why']>;
export type DialingMinute = NonNullable<ResultOf<typeof DIALED_CAMPAIGN>['live']['campaigns'][number]['dialer']>['history'][number];
