import { timingSafeEqual, createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { packError } from '../threads/errors.ts';
import { INTERNAL_METHODS, INTERNAL_PATH, type InternalAnswer, type InternalWarehouse } from './calls.ts';

const LONGEST_BODY = 16 * 1024 * 1024;
const methodSchema = z.enum(INTERNAL_METHODS);

/** Answers the program's own commands; everybody else, who does not know the token, gets 404. */
export async function serveInternal(request: IncomingMessage, response: ServerResponse, token: string, warehouse: InternalWarehouse): Promise<void> {
  const method = methodSchema.safeParse((request.url ?? '').slice(INTERNAL_PATH.length));
  if (request.method !== 'POST' || !method.success || !sameSecret(request.headers.authorization ?? '', `Bearer ${token}`)) {
    response.writeHead(404).end();
    return;
  }
  const answer = await call(warehouse, method.data, request).then(
    (result): InternalAnswer => ({ ok: true, result }),
    (error: unknown): InternalAnswer => ({ ok: false, error: packError(error) }),
  );
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}

async function call(warehouse: InternalWarehouse, method: keyof InternalWarehouse, request: IncomingMessage): Promise<unknown> {
  const args = z.array(z.unknown()).parse(JSON.parse(await bodyOf(request)));
  const run: (...args: never[]) => Promise<unknown> = warehouse[method];
  // The sender is this same program, as the token shows: the arguments fit the method.
  return (run as (...args: unknown[]) => Promise<unknown>).apply(warehouse, args);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > LONGEST_BODY) throw new Error('the request is too long');
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Takes the same time wherever the texts differ. */
function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
