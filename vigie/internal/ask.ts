import { request as overHttp } from 'node:http';
import { request as overTls } from 'node:https';
import { z } from 'zod';
import { unpackError, type PackedError } from '../threads/errors.ts';
import type { Place } from './calls.ts';

const packedSchema: z.ZodType<PackedError> = z.lazy(() => z.object({ name: z.string(), message: z.string(), stack: z.string(), code: z.union([z.string(), z.number()]).nullable(), cause: packedSchema.nullable() }));
const answerSchema = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), result: z.unknown() }), z.object({ ok: z.literal(false), error: packedSchema })]);

/** The other process is not there, or does not know our token. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
  /** As of a warehouse that is not there: what is loaded or sent is tried again. */
  readonly code = 'unavailable';
}

/**
 * Sends a JSON document to another process of the program and gives its result. Errors come back with class and code.
 * @throws UnreachableError
 */
export async function ask(place: Place, path: string, document: unknown, options: { timeoutMs?: number } = {}): Promise<unknown> {
  const { status, text } = await post(place, path, Buffer.from(JSON.stringify(document)), { 'content-type': 'application/json' }, options);
  if (status !== 200) throw new UnreachableError(`${place.address} answered ${status}: ${text.slice(0, 500)}`);
  const answer = answerSchema.parse(JSON.parse(text));
  if (!answer.ok) throw unpackError(answer.error);
  return answer.result;
}

/** `request` of http or https, as the address says. */
export function requesterFor(url: URL): typeof overHttp {
  return url.protocol === 'https:' ? overTls : overHttp;
}

/**
 * Not `fetch`: that gives up after five minutes without an answer, and a large import takes its time.
 * @throws UnreachableError
 */
export function post(place: Place, path: string, body: Buffer, headers: Record<string, string>, { timeoutMs }: { timeoutMs?: number } = {}): Promise<{ status: number; text: string }> {
  const url = new URL(path, place.address);
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => reject(new UnreachableError(`${url.origin} does not answer: ${error.message}`, { cause: error }));
    const sent = requesterFor(url)(url, { method: 'POST', headers: { ...headers, 'authorization': `Bearer ${place.token}`, 'content-length': body.byteLength } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', failed);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }));
    });
    sent.on('error', failed);
    if (timeoutMs !== undefined) sent.setTimeout(timeoutMs, () => sent.destroy(new Error(`no answer in ${timeoutMs} ms`)));
    sent.end(body);
  });
}
