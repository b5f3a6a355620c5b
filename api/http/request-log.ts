import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';

/** Known first segments; anything else is one label, or every scanner would make metrics of its own. */
const ROUTES: ReadonlySet<string> = new Set(['graphql', 'tables', 'files', 'ingest', 'health', 'ready', 'metrics', 'internal', 'sign', '_next']);

/**
 * Logs and counts a request when its answer is over. Only the path is kept: no query, no header, no
 * body, so that neither tokens nor callers' numbers reach the log. Returns the request's id.
 */
export function watchRequest(request: IncomingMessage, response: ServerResponse, logger: Logger, metrics: Metrics): string {
  const id = randomUUID();
  const started = performance.now();
  const method = request.method ?? '';
  const path = (request.url ?? '/').replace(/[?#].*$/s, '').replace(PERSONAL, '$1…').slice(0, 200);
  const segment = path.split('/')[1] ?? '';
  response.setHeader('x-request-id', id);
  response.once('close', () => {
    const milliseconds = performance.now() - started;
    metrics.request({ route: ROUTES.has(segment) ? `/${segment}` : 'page', method: METHODS.has(method) ? method : 'other', status: response.statusCode }, milliseconds / 1000);
    logger.info({ id, method, path, status: response.statusCode, ms: Math.round(milliseconds * 10) / 10, whole: response.writableFinished }, 'request');
  });
  return id;
}

/** Whatever comes behind is a personal link's secret, also where somebody has written it as a path. */
const PERSONAL = /^((?:\/(?:fr|en))?\/(?:sign|signing)\/).+$/s;
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);
