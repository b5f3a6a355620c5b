import { isIP } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import type { SigningLink } from '../../warehouse/operational/incidents/signing.ts';
import { titleIn } from '../../warehouse/operational/incidents/title-in.ts';
import type { Clock } from '../clock.ts';
import { SIGN_DOORS_PATH } from '../http/outside.ts';
import { BodyTooLarge, receiveBytes } from '../http/receive-bytes.ts';
import { answer, askedBy, give, isForeign, refuse, refuseAs, type Asked } from './door-answers.ts';
import { iso, isoOrNull } from './instants.ts';
import { openLink } from './open-link.ts';
import { personsOf } from './persons.ts';
import { refusedBy, type RefusalCode, type Refused } from './refusals.ts';
import type { IncidentWork } from './work.ts';

export interface SigningDoors {
  work: Pick<IncidentWork, 'store' | 'gate'>;
  clock: Clock;
  /** Under which reverse proxies hand requests on, `vigie.example.org`: of those they say from where they come. */
  proxyHosts: readonly string[];
}

const MOST_BYTES = 4096;
const signatureSchema = z.strictObject({ typedName: z.string().trim().min(1).max(200), sha256: z.string().regex(/^[\da-f]{64}$/) });

/** What else is refused was not to be had at all. */
const STATUS: Partial<Record<RefusalCode, number>> = { busy: 429, 'expired-link': 410, 'changed-document': 409, 'already-signed': 409, invalid: 422 };

/**
 * Signing by a personal link, for who is no user and may come from outside: `GET TOKEN` says what is asked to be signed, `GET TOKEN/document`
 * gives it, `POST TOKEN` of `{typedName, sha256}` signs what was shown. Whoever holds the link needs no other right, and sees nothing else.
 */
export function openSigningDoors({ work: { store, gate }, clock, proxyHosts }: SigningDoors): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const { pathname, ...asked } = askedBy(request, response);
    // The address holds the secret.
    response.setHeader('referrer-policy', 'no-referrer');
    const [, token, document] = /^([\w-]+)(\/document)?$/.exec(pathname.slice(SIGN_DOORS_PATH.length)) ?? [];
    if (token === undefined) return refuse(asked, 404, 'unknown', 'there are TOKEN and TOKEN/document');
    if (isForeign(request)) return refuse(asked, 403, 'origin', 'this origin is not allowed');
    if (request.method === 'GET') return document === undefined ? tell(asked, token) : giveDocument(asked, token);
    if (request.method === 'POST' && document === undefined) return sign(asked, token);
    refuse(asked, 405, 'method', document === undefined ? 'it is asked by GET, and signed by POST' : 'a file is asked by GET');
  };

  async function tell(asked: Asked, token: string): Promise<void> {
    const link = await openLink(token, addressOf(asked.request, proxyHosts), { store, gate }, clock.nowMs());
    if ('refused' in link) return refuseLink(asked, link);
    const incident = await store.incidents.get(link.incident);
    if (!incident) return refuseLink(asked, { refused: 'unknown-link-to-sign' });
    answer(asked, 200, requestOf(link, incident));
  }

  async function giveDocument(asked: Asked, token: string): Promise<void> {
    const link = await openLink(token, addressOf(asked.request, proxyHosts), { store, gate }, clock.nowMs());
    if ('refused' in link) return refuseLink(asked, link);
    const file = await store.incidents.document(link.document);
    if (!file) return refuseLink(asked, { refused: 'unknown-document' });
    give(asked, file);
  }

  async function sign(asked: Asked, token: string): Promise<void> {
    const { request } = asked;
    // A foreign page cannot set this header without asking first.
    if (request.headers['x-vigie'] === undefined) return refuse(asked, 403, 'origin', 'the header x-vigie is missing');
    if (!/^application\/json(?:\s*;|$)/i.test(request.headers['content-type'] ?? '')) return refuse(asked, 415, 'media-type', 'application/json is expected');
    const signature = await received(asked);
    if (signature === null) return;
    const link = await openLink(token, addressOf(asked.request, proxyHosts), { store, gate }, clock.nowMs());
    if ('refused' in link) return refuseLink(asked, link);
    const atMs = clock.nowMs();
    const signed = await store.incidents.signByToken(token, { ...signature, address: addressOf(request, proxyHosts), atMs });
    if (!signed.ok) return refuseLink(asked, refusedBy(signed));
    answer(asked, 200, requestOf({ ...link, signedAtMs: atMs }, signed.incident));
  }
}

/** Null: it was refused, or whoever sent it has gone away. */
async function received(asked: Asked): Promise<z.output<typeof signatureSchema> | null> {
  const { request } = asked;
  try {
    const signature = signatureSchema.safeParse(parsed(await receiveBytes(request, MOST_BYTES)));
    if (signature.success) return signature.data;
    refuseLink(asked, { refused: 'invalid' });
  } catch (error) {
    if (error instanceof BodyTooLarge) refuse(asked, 413, 'too-large', `${MOST_BYTES} bytes are the most`);
    else if (request.errored === null && !(request.destroyed && !request.complete)) throw error;
  }
  return null;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

function refuseLink(asked: Asked, refused: Refused): void {
  refuseAs(asked, STATUS[refused.refused] ?? 404, refused);
}

/** Only this machine connects; of what comes under a proxy's name it is the address that the proxy has written down last. */
function addressOf({ headers, socket }: IncomingMessage, proxyHosts: readonly string[]): string {
  const last = !proxyHosts.includes(headers.host?.toLowerCase() ?? '') ? '' : headers['x-forwarded-for']?.toString().split(',').at(-1)?.trim() ?? '';
  return isIP(last) > 0 ? last : (socket.remoteAddress ?? '');
}

function requestOf({ person, sha256, expiresMs, signedAtMs }: SigningLink, incident: Incident): object {
  const { signers, signatures, madeAtMs } = incident.document ?? { signers: [], signatures: [], madeAtMs: null };
  return {
    incident: incident.number, title: titleIn(incident, person.language), detectedAt: iso(incident.detectedAtMs), resolvedAt: isoOrNull(incident.resolvedAtMs),
    name: person.name, party: person.party, language: person.language, sha256, madeAt: isoOrNull(madeAtMs), expiresAt: iso(expiresMs), signedAt: isoOrNull(signedAtMs),
    signers: personsOf(incident, signers).map(({ id, name, party }) => ({ name, party, signedAt: isoOrNull(signatures.find((each) => each.person === id)?.atMs ?? null) })),
  };
}
