import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

export const RUNNING = graphql(`
  subscription Running($filter: LiveFilter) {
    live(filter: $filter) {
      at coreAt connected
      agents { agent name teams site state since pauseReason callId queue }
    }
  }
`);
export type RunningBoard = ResultOf<typeof RUNNING>['live'];
export type RunningAgent = RunningBoard['agents'][number];
