import type pg from 'pg';
import { z } from 'zod';
import { incidentBodySchema, type IncidentEvent } from './events.ts';
import { foldIncident, isPending } from './fold-incident.ts';
import { eventHash, NO_HASH } from './hash-chain.ts';
import type { Incident } from './incident.ts';

export type Client = Pick<pg.Pool, 'query'>;

/** An incident's row: where its log ends, and what it is found by. */
export interface Head { number: number; detectorKey: string | null; events: number; hash: string }

const headSchema = z.object({ number: z.number(), detector_key: z.string().nullable(), events: z.number(), hash: z.string() });
export const HEAD_COLUMNS = 'number, detector_key, events, hash';
export function headOf(row: unknown): Head {
  const { detector_key: detectorKey, ...rest } = headSchema.parse(row);
  return { ...rest, detectorKey };
}

const eventSchema = z.object({ incident: z.number(), sequence: z.number(), id: z.string(), at: z.date(), recorded_at: z.date(), by: z.string(), body: z.unknown(), hash: z.string() });
export type StoredEvent = z.infer<typeof eventSchema>;

/** The rows of logs in order of arrival, bodies as they lie there. */
export async function readRows(client: Client, numbers: readonly number[]): Promise<StoredEvent[]> {
  const { rows } = await client.query('select incident, sequence, id, at, recorded_at, by, body, hash from incident_events where incident = any($1::integer[]) order by incident, sequence', [numbers]);
  return z.array(eventSchema).parse(rows);
}

function fromRow({ incident, sequence, id, at, recorded_at, by, body }: StoredEvent): IncidentEvent {
  return { incident, sequence, id, atMs: at.getTime(), recordedAtMs: recorded_at.getTime(), by, body: incidentBodySchema.parse(body) };
}

/** Incidents whose logs were read are kept: what does not grow is not read again. */
export class IncidentLogs {
  readonly #known = new Map<number, { hash: string; incident: Incident }>();
  readonly #most: number;

  /** @param most that are kept; those that were not asked for the longest go first. */
  constructor(most = 1000) {
    this.#most = most;
  }

  async read(client: Client, heads: readonly Head[]): Promise<Incident[]> {
    const found = new Map<number, Incident>();
    const logs = new Map<number, IncidentEvent[]>();
    for (const { number, hash } of heads) {
      const known = this.#known.get(number);
      if (known?.hash === hash) found.set(number, known.incident);
      else logs.set(number, []);
    }
    if (logs.size > 0) for (const row of await readRows(client, [...logs.keys()])) logs.get(row.incident)?.push(fromRow(row));
    for (const { number, hash, events } of heads) {
      // Read after its head, a log may be longer by now.
      const incident = found.get(number) ?? foldIncident((logs.get(number) ?? []).slice(0, events));
      found.set(number, incident);
      this.#keep(number, hash, incident);
    }
    return heads.flatMap(({ number }) => found.get(number) ?? []);
  }

  #keep(number: number, hash: string, incident: Incident): void {
    this.#known.delete(number);
    this.#known.set(number, { hash, incident });
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= this.#most) break;
      this.#known.delete(oldest);
    }
  }
}

/** Writes events behind the last one, and what the incident is now into its row. */
export async function writeEvents(client: Client, head: Head, events: readonly IncidentEvent[], incident: Incident, revision: number): Promise<Head> {
  let { hash } = head;
  const rows = events.map((event) => {
    hash = eventHash(hash, event);
    return { ...event, at: new Date(event.atMs), recorded_at: new Date(event.recordedAtMs), hash };
  });
  const now: Head = { ...head, hash, events: head.events + events.length };
  await client.query(
    `insert into incidents (${HEAD_COLUMNS}, type, severity, state, is_open, is_pending, detected_at, revision) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (number) do update set (events, hash, type, severity, state, is_open, is_pending, detected_at, revision)
       = row(excluded.events, excluded.hash, excluded.type, excluded.severity, excluded.state, excluded.is_open, excluded.is_pending, excluded.detected_at, excluded.revision)`,
    [now.number, now.detectorKey, now.events, now.hash, incident.type, incident.severity, incident.state, incident.open, isPending(incident), new Date(incident.detectedAtMs), revision]);
  await client.query(
    `insert into incident_events (incident, sequence, id, at, recorded_at, by, body, hash)
     select * from jsonb_to_recordset($1::jsonb) as event (incident integer, sequence integer, id uuid, at timestamptz, recorded_at timestamptz, by text, body jsonb, hash text)`,
    [JSON.stringify(rows)]);
  return now;
}

export type Verified = { ok: true; events: number } | { ok: false; sequence: number; reason: string };

/** Reads a log as it lies there and computes its hashes again. */
export async function verifyLog(client: Client, head: Head): Promise<Verified> {
  let hash = NO_HASH;
  let expected = 1;
  for (const row of await readRows(client, [head.number])) {
    if (row.sequence !== expected) return { ok: false, sequence: expected, reason: 'it is missing' };
    hash = eventHash(hash, { ...row, atMs: row.at.getTime(), recordedAtMs: row.recorded_at.getTime() });
    if (hash !== row.hash) return { ok: false, sequence: expected, reason: 'it is not what was written' };
    expected += 1;
  }
  if (expected - 1 !== head.events || hash !== head.hash) return { ok: false, sequence: Math.min(expected, head.events), reason: 'the log does not end where it did' };
  return { ok: true, events: head.events };
}
