import type { ResultOf, VariablesOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

export const LIVE = graphql(`
  subscription Live($filter: LiveFilter) {
    live(filter: $filter) {
      at coreAt dataAt loadMark zone dayFrom connected historyFrom configurationMark figuresTrouble { kind since }
      totals {
        waiting longestWaitSince agentsReady agentsRinging agentsTalking agentsWrapup agentsPaused agentsLoggedIn callsInProgress
        offered queued answered abandoned serviceLevel serviceLevel30 abandonmentRate asaSeconds averageHandleSeconds occupancy targetServiceLevel
      }
      queues {
        queue name tenant open targetSeconds targetServiceLevel waiting longestWaitSince
        waiters { callId since caller priority }
        agentsLoggedIn agentsReady agentsTalking queued answered abandoned serviceLevel serviceLevel30 abandonmentRate asaSeconds averageHandleSeconds serviceLevelTrend
      }
      agents {
        agent name tenant site teams state since pauseReason pendingPause loggedInSince callId queue campaign
        answeredToday arguedToday positiveToday recorded listenedBy
      }
      messages { messageId at from text general sentAt seenBy toAgent toTeam }
      lastHour { at offered answered abandoned }
    }
  }
`);
export type LiveBoard = ResultOf<typeof LIVE>['live'];
export type LiveFilter = NonNullable<VariablesOf<typeof LIVE>['filter']>;
export type LiveQueue = LiveBoard['queues'][number];
export type LiveAgent = LiveBoard['agents'][number];
export type MinuteFlow = LiveBoard['lastHour'][number];
