import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Logger } from 'pino';
import { isRefused, type Refused } from '../../ingest/call-files/desk.ts';
import { LIMITS } from '../../ingest/call-files/limits.ts';
import { countryOf } from '../../ingest/call-files/phone-numbers.ts';
import { CallFileRefused } from '../../ingest/call-files/refusal.ts';
import { refusalInWords, type Language } from '../../ingest/call-files/words.ts';
import { rejectedAsFile } from '../../ingest/call-files/write-rejected.ts';
import { countryOfZone } from '../../ingest/call-files/zones.ts';
import type { Directory } from '../directory.ts';
import { attachmentHeader } from '../http/attachment-header.ts';
import type { CallFilesPort } from '../ports.ts';
import { allows, viewerFor } from '../viewer.ts';
import { DOOR_WORDS } from './door-words.ts';
import { receiveFile, TooLarge } from './receive-file.ts';
import { campaignInSight, fileInSight, zoneOf } from './sight.ts';
import type { Uploads } from './uploads.ts';

export const FILES_PATH = '/files/';

export interface CallFileDoors { port: CallFilesPort; uploads: Uploads; directory: Directory; logger: Logger; /** Of an upload; default: what a call file may have. */ mostBytes?: number }

/** Each writes to the disk. */
const MOST_AT_ONCE = 4;
const MOST_LISTED_BYTES = 256 * 1024 ** 2;

interface Asked { request: IncomingMessage; response: ServerResponse; query: URLSearchParams; language: Language }

/**
 * Files in and out, as bytes: `POST /files/call-file?campaign&name` takes one for a look, `POST /files/do-not-call?tenant&name` puts its
 * numbers on the list, `GET /files/rejected/ID` gives an import's rejected rows back. What goes wrong is a JSON object of a code and words.
 */
export function openCallFileDoors({ port, uploads, directory, logger, mostBytes = LIMITS.fileBytes }: CallFileDoors): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  let receiving = 0;
  return async (request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
    const asked: Asked = { request, response, query, language: query.get('language') === 'en' ? 'en' : 'fr' };
    const [, what = '', id = ''] = /^([\w-]+)(?:\/(\d{1,9}))?$/.exec(pathname.slice(FILES_PATH.length)) ?? [];
    const door = { 'call-file': sendCallFile, 'do-not-call': sendDoNotCall }[what];
    if (what === 'rejected' && id !== '') return request.method === 'GET' ? sendRejected(asked, Number(id)) : refuse(asked, 405, 'method', 'the rejected rows are asked by GET');
    if (!door || id !== '') return refuse(asked, 404, 'unknown', 'there are call-file, do-not-call and rejected/ID');
    if (request.method !== 'POST') return refuse(asked, 405, 'method', 'a file is sent by POST');
    // A foreign page cannot set this header without asking first.
    if (request.headers['x-vigie'] === undefined) return refuse(asked, 403, 'origin', 'the header x-vigie is missing');
    if (receiving >= MOST_AT_ONCE) return refuse(asked, 503, 'busy', DOOR_WORDS.receiving[asked.language]);
    receiving += 1;
    try {
      await door(asked);
    } catch (error) {
      if (error instanceof TooLarge) return refuseFile(asked, 413, { refused: 'too-large', detail: '' });
      // Whoever sent it has gone away.
      if (request.errored !== null || request.destroyed && !request.complete) return;
      throw error;
    } finally {
      receiving -= 1;
    }
  };

  async function sendCallFile(asked: Asked): Promise<void> {
    const viewer = viewerFor(asked.request);
    const campaign = campaignInSight(asked.query.get('campaign') ?? '', { directory, viewer });
    if (!campaign) return refuse(asked, 404, 'unknown-campaign', DOOR_WORDS.campaign[asked.language]);
    const place = uploads.place();
    if (!place) return refuse(asked, 503, 'busy', DOOR_WORDS.waiting[asked.language]);
    const bytes = await receiveFile(asked.request, place.path, mostBytes);
    const upload = await uploads.receive(place.id, { path: place.path, name: nameOf(asked.query), bytes, campaign: campaign.did, tenant: campaign.tenant, zone: zoneOf(campaign, { directory }), by: viewer.name });
    if (isRefused(upload)) return refuseFile(asked, 422, upload);
    answer(asked, 201, { upload: upload.id });
  }

  async function sendDoNotCall(asked: Asked): Promise<void> {
    const { scope } = viewerFor(asked.request);
    const tenant = directory.configuration().tenants.find(({ id }) => id === asked.query.get('tenant') && allows(scope.tenants, id));
    if (!tenant || scope.teams !== 'all') return refuse(asked, 404, 'unknown-tenant', DOOR_WORDS.client[asked.language]);
    const country = countryOf(asked.query.get('country') ?? countryOfZone(tenant.zone) ?? '');
    if (!country) return refuse(asked, 400, 'unknown-country', 'country: an ISO code such as FR is expected');
    const place = uploads.place();
    if (!place) return refuse(asked, 503, 'busy', DOOR_WORDS.waiting[asked.language]);
    await receiveFile(asked.request, place.path, Math.min(mostBytes, MOST_LISTED_BYTES));
    const done = await uploads.desk.forbid({ key: place.id, path: place.path, tenant: tenant.id, country, source: nameOf(asked.query) }).finally(() => uploads.removePlace(place));
    if (isRefused(done)) return refuseFile(asked, 422, done);
    answer(asked, 200, { rows: done.rows, added: done.added, known: done.known, invalid: done.invalid });
  }

  async function sendRejected(asked: Asked, id: number): Promise<void> {
    const { response, request } = asked;
    // As for tables: a foreign page must not have it written.
    if (!['none', 'same-origin', undefined].includes(request.headers['sec-fetch-site']?.toString())) return refuse(asked, 403, 'origin', 'this origin is not allowed');
    const [file] = await port.store.callFiles.list({ id });
    if (!file || !fileInSight(file, { directory, viewer: viewerFor(request) })) return refuse(asked, 404, 'unknown', 'there is no such call file');
    const name = `${file.name.replace(/\.(csv|txt|xlsx)$/i, '')}-${asked.language === 'fr' ? 'rejets' : 'rejected'}.${file.format}`;
    response.writeHead(200, { 'content-type': file.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'cache-control': 'no-store', 'content-disposition': attachmentHeader(name) });
    await pipeline(rejectedAsFile(port.store.callFiles, file, asked.language), response).catch((error: unknown) => {
      // The connection has ended without the transfer's end: nobody takes it for a whole file.
      if (!response.errored || response.writableAborted) return;
      logger.error({ err: error }, 'a file of rejected rows broke off');
    });
  }
}

/** A file's name as its sender calls it, without a path and what no name holds. */
function nameOf(query: URLSearchParams): string {
  const name = (query.get('name') ?? '').replaceAll(/\p{Cc}/gu, '').replace(/^.*[/\\]/, '').trim().slice(0, 200);
  return name === '' ? 'contacts' : name;
}

function answer({ response }: Asked, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

function refuse(asked: Asked, status: number, code: string, message: string): void {
  // What is still coming is not read: the connection ends with the answer.
  if (!asked.request.complete) asked.response.setHeader('connection', 'close');
  answer(asked, status, { code, message });
}

function refuseFile(asked: Asked, status: number, { refused, detail }: Refused): void {
  refuse(asked, status, refused, refusalInWords(new CallFileRefused(refused, detail), asked.language));
}
