import type { IncomingMessage, ServerResponse } from 'node:http';
import type { IncidentFile } from '../../warehouse/operational/incidents/incident-files.ts';
import { attachmentHeader } from '../http/attachment-header.ts';
import type { Language } from './event-words.ts';
import { iso } from './instants.ts';
import { refusalInWords, type Refused } from './refusals.ts';

export interface Asked { request: IncomingMessage; response: ServerResponse; query: URLSearchParams; language: Language }

export function askedBy(request: IncomingMessage, response: ServerResponse): Asked & { pathname: string } {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
  return { request, response, pathname, query, language: query.get('language') === 'en' ? 'en' : 'fr' };
}

/** Whether a page of another site has it written or sent. */
export function isForeign({ headers }: IncomingMessage): boolean {
  return !['none', 'same-origin', undefined].includes(headers['sec-fetch-site']?.toString());
}

export function give({ response }: Asked, { name, mediaType, content, sha256 }: Pick<IncidentFile, 'name' | 'mediaType'> & { content: Uint8Array; sha256?: string }): void {
  // Never shown by the browser itself: what others have sent stays out of this server's pages.
  response.writeHead(200, { 'content-type': mediaType, 'content-length': content.length, 'content-disposition': attachmentHeader(name), 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store', ...(sha256 === undefined ? {} : { etag: `"${sha256}"` }) });
  response.end(content);
}

export function answer({ response }: Asked, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

export function refuse(asked: Asked, status: number, code: string, message: string, more: object = {}): void {
  // What is still coming is not read: the connection ends with the answer.
  if (!asked.request.complete) asked.response.setHeader('connection', 'close');
  answer(asked, status, { code, message, ...more });
}

export function refuseAs(asked: Asked, status: number, refused: Refused): void {
  refuse(asked, status, refused.refused, refusalInWords(refused, asked.language), refused.atMs === undefined || refused.atMs === null ? {} : { at: iso(refused.atMs) });
}
