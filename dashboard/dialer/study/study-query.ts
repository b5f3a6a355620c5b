import type { ResultOf, VariablesOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

export const STUDY = graphql(`
  subscription Study($contacts: Int!, $agents: Int!, $modes: [StudyMode!]!, $seed: Int!, $nuisanceShare: Float!, $answerShare: Float!, $talkSeconds: Float!, $wrapupSeconds: Float!) {
    study(contacts: $contacts, agents: $agents, modes: $modes, seed: $seed, nuisanceShare: $nuisanceShare, answerShare: $answerShare, talkSeconds: $talkSeconds, wrapupSeconds: $wrapupSeconds) {
      state ahead mode done
      modes { mode hours contactsDialed contactsLeft talkMinutesPerHour busyShare waitSeconds nuisanceShare worstDayShare nuisances takenForMachine contactsPerHour lines peakLines }
    }
  }
`);
export type StudyVariables = VariablesOf<typeof STUDY>;
export type StudyProgress = ResultOf<typeof STUDY>['study'];
export type StudiedMode = StudyProgress['modes'][number];
export type StudyMode = StudiedMode['mode'];
