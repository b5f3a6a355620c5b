import { graphql } from '../graphql/graphql.ts';

export const LISTEN = graphql(`mutation Listen($agent: String!, $on: Boolean!) { result: listen(agent: $agent, on: $on) { __typename ... on CommandRefused { code reason } } }`);
export const RECORD = graphql(`mutation Record($agent: String!, $on: Boolean!) { result: record(agent: $agent, on: $on) { __typename ... on CommandRefused { code reason } } }`);
export const FORCE_PAUSE = graphql(`mutation ForcePause($agent: String!, $reason: String!) { result: forcePause(agent: $agent, reason: $reason) { __typename ... on CommandRefused { code reason } } }`);
export const MESSAGE = graphql(`mutation Message($agent: String!, $text: String!) { result: message(toAgent: $agent, text: $text) { __typename ... on CommandRefused { code reason } } }`);
