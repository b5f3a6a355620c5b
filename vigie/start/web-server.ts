import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Api } from '../../api/api.ts';
import { FILES_PATH } from '../../api/call-files/doors.ts';
import { pagePolicy, refusalOf, refuse, securityHeaders } from '../../api/http/guard.ts';
import { sendHealth, sendReadiness, sendSight, type ReadinessCheck, type SightCheck } from '../../api/http/health.ts';
import { isForOutside, SIGN_DOORS_PATH } from '../../api/http/outside.ts';
import { watchRequest } from '../../api/http/request-log.ts';
import { TABLES_PATH } from '../../api/tables/tables.ts';
import { INTERNAL_PATH } from '../internal/calls.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

export interface WebParts {
  api: Api;
  logger: Logger;
  checks: Record<string, ReadinessCheck>;
  /** Whether what is shown is fresh. */
  sight?: Record<string, SightCheck>;
  /** `/ingest/…` */
  ingest: Handler;
  /** {@link INTERNAL_PATH}: the program's own commands. */
  internal: Handler;
  /** Everything else. */
  pages: Handler;
}

export interface WebServer {
  /** `http://127.0.0.1:4700` */
  address: string;
  port: number;
  /** Serves; until then every request waits. */
  open(parts: WebParts): void;
  /** Ends streams too; may be called again. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Addresses as which reverse proxies on this machine hand requests on; null = there is none. */
export interface ProxiedAs {
  /** For everybody: the page to sign. */
  publicUrl: string | null;
  /** For the people of the site, whom the proxy knows: everything but the program's own commands. */
  siteUrl: string | null;
}

/** Listens on this machine only. The port is known before the parts are, because pages want it. */
export async function listen(port: number, { publicUrl, siteUrl }: ProxiedAs = { publicUrl: null, siteUrl: null }): Promise<WebServer> {
  const parsed = (url: string | null): URL[] => (url === null ? [] : [new URL(url)]);
  const [outside, site] = [parsed(publicUrl), parsed(siteUrl)] as const;
  const proxied = (method: string | undefined, path: string): URL[] => [...(isForOutside(method, path) ? outside : []), ...(path.startsWith(INTERNAL_PATH) ? [] : site)];
  let open: (parts: WebParts) => void = () => {};
  const opened = new Promise<WebParts>((resolve) => {
    open = resolve;
  });
  const server = createServer((request, response) => {
    void opened.then((parts) => answer(request, response, parts, { port: addressOf(server).port, proxied }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`cannot listen on ${HOST}:${port}: ${error.message}; set VIGIE_PORT to a free one`, { cause: error })));
    server.listen(port, HOST, resolve);
  });
  let closed: Promise<void> | null = null;
  return {
    address: `http://${HOST}:${addressOf(server).port}`,
    port: addressOf(server).port,
    open,
    close() {
      closed ??= new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closed;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: WebParts, { port, proxied }: { port: number; proxied(method: string | undefined, path: string): URL[] }): Promise<void> {
  const { api, logger } = parts;
  watchRequest(request, response, logger, api.metrics);
  try {
    const path = (request.url ?? '/').replace(/[?#].*$/s, '');
    const refusal = refusalOf(request, port, proxied(request.method, path));
    const page = !['/graphql', '/health', '/ready', '/sight', '/metrics'].includes(path) && !['/ingest/', TABLES_PATH, FILES_PATH, INTERNAL_PATH, SIGN_DOORS_PATH].some((prefix) => path.startsWith(prefix));
    if (page) {
      // Next signs its inline scripts with the nonce that it finds in the request's policy; nobody else may choose it.
      const policy = pagePolicy(randomBytes(16).toString('base64'));
      request.headers['content-security-policy'] = policy;
      delete request.headers['content-security-policy-report-only'];
      // The address of a page to sign is a secret.
      securityHeaders(response, policy, path.startsWith('/sign/') ? 'no-referrer' : 'same-origin');
    } else securityHeaders(response);
    if (refusal) refuse(response, refusal);
    else if (path === '/graphql') await api.handle(request, response);
    else if (path.startsWith(TABLES_PATH)) await api.tables(request, response);
    else if (path.startsWith(FILES_PATH)) await api.files(request, response);
    else if (path.startsWith(SIGN_DOORS_PATH)) await api.signing(request, response);
    // Next takes more than questions at its pages, and none of ours wants that.
    else if (path.startsWith('/sign/') && request.method !== 'GET' && request.method !== 'HEAD') refuse(response, { status: 405, message: 'a page is asked by GET' });
    else if (path === '/health') sendHealth(response);
    else if (path === '/ready') await sendReadiness(response, parts.checks);
    else if (path === '/sight') await sendSight(response, parts.sight ?? {});
    else if (path === '/metrics') await api.metrics.send(response);
    else if (path.startsWith('/ingest/')) await parts.ingest(request, response);
    else if (path.startsWith(INTERNAL_PATH)) await parts.internal(request, response);
    else await parts.pages(request, response);
  } catch (error) {
    logger.error({ err: error }, 'a request failed');
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('Something went wrong on the server. It has been written to its log.\n');
  }
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address;
}
