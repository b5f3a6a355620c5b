import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { securityHeaders } from '../../api/http/guard.ts';
import { sendHealth, sendReadiness, sendSight, type ReadinessCheck, type SightCheck } from '../../api/http/health.ts';
import { hostInUrl, type ListenAddress } from '../listen-address.ts';

/** HTTP of a process that serves other processes, not people. */
export interface ProcessServer {
  /** As this machine reaches it. */
  address: string;
  /** Serves; until then every request waits. The first handler that does not give false has the request. Without `sight` there is nothing to be blind for. */
  open(checks: Record<string, ReadinessCheck>, handlers: readonly ProcessHandler[], sight?: Record<string, SightCheck>): void;
  /** Ends streams too; may be called again. */
  close(): Promise<void>;
}

export type ProcessHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

/** @param variable is named where the address is not free. */
export async function listenAt({ host, port }: ListenAddress, variable: string, logger: Logger): Promise<ProcessServer> {
  let open: (parts: { checks: Record<string, ReadinessCheck>; handlers: readonly ProcessHandler[]; sight: Record<string, SightCheck> | undefined }) => void = () => {};
  const opened = new Promise<Parameters<typeof open>[0]>((resolve) => (open = resolve));
  const server = createServer((request, response) => {
    void opened.then(async ({ checks, handlers, sight }) => {
      securityHeaders(response);
      if (request.url === '/health') sendHealth(response);
      else if (request.url === '/ready') await sendReadiness(response, checks);
      else if (request.url === '/sight' && sight) await sendSight(response, sight);
      else if (!handlers.some((handle) => handle(request, response))) response.writeHead(404).end();
    }).catch((error: unknown) => {
      logger.error({ err: error }, 'a request failed');
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`cannot listen on ${hostInUrl(host)}:${port}: ${error.message}; set ${variable} to a free address`, { cause: error })));
    server.listen(port, host, resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server has no port');
  const everywhere: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  let closed: Promise<void> | null = null;
  return {
    address: `http://${hostInUrl(everywhere[host] ?? host)}:${bound.port}`,
    open: (checks, handlers, sight) => open({ checks, handlers, sight }),
    close() {
      closed ??= new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closed;
    },
  };
}
