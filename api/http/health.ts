import type { ServerResponse } from 'node:http';

/** A part that must work before the server can answer; false or a throw = not ready. */
export type ReadinessCheck = () => boolean | Promise<boolean>;

const CHECK_MS = 2000;

/** The process answers. */
export function sendHealth(response: ServerResponse): void {
  send(response, 200, { status: 'ok' });
}

/** 200 when every part is ready, else 503; the body says which is not. */
export async function sendReadiness(response: ServerResponse, checks: Record<string, ReadinessCheck>): Promise<void> {
  const parts = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, (await passes(check)) ? 'ready' : 'not ready'] as const));
  const ready = parts.every(([, state]) => state === 'ready');
  send(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', parts: Object.fromEntries(parts) });
}

/** What is shown is fresh; '' = it is, else why not. */
export type SightCheck = () => string | Promise<string>;

/** 200 when what this process shows and watches is fresh, else 503: it answers, and is blind. The body says why. */
export async function sendSight(response: ServerResponse, checks: Record<string, SightCheck>): Promise<void> {
  const parts = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, (await wordsOf(check)) || 'ready'] as const));
  const sees = parts.every(([, state]) => state === 'ready');
  send(response, sees ? 200 : 503, { status: sees ? 'sees' : 'blind', parts: Object.fromEntries(parts) });
}

async function wordsOf(check: SightCheck): Promise<string> {
  let words = '';
  const fine = await passes(async () => (words = await check()) === '');
  return fine ? '' : words || 'not ready';
}

async function passes(check: ReadinessCheck): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), CHECK_MS)));
  try {
    return await Promise.race([check(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
