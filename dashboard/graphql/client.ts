import { Client, cacheExchange, fetchExchange } from 'urql';
import { ENDPOINT, REQUEST_HEADERS } from './endpoint.ts';
import { plainInputExchange } from './plain-input.ts';

/** Queries and mutations. The live stream has its own client (`live/live-stream.ts`). */
export function createGraphqlClient(): Client {
  return new Client({
    url: ENDPOINT,
    exchanges: [cacheExchange, plainInputExchange, fetchExchange],
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: { headers: REQUEST_HEADERS, credentials: 'same-origin' },
  });
}
