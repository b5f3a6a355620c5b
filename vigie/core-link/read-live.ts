import type { IncomingMessage } from 'node:http';
import { StringDecoder } from 'node:string_decoder';
import type { LiveEvent } from '../../telephony/live.ts';
import { requesterFor, UnreachableError } from '../internal/ask.ts';
import type { Place } from '../internal/calls.ts';
import { LIVE_PATH } from './core-handler.ts';
import { liveEventSchema } from './live-schema.ts';

export interface ReadLiveOptions {
  place: () => Place;
  take: (event: LiveEvent) => void;
  signal: AbortSignal;
  silenceMs: number;
}

/** A snapshot of the largest floor is a few megabytes. */
const LONGEST_LINE = 256 << 20;

/**
 * Reads the core's stream until it ends.
 * @throws UnreachableError when it is not there, falls silent, or does not know our token.
 */
export async function readLive({ place, take, signal, silenceMs }: ReadLiveOptions): Promise<void> {
  const { address, token } = place();
  const url = new URL(LIVE_PATH, address);
  await new Promise<void>((resolve, reject) => {
    const failed = (error: Error): void => reject(new UnreachableError(`the telephony core at ${url.origin} is lost: ${error.message}`, { cause: error }));
    const request = requesterFor(url)(url, { headers: { authorization: `Bearer ${token}` }, signal, agent: false }, (response) => {
      if (response.statusCode === 200) readLines(response, (line) => take(liveEventSchema.parse(JSON.parse(line)))).then(resolve, failed);
      else {
        response.resume();
        failed(new Error(response.statusCode === 401 ? 'it has another VIGIE_CORE_TOKEN' : `it answers ${response.statusCode ?? 0}`));
      }
    });
    // Of the connection, before and after its answer.
    request.setTimeout(silenceMs, () => request.destroy(new Error(`no sign for ${silenceMs} ms`)));
    request.on('error', failed);
    request.end();
  });
}

async function readLines(response: IncomingMessage, take: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const part of response) {
    rest += decoder.write(Buffer.from(part));
    if (rest.length > LONGEST_LINE) throw new Error('a line of it has no end');
    const end = rest.lastIndexOf('\n');
    if (end === -1) continue;
    const lines = rest.slice(0, end).split('\n');
    rest = rest.slice(end + 1);
    for (const line of lines) if (line !== '') take(line);
  }
}
