import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.ts';

/** Names and rules that every page needs: small, asked once. */
export const REFERENCE = graphql(`
  query Reference($language: Language!) {
    configurationMark
    tenants { id name zone }
    sites { id name zone }
    teams { id name site tenant }
    queues { id name tenant targetSeconds targetServiceLevel targetAbandonmentRate ringLimitSeconds talkLimitSeconds holdLimitSeconds wrapupLimitSeconds }
    campaigns { id name tenant site direction }
    agents { id name tenant site teams }
    pauseReasons { code label(language: $language) productive system limitSeconds }
    measures { id name(language: $language) short(language: $language) formula(language: $language) unit dimensions better empty }
  }
`);
export type Reference = ResultOf<typeof REFERENCE>;
export type Measure = Reference['measures'][number];
export type Unit = Measure['unit'];
