import type { IncomingMessage, ServerResponse } from 'node:http';

/** Why a request is refused: an answer for the client. */
export interface Refusal {
  status: number;
  message: string;
}

/**
 * Only this machine talks to the server: the Host must name the loopback and our port (a name that an
 * attacker points at 127.0.0.1 does not), and a browser's Origin must be ours. What a reverse proxy may hand on may name the proxy's address too.
 * @param proxied the addresses under which this request may have come.
 */
export function refusalOf(request: Pick<IncomingMessage, 'headers'>, port: number, proxied: readonly URL[] = []): Refusal | null {
  // Browsers leave the port of http out.
  const ours = LOOPBACK.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
  const host = request.headers.host?.toLowerCase();
  if (host === undefined || !(ours.includes(host) || proxied.some((url) => url.host === host))) return { status: 421, message: 'this server answers to localhost only, and behind a proxy to VIGIE_SITE_URL' };
  const origin = request.headers.origin?.toLowerCase();
  if (origin !== undefined && !(ours.some((name) => origin === `http://${name}`) || proxied.some((url) => url.origin === origin))) return { status: 403, message: 'this origin is not allowed' };
  return null;
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Ends a refused request. */
export function refuse(response: ServerResponse, { status, message }: Refusal): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(`${message}\n`);
}

/** What a page may load and run. Its inline scripts must carry this answer's own nonce. */
export function pagePolicy(nonce: string): string {
  return ["default-src 'self'", `script-src 'self' 'nonce-${nonce}'`, ...PAGE_RULES].join('; ');
}

export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** Headers for every answer. */
export function securityHeaders(response: Pick<ServerResponse, 'setHeader'>, policy = DATA_POLICY, referrer: 'same-origin' | 'no-referrer' = 'same-origin'): void {
  response.setHeader('content-security-policy', policy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('referrer-policy', referrer);
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=()');
}

const PAGE_RULES = [
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];
