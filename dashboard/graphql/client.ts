import { Client, cacheExchange, fetchExchange } from 'urql';
import { ENDPOINT, REQUEST_HEADERS } from './endpoint.ts';
import { plainInputExchange } from './plain-input.ts';
import { watchSlowQuestions, type SlowQuestions } from './slow-questions.ts';

/** Queries and mutations. The live stream has its own client (`live/live-stream.ts`). */
export function createGraphqlClient(): { client: Client; slow: SlowQuestions } {
  const slow = watchSlowQuestions();
  const client = new Client({
    url: ENDPOINT,
    exchanges: [cacheExchange, plainInputExchange, slow.exchange, fetchExchange],
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: { headers: REQUEST_HEADERS, credentials: 'same-origin' },
  });
  return { client, slow };
}
