import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { WarehouseError, type TableAnswer, type Warehouse } from '../../warehouse/warehouse.ts';
import { ARROW_STREAM, sendTable } from '../http/send-table.ts';
import { viewerFor } from '../viewer.ts';
import { UNAVAILABLE, withDeadline } from '../warehouse-errors.ts';
import { askedCalls, askedKpi } from './asked.ts';

export const TABLES_PATH = '/tables/';
/** Each holds one of the warehouse's connections for as long as its reader takes. */
const MOST_AT_ONCE = 3;
const STATUS: Partial<Record<WarehouseError['code'], number>> = { 'invalid-query': 400, 'too-large': 413, timeout: 504, unavailable: 503 };

/** Answers `GET /tables/kpi` and `GET /tables/calls` with an Arrow stream; refusals are a line of text. */
export function openTables({ warehouse, logger }: { warehouse: Pick<Warehouse, 'kpiTable' | 'callsTable' | 'cancel'>; logger: Logger }): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  let open = 0;
  return async (request, response) => {
    const refuse = (status: number, message: string, headers: Record<string, string> = {}): void => void response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(`${message}\n`);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const table = pathname.slice(TABLES_PATH.length);
    if (table !== 'kpi' && table !== 'calls') return refuse(404, 'there are the tables kpi and calls');
    if (request.method !== 'GET') return refuse(405, 'a table is asked by GET', { allow: 'GET' });
    if (!acceptsArrow(request.headers.accept)) return refuse(406, `a table comes as ${ARROW_STREAM}`);
    // A foreign page cannot read an answer, but it could have it computed.
    if (!['none', 'same-origin', undefined].includes(request.headers['sec-fetch-site']?.toString())) return refuse(403, 'this origin is not allowed');
    if (open >= MOST_AT_ONCE) return refuse(503, `${MOST_AT_ONCE} tables are being read: ask again when one is done`, { 'retry-after': '5' });
    open += 1;
    const left = new AbortController();
    response.once('close', () => left.abort());
    try {
      const { scope } = viewerFor(request);
      const answer = await withDeadline<TableAnswer>({ warehouse, signal: left.signal }, (options) =>
        (table === 'kpi' ? warehouse.kpiTable(askedKpi(searchParams), scope, options) : warehouse.callsTable(askedCalls(searchParams), scope, options)));
      await sendTable(response, answer);
    } catch (error) {
      const status = error instanceof WarehouseError ? STATUS[error.code] : undefined;
      const told = status === undefined || !(error instanceof Error) ? 'Something went wrong on the server. It has been written to its log.' : status === 503 ? UNAVAILABLE : error.message;
      if (status === undefined || status === 503 || response.headersSent) logger.error({ err: error, table }, response.headersSent ? 'a table broke off' : 'a table failed');
      if (!response.headersSent && !response.destroyed) refuse(status ?? 500, told);
    } finally {
      open -= 1;
    }
  };
}

function acceptsArrow(accept: string | undefined): boolean {
  return accept === undefined || accept.split(',').some((range) => [ARROW_STREAM, 'application/*', '*/*'].includes(range.split(';', 1)[0]?.trim().toLowerCase() ?? ''));
}
