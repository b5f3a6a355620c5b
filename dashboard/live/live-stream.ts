import type { TadaDocumentNode } from 'gql.tada';
import { createClient } from 'graphql-sse';
import { stringifyDocument } from 'urql';
import { ENDPOINT, REQUEST_HEADERS } from '../graphql/endpoint.ts';
import type { LiveBoard, LiveFilter } from './live-query.ts';

export type StreamEvent<Board = LiveBoard> =
  | { kind: 'board'; board: Board; receivedMs: number }
  | { kind: 'broken'; reason: string; retryInMs: number };

interface Options<Board> { filter: LiveFilter; onEvent: (event: StreamEvent<Board>) => void; url?: string; silenceMs?: number; firstRetryMs?: number }

const LONGEST_RETRY_MS = 10_000;

/**
 * Keeps one live subscription open. A stream that ends, fails or falls silent is `broken` at once and opened
 * again, each time a little later, until {@link LiveStream.close}.
 */
export interface LiveStream { close(): void; retryNow(): void }

export function openStream<Board>(document: TadaDocumentNode<{ live: Board }, { filter?: LiveFilter | null }>, { filter, onEvent, url = ENDPOINT, silenceMs = 6000, firstRetryMs = 500 }: Options<Board>): LiveStream {
  const client = createClient({ url, headers: REQUEST_HEADERS, singleConnection: false, retryAttempts: 0 });
  const query = stringifyDocument(document);
  let retryMs = firstRetryMs;
  let stop: (() => void) | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let run = 0;

  function open(): void {
    const mine = ++run;
    const broken = (reason: string) => {
      if (mine !== run) return;
      run++;
      halt();
      onEvent({ kind: 'broken', reason, retryInMs: retryMs });
      retry = setTimeout(open, retryMs);
      retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
    };
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(() => broken('silent'), silenceMs);
    };
    listen();
    stop = client.subscribe<{ live: Board }>({ query, variables: { filter } }, {
      next: ({ data, errors }) => {
        if (mine !== run) return;
        if (!data) { broken(errors?.[0]?.message ?? 'no data'); return; }
        listen();
        retryMs = firstRetryMs;
        onEvent({ kind: 'board', board: data.live, receivedMs: Date.now() });
      },
      error: (error) => broken(error instanceof Error ? error.message : 'closed'),
      complete: () => broken('closed'),
    });
  }

  function halt(): void {
    clearTimeout(silence);
    clearTimeout(retry);
    stop?.();
  }

  open();
  return {
    close: () => { run++; halt(); client.dispose(); },
    retryNow: () => { run++; halt(); retryMs = firstRetryMs; open(); },
  };
}
