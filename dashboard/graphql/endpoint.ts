export const ENDPOINT = '/graphql';

/** The server refuses requests that a foreign page could send without a pre-flight. */
export const REQUEST_HEADERS = { 'x-graphql-yoga-csrf': '1' };
