import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { appendEvents, type Appended, type Writing } from './append-events.ts';
import type { Person } from './events.ts';
import { sha256, uuidOf } from './hash-chain.ts';
import type { Client } from './incident-log.ts';
import { readFile } from './incident-files.ts';
import type { Incident } from './incident.ts';
import { refuse, type Refusal } from './refusal.ts';

/** A personal link, as whoever holds it may see it. */
export interface SigningLink { ok: true; incident: number; document: string; sha256: string; person: Person; expiresMs: number; signedAtMs: number | null }
export type Issued = { ok: true; /** Part of the link; it is not kept here and cannot be read again. */ token: string; expiresMs: number } | Refusal;
/** Makes a link of one person where its mail is queued. @throws LinkRefused */
export type IssueLink = (person: string, atMs: number) => Promise<Extract<Issued, { ok: true }>>;

/** One of several links is not to be had: none of them was made. */
export class LinkRefused extends Error {
  override readonly name = 'LinkRefused';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

export interface Signing {
  typedName: string;
  /** Of the document that was shown. */
  sha256: string;
  /** From where, as the server saw it. */
  address: string;
  atMs: number;
  /** Of the event; default: derived from the link, so that it signs once. */
  id?: string;
}

const DAY = 86_400_000;
const linkSchema = z.object({ incident: z.number(), document: z.string(), person: z.string(), expires_at: z.date(), used_at: z.date().nullable() });

/** Makes the link of one person to one document; an earlier one is good no more. */
export async function issueLink({ client }: Writing, incident: Incident, person: string, { atMs, days }: { atMs: number; days: number }): Promise<Issued> {
  const { document } = incident;
  if (!document) return refuse('unknown-document', 'no report was made yet');
  if (!document.signers.includes(person)) return refuse('not-a-signer', `${person} is not asked to sign`);
  const signature = document.signatures.find((each) => each.person === person);
  if (signature) return refuse('already-signed', 'the report was signed already', { by: signature.typedName, atMs: signature.atMs });
  const token = randomBytes(32).toString('base64url');
  const expiresMs = atMs + days * DAY;
  await client.query(
    `insert into incident_signing_links (document, person, token_sha256, issued_at, expires_at) values ($1, $2, $3, $4, $5)
     on conflict (document, person) do update set (token_sha256, issued_at, expires_at) = row(excluded.token_sha256, excluded.issued_at, excluded.expires_at)`,
    [document.id, person, sha256(token), new Date(atMs), new Date(expiresMs)]);
  return { ok: true, token, expiresMs };
}

/** The link behind a token; refused by name when it is unknown or expired, or another report has taken the place of its own. */
export async function readLink(client: Client, token: string, atMs: number, incidentOf: (number: number) => Promise<Incident | null>): Promise<SigningLink | Refusal> {
  const { rows } = await client.query(
    `select file.incident, link.document, link.person, link.expires_at, link.used_at from incident_signing_links as link join incident_files as file on file.id = link.document where token_sha256 = $1`, [sha256(token)]);
  if (!rows[0]) return refuse('unknown-link-to-sign', 'this link is not known, or a newer one has taken its place');
  const { incident: number, document: id, person: personId, expires_at, used_at } = linkSchema.parse(rows[0]);
  const incident = await incidentOf(number);
  const person = [...(incident?.persons ?? []), ...(incident?.formerPersons ?? [])].find((each) => each.id === personId);
  if (!incident || !person) return refuse('unknown-link-to-sign', 'this link is not known');
  if (incident.document?.id !== id) return refuse('changed-document', 'another report has taken the place of the one that this link was for');
  const expiresMs = expires_at.getTime();
  // Also one that has signed: it shows the report to whoever holds it.
  if (atMs >= expiresMs) return refuse('expired-link', 'this link has expired', { by: person.name, atMs: expiresMs });
  return { ok: true, incident: number, document: id, sha256: incident.document.sha256, person, expiresMs, signedAtMs: used_at?.getTime() ?? null };
}

/** Signs once: what was shown must be what was made, and what still lies there. */
export async function signByLink(writing: Writing, token: string, { typedName, sha256: shown, address, atMs, id = idOf(token) }: Signing, incidentOf: (number: number) => Promise<Incident | null>): Promise<Appended> {
  const { client } = writing;
  const link = await readLink(client, token, atMs, incidentOf);
  if (!link.ok) return link;
  if (link.signedAtMs !== null) return refuse('already-signed', 'the report was signed by this link already', { by: link.person.name, atMs: link.signedAtMs });
  const file = await readFile(client, 'document', link.document);
  if (!file || sha256(file.content) !== link.sha256 || shown !== link.sha256) return refuse('changed-document', 'what was shown is not the report that was made');
  const appended = await appendEvents(writing, link.incident, [{ id, atMs, by: link.person.name, body: { kind: 'signed', document: link.document, person: link.person.id, sha256: shown, typedName } }]);
  if (appended.ok) await client.query('update incident_signing_links set used_at = $3, used_from = $4 where document = $1 and person = $2', [link.document, link.person.id, new Date(atMs), address.slice(0, 200)]);
  return appended;
}

function idOf(token: string): string {
  return uuidOf(sha256(`signed ${token}`));
}
