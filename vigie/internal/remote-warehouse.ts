import { request } from 'node:http';
import { z } from 'zod';
import type { RunningServer } from '../data-directory/server-file.ts';
import { unpackError, type PackedError } from '../threads/errors.ts';
import { INTERNAL_METHODS, INTERNAL_PATH, type InternalWarehouse } from './calls.ts';

const packedSchema: z.ZodType<PackedError> = z.lazy(() => z.object({ name: z.string(), message: z.string(), stack: z.string(), code: z.union([z.string(), z.number()]).nullable(), cause: packedSchema.nullable() }));
const answerSchema = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), result: z.unknown() }), z.object({ ok: z.literal(false), error: packedSchema })]);

/** The warehouse of a running server. Errors come back with class and code. */
export function remoteWarehouse(server: RunningServer): InternalWarehouse {
  const methods = INTERNAL_METHODS.map((method) => [method, (...args: unknown[]) => ask(server, method, args)]);
  // Names and signatures are those of INTERNAL_METHODS, and the server is the same program.
  return Object.fromEntries(methods) as InternalWarehouse;
}

async function ask(server: RunningServer, method: string, args: unknown[]): Promise<unknown> {
  const text = await post(new URL(INTERNAL_PATH + method, server.address), server.token, JSON.stringify(args));
  const answer = answerSchema.parse(JSON.parse(text));
  if (!answer.ok) throw unpackError(answer.error);
  return answer.result;
}

/** Not `fetch`: that gives up after five minutes without an answer, and a large import takes its time. */
function post(url: URL, token: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`the running server answered ${response.statusCode ?? 0}: ${text.slice(0, 500)}`));
      });
    });
    sent.on('error', (error) => reject(new Error(`the running server at ${url.origin} does not answer`, { cause: error })));
    sent.end(body);
  });
}
