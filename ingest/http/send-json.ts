import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long a body that nobody wants is still thrown away before its connection is closed. */
const LINGER_MS = 1000;

/** Sends an answer, also while the request's body is still coming. */
export function sendJson(request: IncomingMessage, response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  if (response.headersSent || response.destroyed) return;
  const text = `${JSON.stringify(body)}\n`;
  const early = !request.complete;
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8', 'Content-Length': Buffer.byteLength(text), 'Cache-Control': 'no-store',
    ...status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}, ...early ? { Connection: 'close' } : {}, ...headers,
  });
  response.end(text);
  if (!early) return;
  // A connection that is closed with unread bytes is reset, and its sender may never see the answer.
  request.resume();
  const timer = setTimeout(() => request.socket.destroy(), LINGER_MS);
  request.socket.once('close', () => { clearTimeout(timer); });
}
