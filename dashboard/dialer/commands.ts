import { graphql } from '../graphql/graphql.ts';

export const START_CAMPAIGN = graphql(`mutation StartCampaign($campaign: String!) { result: startCampaign(campaign: $campaign) { __typename ... on CommandRefused { code reason } } }`);
export const PAUSE_CAMPAIGN = graphql(`mutation PauseCampaign($campaign: String!) { result: pauseCampaign(campaign: $campaign) { __typename ... on CommandRefused { code reason } } }`);
export const STOP_CAMPAIGN = graphql(`mutation StopCampaign($campaign: String!) { result: stopCampaign(campaign: $campaign) { __typename ... on CommandRefused { code reason } } }`);
export const CHANGE_DIALING = graphql(`
  mutation ChangeDialing($campaign: String!, $mode: DialingMode, $nuisanceLimit: Float, $maximumLines: Int, $ringSeconds: Float) {
    result: changeDialing(campaign: $campaign, mode: $mode, nuisanceLimit: $nuisanceLimit, maximumLines: $maximumLines, ringSeconds: $ringSeconds) { __typename ... on CommandRefused { code reason } }
  }
`);
