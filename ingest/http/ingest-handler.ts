import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ROW_KINDS } from '../../telephony/rows.ts';
import type { AppendAnswer, BatchHead, SpoolDoor } from '../spool/door.ts';
import type { ReceivedBody } from './body-target.ts';
import { HttpProblem } from './http-problem.ts';
import { receiveBody, type BodyLimits } from './receive-body.ts';
import { sendJson } from './send-json.ts';
import { TokenKeeper } from './token-keeper.ts';

export interface IngestHandlerOptions {
  door: SpoolDoor;
  /** Bearer token by source. */
  tokens: Record<string, string>;
  /** The sources that send legs; those of the others are derived, and posted ones would count twice. Absent: all send them. */
  ownLegs?: readonly string[];
  limits?: Partial<BodyLimits> & {
    /** Bodies that arrive at a time: with `memoryBytes`, the bound of this handler's memory. */
    maximumRequests?: number;
  };
  /** Called with what went wrong inside; the sender sees no details. */
  onError?: (error: unknown) => void;
}

const DEFAULTS = { maximumBytes: 256 << 20, maximumLineBytes: 1 << 20, memoryBytes: 1 << 20, maximumRequests: 64 };
const AGAIN = 'send the batch again later, with the same Batch-Id';

/**
 * The handler of `/ingest/…`, to be mounted in a `node:http` server; false = the path is not its own.
 *
 *     POST /ingest/od-calls | od-actions | legs     NDJSON, also gzip; header `Batch-Id` or `?batch=`
 *     GET  /ingest/batches/:id
 *
 * 202 means: the rows are on disk and will be loaded once. A batch without an id is named by its content.
 */
export function createIngestHandler(options: IngestHandlerOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  const limits = { ...DEFAULTS, ...options.limits };
  const tokens = new TokenKeeper(options.tokens);
  let arriving = 0;

  async function answer(request: IncomingMessage, path: string, query: URLSearchParams): Promise<{ status: number; body: object }> {
    const source = tokens.sourceOf(request.headers.authorization);
    if (source === null) throw new HttpProblem(401, 'no valid token', 'Authorization', 'send "Authorization: Bearer TOKEN" with the token of a configured source');
    if (path.startsWith('batches/')) {
      expectMethod(request, 'GET');
      return { status: 200, body: await findBatch(options.door, source, path.slice('batches/'.length)) };
    }
    const kind = ROW_KINDS.find((name) => name === path);
    if (!kind) throw new HttpProblem(404, 'unknown path', `/ingest/${path.slice(0, 200)}`, `post to ${ROW_KINDS.map((name) => `/ingest/${name}`).join(', ')}`);
    expectMethod(request, 'POST');
    if (kind === 'legs' && options.ownLegs?.includes(source) === false) {
      throw new HttpProblem(403, 'this source sends no legs of its own: they are derived from its calls', source, 'name the source in VIGIE_INGEST_OWN_LEGS, before its first calls are sent');
    }
    if (arriving >= limits.maximumRequests) throw new HttpProblem(429, 'too many batches at a time', String(arriving), AGAIN).retryAfter(1);
    arriving += 1;
    try {
      const batchId = request.headers['batch-id'] ?? query.get('batch');
      if (Array.isArray(batchId)) throw new HttpProblem(400, 'more than one batch id', batchId.join(', '), 'send one Batch-Id');
      const body = await receiveBody(request, limits, () => options.door.room());
      return { status: 202, body: await append(options.door, { source, kind, batchId: batchId ?? digestOf(body) }, body) };
    } finally {
      arriving -= 1;
    }
  }

  return (request, response) => {
    const url = parseUrl(request.url);
    if (!url?.pathname.startsWith('/ingest/')) return false;
    answer(request, url.pathname.slice('/ingest/'.length), url.searchParams).then(
      ({ status, body }) => { sendJson(request, response, status, body); },
      (error: unknown) => {
        if (!(error instanceof HttpProblem)) options.onError?.(error);
        const problem = error instanceof HttpProblem ? error : new HttpProblem(500, 'internal error', '', AGAIN);
        sendJson(request, response, problem.status, { error: problem.message, value: problem.value, remedy: problem.remedy }, problem.headers);
      },
    );
    return true;
  };
}

async function append(door: SpoolDoor, head: BatchHead, body: ReceivedBody): Promise<object> {
  if (body.in === 'memory' && body.ndjson.length === 0) throw new HttpProblem(400, 'empty batch', '0 rows', 'send one JSON object a line');
  const answer = body.in === 'memory' ? await door.append({ ...head, ndjson: body.ndjson })
    : await door.adopt({ ...head, file: body.file, bytes: body.bytes, rows: body.rows, crc: body.crc, digest: body.digest });
  if (answer.ok) return answer.receipt;
  throw problemOf(answer, head.batchId.slice(0, 200));
}

function digestOf(body: ReceivedBody): string {
  return body.in === 'file' ? body.digest : createHash('sha256').update(body.ndjson).digest('hex');
}

async function findBatch(door: SpoolDoor, source: string, encoded: string): Promise<object> {
  let id: string;
  try {
    id = decodeURIComponent(encoded);
  } catch (error) {
    throw new HttpProblem(400, 'malformed batch id', encoded.slice(0, 200), 'percent-encode the id', error);
  }
  const batch = await door.batch(source, id);
  if (!batch) throw new HttpProblem(404, 'unknown batch', id.slice(0, 200), 'it was never acknowledged to this source, or is older than what is remembered');
  return batch;
}

function problemOf(answer: Extract<AppendAnswer, { ok: false }>, batchId: string): HttpProblem {
  switch (answer.code) {
    case 'conflict': return new HttpProblem(409, answer.message, batchId, 'give other content another Batch-Id');
    case 'invalid': return new HttpProblem(400, answer.message, batchId, 'correct the request');
    case 'full': return new HttpProblem(429, 'spool full', answer.message, AGAIN).retryAfter(answer.retryAfterSeconds);
    default: return new HttpProblem(503, 'spool not writable', answer.message, AGAIN).retryAfter(answer.retryAfterSeconds);
  }
}

function expectMethod(request: IncomingMessage, method: string): void {
  if (request.method === method) return;
  const problem = new HttpProblem(405, 'method not allowed', request.method ?? '', `use ${method}`);
  problem.headers.Allow = method;
  throw problem;
}

function parseUrl(url: string | undefined): URL | null {
  try {
    return new URL(url ?? '', 'http://localhost');
  } catch {
    return null;
  }
}
