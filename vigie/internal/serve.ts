import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { sendTable } from '../../api/http/send-table.ts';
import type { TableAnswer } from '../../warehouse/warehouse.ts';
import { packError } from '../threads/errors.ts';
import type { InternalAnswer } from './calls.ts';
import { readBody } from './read-body.ts';
import { carriesToken } from './same-secret.ts';

const LONGEST_BODY = 16 * 1024 * 1024;

export interface InternalDoor<Method extends string> {
  /** What stands before the method's name. */
  path: string;
  methods: readonly Method[];
  token: string;
  functions: Record<Method, (...args: never[]) => Promise<unknown>>;
}

/** Answers the program's own commands and processes; everybody else, who does not know the token, gets 404. */
export async function serveInternal<Method extends string>(request: IncomingMessage, response: ServerResponse, { path, methods, token, functions }: InternalDoor<Method>): Promise<void> {
  const asked = (request.url ?? '').slice(path.length);
  const method = methods.find((name) => name === asked);
  if (request.method !== 'POST' || method === undefined || !carriesToken(request, token)) {
    response.writeHead(404).end();
    return;
  }
  const answer = await call(functions, method, request).then(
    (result): InternalAnswer | TableAnswer => (isTable(result) ? result : { ok: true, result }),
    (error: unknown): InternalAnswer => ({ ok: false, error: packError(error) }),
  );
  if ('stream' in answer) return sendTable(response, answer);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}

function isTable(result: unknown): result is TableAnswer {
  return typeof result === 'object' && result !== null && 'stream' in result && result.stream instanceof ReadableStream;
}

async function call<Method extends string>(functions: InternalDoor<Method>['functions'], method: Method, request: IncomingMessage): Promise<unknown> {
  const args = z.array(z.unknown()).parse(JSON.parse(await readBody(request, LONGEST_BODY)));
  // The sender is this same program, as the token shows: the arguments fit the method.
  const run = functions[method] as (...args: unknown[]) => Promise<unknown>;
  return run.apply(functions, args);
}
