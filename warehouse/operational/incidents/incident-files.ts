import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendEvents, type AppendOptions, type Writing } from './append-events.ts';
import { line, type NewIncidentEvent } from './events.ts';
import { sha256 } from './hash-chain.ts';
import type { Client } from './incident-log.ts';
import type { Incident } from './incident.ts';
import { isWritable } from './new-event.ts';
import { refuse, type Refusal } from './refusal.ts';

export const LARGEST_FILE = 10 * 1024 * 1024;

export interface NewFile {
  /** Default: a new one. The same one again is one. */
  id?: string;
  name: string;
  mediaType: string;
  content: Uint8Array;
  by: string;
  /** Default: now. */
  atMs?: number;
}

export type Added = { ok: true; id: string; sha256: string; incident: Incident } | Refusal;

export interface IncidentFile { id: string; incident: number; name: string; mediaType: string; sha256: string; content: Buffer; addedAtMs: number; addedBy: string }

const rowSchema = z.object({ id: z.string(), incident: z.number(), name: z.string(), media_type: z.string(), sha256: z.string(), content: z.instanceof(Buffer), added_at: z.date(), added_by: z.string() });

/** A file and the event that tells of it, one not without the other. */
export async function addFile(writing: Writing, number: number, kind: 'attachment' | 'document', file: NewFile, toEvent: (id: string, hash: string) => NewIncidentEvent['body'], unless?: AppendOptions['unless']): Promise<Added> {
  const { id = randomUUID(), content, by, atMs = writing.nowMs } = file;
  if (content.length > LARGEST_FILE) return refuse('too-large', `${content.length} bytes; ${LARGEST_FILE} are allowed`);
  const { data: named, error } = z.object({ name: line, mediaType: line, id: z.uuid() }).safeParse({ ...file, id });
  if (!named || !isWritable(named)) return refuse('invalid', error ? z.prettifyError(error) : 'its name has characters that cannot be kept');
  const hash = sha256(content);
  const there = await writing.client.query<{ incident: number; sha256: string }>('select incident, sha256 from incident_files where id = $1', [id]);
  if (there.rows[0] && (there.rows[0].incident !== number || there.rows[0].sha256 !== hash)) return refuse('duplicate', `there is another file ${id}`);
  // Its event has its id: added again, it is there.
  const appended = await appendEvents(writing, number, [{ id, atMs, by, body: toEvent(id, hash) }], { unless });
  if (!appended.ok) return appended;
  if (appended.appended > 0) {
    await writing.client.query('insert into incident_files (id, incident, kind, name, media_type, sha256, content, added_at, added_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [id, number, kind, named.name, named.mediaType, hash, Buffer.from(content), new Date(writing.nowMs), by]);
  }
  return { ok: true, id, sha256: hash, incident: appended.incident };
}

export async function readFile(client: Client, kind: 'attachment' | 'document', id: string): Promise<IncidentFile | null> {
  const { rows } = await client.query('select id, incident, name, media_type, sha256, content, added_at, added_by from incident_files where kind = $1 and id::text = $2', [kind, id]);
  if (!rows[0]) return null;
  const { media_type: mediaType, added_at, added_by: addedBy, ...rest } = rowSchema.parse(rows[0]);
  return { ...rest, mediaType, addedBy, addedAtMs: added_at.getTime() };
}
