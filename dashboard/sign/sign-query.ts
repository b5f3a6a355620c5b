import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

const SIGNING = graphql(`
  fragment Signing on SigningResult {
    __typename
    ... on SigningRequest { incident title detectedAt resolvedAt name party language sha256 madeAt path expiresAt signedAt signers { name party signedAt } }
    ... on SigningRefused { code at }
  }
`);
export type Signing = ResultOf<typeof SIGNING>;
export type SigningRequest = Extract<Signing, { __typename: 'SigningRequest' }>;
export type SigningRefused = Extract<Signing, { __typename: 'SigningRefused' }>;

export const SIGNING_REQUEST = graphql(`query SigningRequest($token: String!) { result: signingRequest(token: $token) { ...Signing } }`, [SIGNING]);
export const SIGN_DOCUMENT = graphql(`mutation SignDocument($token: String!, $typedName: String!, $sha256: String!) { result: signDocument(token: $token, typedName: $typedName, sha256: $sha256) { ...Signing } }`, [SIGNING]);
