import { request as overHttp, type IncomingMessage } from 'node:http';
import { request as overTls } from 'node:https';
import { z } from 'zod';
import { ARROW_STREAM } from '../../api/http/send-table.ts';
import { pulled } from '../../warehouse/arrow/pulled.ts';
import type { TableAnswer } from '../../warehouse/warehouse.ts';
import { unpackError, type PackedError } from '../threads/errors.ts';
import type { Place } from './calls.ts';

const packedSchema: z.ZodType<PackedError> = z.lazy(() => z.object({ name: z.string(), message: z.string(), stack: z.string(), code: z.union([z.string(), z.number()]).nullable(), cause: packedSchema.nullable() }));
const answerSchema = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), result: z.unknown() }), z.object({ ok: z.literal(false), error: packedSchema })]);

const tableHeadersSchema = z.object({ 'vigie-zone': z.string(), 'vigie-from': z.string(), 'vigie-to': z.string(), 'vigie-load-mark': z.coerce.number() })
  .transform((headers) => ({ zone: headers['vigie-zone'], fromUtc: headers['vigie-from'], toUtc: headers['vigie-to'], loadMark: headers['vigie-load-mark'] }));

/** The other process is not there, or does not know our token. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
  /** As of a warehouse that is not there: what is loaded or sent is tried again. */
  readonly code = 'unavailable';
}

/**
 * Sends a JSON document to another process of the program and gives its result; a table comes as it is computed. Errors come back with class and code.
 * @throws UnreachableError
 */
export async function ask(place: Place, path: string, document: unknown, options: { timeoutMs?: number } = {}): Promise<unknown> {
  const answered = await send(place, path, Buffer.from(JSON.stringify(document)), { 'content-type': 'application/json' }, options);
  const { 'content-type': type, ...headers } = answered.headers;
  if (type === ARROW_STREAM) return tableOf(answered, headers, new URL(place.address).origin);
  const { status, text } = await textOf(answered, new URL(place.address).origin);
  if (status !== 200) throw new UnreachableError(`${place.address} answered ${status}: ${text.slice(0, 500)}`);
  const answer = answerSchema.parse(JSON.parse(text));
  if (!answer.ok) throw unpackError(answer.error);
  return answer.result;
}

/** `request` of http or https, as the address says. */
export function requesterFor(url: URL): typeof overHttp {
  return url.protocol === 'https:' ? overTls : overHttp;
}

/** @throws UnreachableError */
export async function post(place: Place, path: string, body: Buffer, headers: Record<string, string>, options: { timeoutMs?: number } = {}): Promise<{ status: number; text: string }> {
  return textOf(await send(place, path, body, headers, options), new URL(place.address).origin);
}

/**
 * Not `fetch`: that gives up after five minutes without an answer, and a large import takes its time.
 * @throws UnreachableError
 */
function send(place: Place, path: string, body: Buffer, headers: Record<string, string>, { timeoutMs }: { timeoutMs?: number }): Promise<IncomingMessage> {
  const url = new URL(path, place.address);
  return new Promise((resolve, reject) => {
    const sent = requesterFor(url)(url, { method: 'POST', headers: { ...headers, 'authorization': `Bearer ${place.token}`, 'content-length': body.byteLength } }, resolve);
    sent.on('error', (error) => reject(unreachable(url.origin, error)));
    if (timeoutMs !== undefined) sent.setTimeout(timeoutMs, () => sent.destroy(new Error(`no answer in ${timeoutMs} ms`)));
    sent.end(body);
  });
}

function textOf(answer: IncomingMessage, origin: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    answer.on('data', (part: Buffer) => parts.push(part));
    answer.on('error', (error) => reject(unreachable(origin, error)));
    answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }));
  });
}

/** A table, read as it comes. */
async function tableOf(answer: IncomingMessage, headers: IncomingMessage['headers'], origin: string): Promise<TableAnswer> {
  const about = tableHeadersSchema.parse(headers);
  const { signal } = new AbortController();
  const stream = await pulled(async (give) => {
    try {
      for await (const part of answer) await give(part, signal);
    } catch (error) {
      throw unreachable(origin, error);
    }
  }, () => answer.destroy());
  return { ...about, stream };
}

function unreachable(origin: string, error: unknown): UnreachableError {
  return new UnreachableError(`${origin} does not answer: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
}
