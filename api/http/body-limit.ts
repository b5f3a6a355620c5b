import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/**
 * The longest body. Node ends a body at its declared length, so that a declared one needs no counting; Yoga's own
 * limit pipes every body through a counting stream, a fifth of all that a small request costs. Without a length the body
 * is counted as it comes.
 */
export function bodyLimit(bytes: number): Plugin {
  return {
    onRequestParse: ({ request, requestParser, setRequestParser, fetchAPI }) => {
      const declared = request.headers.get('content-length');
      if (declared !== null) {
        if (!/^\d+$/.test(declared)) throw refused(400, 'BAD_REQUEST', 'Content-Length header is invalid.');
        if (Number(declared) > bytes) throw tooLarge();
        return;
      }
      if (!requestParser || !request.body) return;
      setRequestParser(async (streamed) => requestParser(new fetchAPI.Request(streamed.url, { method: streamed.method, headers: streamed.headers, signal: streamed.signal, body: await bounded(streamed, bytes) })));
    },
  };
}

async function bounded(request: Request, bytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let received = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    received += part.value.byteLength;
    if (received > bytes) throw tooLarge();
    parts.push(part.value);
  }
  return Buffer.concat(parts).toString('utf8');
}

function tooLarge(): GraphQLError {
  return refused(413, 'REQUEST_ENTITY_TOO_LARGE', 'Request body too large');
}

function refused(status: number, code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { http: { status }, code } });
}
