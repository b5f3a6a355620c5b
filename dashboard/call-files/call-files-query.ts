import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

export const CALL_FILES = graphql(`
  query CallFiles {
    callFiles { id name campaign tenant status rows accepted rejected loadedAt attempted reached penetration states { new inProgress callBack followUp done exhausted excluded } }
  }
`);

/** What only an opened file shows. */
export const CALL_FILE = graphql(`
  query CallFile($id: String!, $language: Language!) {
    callFile(id: $id) { id reasons { reason words(language: $language) rows examples { line detail } } results { result attempts } }
  }
`);

export const UPLOAD = graphql(`
  query Upload($id: String!, $language: Language!) {
    callFileUpload(id: $id) {
      id name campaign bytes format encoding delimiter country
      columns { name field examples }
      rows { line cells number zone reason words(language: $language) }
      check { done rows contacts failed reasons { reason words(language: $language) rows examples { line detail } } refusal { code reason(language: $language) } }
      import { stage rows file { id accepted rejected } refusal { code reason(language: $language) } }
    }
  }
`);

export const COUNTRIES = graphql(`query Countries { countriesWithNumbers }`);
export const DO_NOT_CALL = graphql(`query DoNotCall($tenant: String!) { doNotCallCount(tenant: $tenant) }`);

export const MAP_UPLOAD = graphql(`
  mutation MapUpload($upload: String!, $mapping: [CallFileColumnField!]!, $country: String!, $language: Language!) {
    result: mapCallFile(upload: $upload, mapping: $mapping, country: $country) { __typename ... on CallFileUpload { id } ... on CallFileRefusal { code reason(language: $language) } }
  }
`);
export const IMPORT_UPLOAD = graphql(`mutation ImportUpload($upload: String!) { result: importCallFile(upload: $upload) { id } }`);
export const DISCARD_UPLOAD = graphql(`mutation DiscardUpload($upload: String!) { result: discardCallFile(upload: $upload) { __typename } }`);
export const PAUSE_FILE = graphql(`mutation PauseFile($id: String!, $paused: Boolean!) { result: pauseCallFile(id: $id, paused: $paused) { id status } }`);
export const DELETE_FILE = graphql(`mutation DeleteFile($id: String!) { result: deleteCallFile(id: $id) { __typename ... on CommandRefused { code reason } } }`);
export const ADD_DO_NOT_CALL = graphql(`mutation AddDoNotCall($tenant: String!, $numbers: [String!]!) { result: addDoNotCall(tenant: $tenant, numbers: $numbers) { added known wrong } }`);

export type CallFile = ResultOf<typeof CALL_FILES>['callFiles'][number];
export type Upload = NonNullable<ResultOf<typeof UPLOAD>['callFileUpload']>;
export type Check = NonNullable<Upload['check']>;
export type Field = NonNullable<Upload['columns'][number]['field']>;
