import type { IncomingMessage, ServerResponse } from 'node:http';
import { commandSchema, type Command } from '../../telephony/commands.ts';
import type { InternalAnswer } from '../internal/calls.ts';
import { readBody } from '../internal/read-body.ts';
import { carriesToken } from '../internal/same-secret.ts';
import { packError } from '../threads/errors.ts';
import type { CoreHub } from './core-hub.ts';

export const LIVE_PATH = '/core/live';
export const COMMANDS_PATH = '/core/commands';

export interface CoreHandlerOptions {
  hub: CoreHub;
  command: (command: Command) => Promise<unknown>;
  token: string;
  /** A blank line as often as this says that the core lives. Default 5 s. */
  heartbeatMs?: number;
  /** A reader that is so far behind is cut off: it comes back and takes a new snapshot. Default 8 MB. */
  mostBehindBytes?: number;
}

const LONGEST_COMMAND = 64 * 1024;

/**
 * The core for other processes; false = the path is not its own.
 *
 *     GET  /core/live       lines of JSON: a snapshot, then changes, until somebody goes; blank ones as heartbeat
 *     POST /core/commands   a command; the answer is the core's
 */
export function createCoreHandler({ hub, command, token, heartbeatMs = 5000, mostBehindBytes = 8 << 20 }: CoreHandlerOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/s, '');
    if (path !== LIVE_PATH && path !== COMMANDS_PATH) return false;
    if (!carriesToken(request, token)) refuse(response, 401, 'send "Authorization: Bearer TOKEN" with the token of VIGIE_CORE_TOKEN', { 'www-authenticate': 'Bearer' });
    else if (request.method !== (path === LIVE_PATH ? 'GET' : 'POST')) refuse(response, 405, `${request.method ?? ''} is not for ${path}`);
    else if (path === LIVE_PATH) follow(response);
    else void obey(request, response);
    return true;
  };

  function follow(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    const send = (line: string): void => {
      response.write(line);
      if (response.writableLength > mostBehindBytes) response.destroy();
    };
    const heartbeat = setInterval(() => send('\n'), heartbeatMs);
    const stop = hub.subscribe(send);
    response.once('close', () => {
      clearInterval(heartbeat);
      stop();
    });
  }

  async function obey(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parsed = commandSchema.safeParse(await readBody(request, LONGEST_COMMAND).then((text): unknown => JSON.parse(text)).catch(() => null));
    if (!parsed.success) return refuse(response, 400, 'a command is expected');
    const answer = await command(parsed.data).then(
      (result): InternalAnswer => ({ ok: true, result }),
      (error: unknown): InternalAnswer => ({ ok: false, error: packError(error) }),
    );
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(answer));
  }
}

function refuse(response: ServerResponse, status: number, message: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'connection': 'close', ...headers }).end(`${message}\n`);
}
