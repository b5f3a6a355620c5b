import type { ExecutionArgs } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Readable } from 'node:stream';
import { scopeKey, type Viewer } from '../viewer.ts';
import { notAcceptable, type Shared, type Sharing } from './sharing.ts';

/**
 * Puts {@link Sharing} under Yoga: Yoga parses, validates, limits and protects a subscription as any
 * other operation; its execution and its answer are shared.
 */
export function shareSubscriptions(sharing: Sharing, contextFor: (viewer: Viewer) => object): Plugin<{ viewer: Viewer }> {
  const joined = new WeakMap<Request, Shared>();
  return {
    onSubscribe: ({ args, setSubscribeFn }) => {
      setSubscribeFn(async () => {
        const { request, params, viewer } = args.contextValue;
        if (!/\btext\/event-stream\b|\*\/\*/.test(request.headers.get('accept') ?? '*/*')) return notAcceptable();
        const key = { document: params.query ?? '', operationName: params.operationName, variables: params.variables, scope: scopeKey(viewer.scope) };
        // The shared execution outlives the request that began it: it gets a context of its own.
        const begin = (): ExecutionArgs => ({ ...args, contextValue: contextFor(viewer) });
        const result = await sharing.join(key, begin);
        if (!('open' in result)) return result;
        joined.set(request, result);
        return nothing();
      });
    },
    onResultProcess: ({ request, setResultProcessor }) => {
      const shared = joined.get(request);
      if (!shared) return;
      setResultProcessor((_result, fetchAPI) => new fetchAPI.Response(asBody(shared.open()), { headers: HEADERS }), 'text/event-stream');
    },
  };
}

const HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform', connection: 'keep-alive', 'x-accel-buffering': 'no' };

/** Takes the place of the results that Yoga would have written itself. */
async function* nothing(): AsyncGenerator<never> {
  // Never read: the response is the shared stream.
}

/** Yoga's Response for Node takes a Node stream and pipes it (its type says only what browsers know). */
function asBody(stream: Readable): BodyInit {
  return stream as unknown as BodyInit;
}
