import type { IncomingMessage, ServerResponse } from 'node:http';
import { LARGEST_FILE } from '../../warehouse/operational/incidents/incident-files.ts';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import { zoneOf } from '../../warehouse/operational/incidents/zone-of.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../directory.ts';
import { BodyTooLarge, receiveBytes } from '../http/receive-bytes.ts';
import { viewerFor } from '../viewer.ts';
import { actOf } from './acts/perform.ts';
import { answer, askedBy, give, isForeign, refuse, refuseAs, type Asked } from './door-answers.ts';
import { allowedMediaType } from './media-types.ts';
import { INCIDENT_FILES_PATH } from './paths.ts';
import { refusedBy } from './refusals.ts';
import { incidentInSight } from './sight.ts';
import type { IncidentWork } from './work.ts';

export interface IncidentDoors { work: Pick<IncidentWork, 'store' | 'reports'>; directory: Directory; clock: Clock }

/** Each lies in memory until it is kept. */
const MOST_AT_ONCE = 4;
/** Each is a browser's work of seconds; they wait for each other. */
const MOST_SHEETS = 4;

/**
 * Files of incidents, as bytes: `POST NUMBER/attachment?name&id&at` takes one (its media type is the request's), `GET attachment/ID` and
 * `GET document/ID` give one, `GET document/ID/signatures` prints who has signed it. What goes wrong is a JSON object of a code and words.
 */
export function openIncidentDoors({ work: { store, reports }, directory, clock }: IncidentDoors): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  let receiving = 0;
  let printing = 0;
  return async (request, response) => {
    const { pathname, ...asked } = askedBy(request, response);
    const [, given, number] = /^((\d{1,9})\/attachment|attachment\/[\da-f-]{36}|document\/[\da-f-]{36}(?:\/signatures)?)$/.exec(pathname.slice(INCIDENT_FILES_PATH.length)) ?? [];
    if (given === undefined) return refuse(asked, 404, 'unknown', 'there are NUMBER/attachment, attachment/ID, document/ID and document/ID/signatures');
    const sends = number !== undefined;
    if (request.method !== (sends ? 'POST' : 'GET')) return refuse(asked, 405, 'method', sends ? 'a file is sent by POST' : 'a file is asked by GET');
    if (sends) {
      // A foreign page cannot set this header without asking first.
      if (request.headers['x-vigie'] === undefined) return refuse(asked, 403, 'origin', 'the header x-vigie is missing');
      if (receiving >= MOST_AT_ONCE) return refuse(asked, 503, 'busy', `${MOST_AT_ONCE} files are being received: send it again in a moment`);
      receiving += 1;
      try {
        return await take(asked, Number(number));
      } catch (error) {
        if (error instanceof BodyTooLarge) return refuseAs(asked, 413, { refused: 'too-large' });
        // Whoever sent it has gone away.
        if (request.errored !== null || (request.destroyed && !request.complete)) return;
        throw error;
      } finally {
        receiving -= 1;
      }
    }
    // A foreign page must not have it written.
    if (isForeign(request)) return refuse(asked, 403, 'origin', 'this origin is not allowed');
    const [kind, id = '', sheet] = given.split('/');
    const file = await (kind === 'document' ? store.incidents.document(id) : store.incidents.attachment(id));
    const incident = file && (await store.incidents.get(file.incident));
    if (!file || !incident || !incidentInSight(incident, viewerFor(request).scope, directory)) return refuse(asked, 404, 'unknown', 'there is no such file');
    if (sheet === undefined) give(asked, file);
    else if (printing >= MOST_SHEETS) refuse(asked, 503, 'busy', `${MOST_SHEETS} sheets are being printed: ask again in a moment`);
    else {
      printing += 1;
      await giveSheet(asked, incident, id).finally(() => { printing -= 1; });
    }
  };

  async function take(asked: Asked, number: number): Promise<void> {
    const { request, query } = asked;
    const viewer = viewerFor(request);
    const incident = number > 0 && number < 2 ** 31 ? await store.incidents.get(number) : null;
    if (!incident || !incidentInSight(incident, viewer.scope, directory)) return refuseAs(asked, 404, { refused: 'unknown-incident' });
    const mediaType = allowedMediaType(request.headers['content-type']);
    if (mediaType === null) return refuse(asked, 415, 'media-type', asked.language === 'fr' ? "Ce type de fichier n'est pas accepté." : 'This type of file is not taken.');
    const at = query.get('at');
    const act = actOf({ id: query.get('id'), at: at !== null && Number.isNaN(Date.parse(at)) ? null : at }, clock.nowMs());
    if ('refused' in act) return refuseAs(asked, 422, act);
    const content = await receiveBytes(request, LARGEST_FILE);
    const added = await store.incidents.addAttachment(number, { id: act.id, atMs: act.atMs, name: nameOf(query), mediaType, content, by: viewer.name });
    if (!added.ok) return refuseAs(asked, 422, refusedBy(added));
    answer(asked, 201, { attachment: added.id, sha256: added.sha256 });
  }

  async function giveSheet(asked: Asked, incident: Incident, id: string): Promise<void> {
    if (!reports) return refuseAs(asked, 404, { refused: 'no-reports' });
    if (incident.document?.id !== id) return refuseAs(asked, 404, { refused: 'changed-document' });
    const sheet = await reports.sheet(incident, zoneOf(incident, directory.configuration()));
    if (!sheet.ok) return refuseAs(asked, 503, { refused: sheet.code });
    give(asked, { name: sheet.name, mediaType: 'application/pdf', content: sheet.content });
  }
}

/** A file's name as its sender calls it, without a path and what no name holds. */
function nameOf(query: URLSearchParams): string {
  const name = (query.get('name') ?? '').replaceAll(/[\p{Cc}\p{Surrogate}\u202A-\u202E\u2066-\u2069]/gu, '').replace(/^.*[/\\]/, '').trim();
  // Not in the middle of a character.
  return name === '' ? 'fichier' : [...name].slice(0, 100).join('');
}
