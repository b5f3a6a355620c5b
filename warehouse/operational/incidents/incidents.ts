import type pg from 'pg';
import { z } from 'zod';
import { inTransaction } from '../contacts/in-transaction.ts';
import type { NewNotification } from '../notifications/notification.ts';
import type { Notifications } from '../notifications/notifications.ts';
import { appendEvents, openIncident, raiseRevision, type Appended, type AppendOptions, type Opened, type OpenOptions, type Writing } from './append-events.ts';
import { incidentTypeSchema, type IncidentType } from './catalogue.ts';
import { Changes, type IncidentsChange } from './changes.ts';
import type { NewIncidentEvent } from './events.ts';
import { addFile, readFile, type Added, type IncidentFile, type NewFile } from './incident-files.ts';
import { HEAD_COLUMNS, headOf, IncidentLogs, verifyLog, type Client, type Verified } from './incident-log.ts';
import type { Incident } from './incident.ts';
import { refuse, type Refusal } from './refusal.ts';
import { ruleSetSchema, type RuleSet } from './rules.ts';
import { detectorSettingSchema, incidentSettingsSchema, type DetectorSetting, type IncidentSettings } from './settings.ts';
import { issueLink, LinkRefused, readLink, signByLink, type Issued, type IssueLink, type Signing, type SigningLink } from './signing.ts';
import { keep, readDetectors, readHistory, readRules, readSettings, readTypes, type Kept, type SettingChange, type SettingSubject } from './versions.ts';

export interface ListOptions {
  /** Not closed, or closed. */
  open?: boolean;
  /** Not closed, or something is still to be done: a REX, an action, a signature. */
  unfinished?: boolean;
  type?: string;
  severity?: number;
  /** Detected from (inclusive) to (exclusive). */
  fromMs?: number;
  toMs?: number;
  /** Changed after this revision. */
  afterRevision?: number;
  /** Default 100. */
  limit?: number;
  /** The next page: those before the last one of this one. */
  beforeNumber?: number;
}

/** Whoever opens a link after its end is told so, for a while however many others guess. */
const LINKS_REMEMBERED_MS = 30 * 86_400_000;

/** Incidents: an append-only log for each, and the catalogue, rules and settings that they are handled by. Safe with several processes. */
export class Incidents {
  readonly #pool: pg.Pool;
  readonly #notifications: Notifications;
  readonly #now: () => number;
  readonly #logs = new IncidentLogs();
  readonly #changes: Changes;

  constructor(pool: pg.Pool, notifications: Notifications, { onError = () => {}, now = Date.now }: { onError?: (error: unknown) => void; now?: () => number } = {}) {
    this.#pool = pool;
    this.#notifications = notifications;
    this.#now = now;
    this.#changes = new Changes({ revision: () => this.revision(), numbersAfter: (revision) => this.#numbersAfter(revision), settings: () => this.#settingsKept(), onError });
  }

  /** Opens an incident, with its first events, and queues what is to be told of it. With a detector's key: gives the one that is open of the same key. */
  open(event: NewIncidentEvent, options: OpenOptions = {}): Promise<Opened> {
    return this.#write((writing) => openIncident(writing, event, options));
  }

  /** Appends events all together or not at all, and queues what is to be told of them. An event that stands there already is no error; when all do, nothing is queued. */
  append(number: number, events: readonly NewIncidentEvent[], options: Omit<AppendOptions, 'made'> = {}): Promise<Appended> {
    return this.#write((writing) => appendEvents(writing, number, events, options));
  }

  /**
   * Appends events, and queues mails with personal links that are made in the same transaction: where the events stand there already, links that
   * were sent stay good. Refused, if one of the links is, with nothing written.
   */
  async appendWithLinks(number: number, events: readonly NewIncidentEvent[], mails: (issue: IssueLink) => Promise<readonly NewNotification[]>, { unless }: Pick<AppendOptions, 'unless'> = {}): Promise<Appended> {
    const write = this.#write(async (writing) => {
      const { signatureDays: days } = await readSettings(writing.client);
      const made = (incident: Incident): Promise<readonly NewNotification[]> => mails(async (person, atMs) => {
        const issued = await issueLink(writing, incident, person, { atMs, days });
        if (!issued.ok) throw new LinkRefused(issued);
        return issued;
      });
      return appendEvents(writing, number, events, { made, unless });
    });
    return write.catch((error: unknown) => {
      if (error instanceof LinkRefused) return error.refusal;
      throw error;
    });
  }

  get(number: number): Promise<Incident | null> {
    return this.#get(this.#pool, number);
  }

  /** The newest number first. */
  async list({ open, unfinished = false, type, severity, fromMs, toMs, afterRevision, limit = 100, beforeNumber }: ListOptions = {}): Promise<Incident[]> {
    const { rows } = await this.#pool.query(
      `select ${HEAD_COLUMNS} from incidents
       where ($1::boolean is null or is_open = $1) and (not $2 or is_open or is_pending) and ($3::text is null or type = $3) and ($4::integer is null or severity = $4)
         and ($5::timestamptz is null or detected_at >= $5) and ($6::timestamptz is null or detected_at < $6) and ($7::bigint is null or revision > $7) and ($8::integer is null or number < $8)
       order by number desc limit $9`,
      [open ?? null, unfinished, type ?? null, severity ?? null, date(fromMs), date(toMs), afterRevision ?? null, beforeNumber ?? null, limit]);
    return this.#logs.read(this.#pool, rows.map(headOf));
  }

  /** Does the log of an incident still say what was written? Null = there is no such incident. */
  async verify(number: number): Promise<Verified | null> {
    return inTransaction(this.#pool, async (client) => {
      await client.query('set transaction isolation level repeatable read');
      const { rows } = await client.query(`select ${HEAD_COLUMNS} from incidents where number = $1`, [number]);
      return rows[0] ? verifyLog(client, headOf(rows[0])) : null;
    });
  }

  /** Grows with every change of anything here. */
  async revision(): Promise<number> {
    return revisionOf(await this.#pool.query('select revision, last_number from incident_counter')).revision;
  }

  /** Tells of changes from now on, of all processes. */
  subscribe(listener: (change: IncidentsChange) => void, { pollMs = 1000 }: { pollMs?: number } = {}): () => void {
    return this.#changes.subscribe(listener, pollMs);
  }

  /** Retired ones too. */
  types(): Promise<IncidentType[]> {
    return readTypes(this.#pool);
  }

  /** Changes a type, or adds it. `version` is that of the one it was made from; 0 = as shipped, or new. */
  putType(type: z.input<typeof incidentTypeSchema>, by: string): Promise<Kept> {
    return this.#keep('type', type.slug, incidentTypeSchema, type, by);
  }

  rules(): Promise<RuleSet> {
    return readRules(this.#pool);
  }

  putRules(rules: z.input<typeof ruleSetSchema>, by: string): Promise<Kept> {
    return this.#keep('rules', '', ruleSetSchema, rules, by);
  }

  settings(): Promise<IncidentSettings> {
    return readSettings(this.#pool);
  }

  putSettings(settings: z.input<typeof incidentSettingsSchema>, by: string): Promise<Kept> {
    return this.#keep('settings', '', incidentSettingsSchema, settings, by);
  }

  /** Those that somebody has set. */
  detectors(): Promise<DetectorSetting[]> {
    return readDetectors(this.#pool);
  }

  putDetector(setting: z.input<typeof detectorSettingSchema>, by: string): Promise<Kept> {
    return this.#keep('detector', setting.detector, detectorSettingSchema, setting, by);
  }

  /** Who changed what and when, the newest first. */
  history(subject: SettingSubject, key = ''): Promise<SettingChange[]> {
    return readHistory(this.#pool, subject, key);
  }

  /** Keeps a file and tells of it in the log. At most {@link LARGEST_FILE}. */
  addAttachment(number: number, file: NewFile): Promise<Added> {
    return this.#addFile(number, 'attachment', file, (attachment, hash) => ({ kind: 'attached', attachment, name: file.name, mediaType: file.mediaType, bytes: file.content.length, sha256: hash }));
  }

  attachment(id: string): Promise<IncidentFile | null> {
    return readFile(this.#pool, 'attachment', id);
  }

  /** Keeps the final report that these persons are to sign; it takes the place of an earlier one. */
  addDocument(number: number, file: NewFile & { signers: string[] }, { unless }: Pick<AppendOptions, 'unless'> = {}): Promise<Added> {
    return this.#addFile(number, 'document', file, (document, hash) => ({ kind: 'report-made', document, sha256: hash, signers: file.signers }), unless);
  }

  document(id: string): Promise<IncidentFile | null> {
    return readFile(this.#pool, 'document', id);
  }

  /** A new personal link to the incident's present report; an earlier one of the person is good no more. `days`: default as the settings say. */
  issueSigningToken(number: number, person: string, { atMs = this.#now(), days }: { atMs?: number; days?: number } = {}): Promise<Issued> {
    return this.#write(async (writing) => {
      const incident = await this.#get(writing.client, number);
      if (!incident) return refuse('unknown-incident', `there is no incident ${number}`);
      return issueLink(writing, incident, person, { atMs, days: days ?? (await readSettings(writing.client)).signatureDays });
    });
  }

  /** What a link is for; refused when it is unknown or expired, or its document is not the present one. */
  signingLink(token: string, atMs = this.#now()): Promise<SigningLink | Refusal> {
    return readLink(this.#pool, token, atMs, (number) => this.get(number));
  }

  /** SHA-256 of the links that are out or were not long ago, hexadecimal. */
  async signingLinkHashes(atMs = this.#now()): Promise<string[]> {
    const { rows } = await this.#pool.query<{ token_sha256: string }>('select token_sha256 from incident_signing_links where expires_at > $1', [new Date(atMs - LINKS_REMEMBERED_MS)]);
    return rows.map(({ token_sha256 }) => token_sha256);
  }

  signByToken(token: string, signing: Signing): Promise<Appended> {
    return this.#write((writing) => signByLink(writing, token, signing, (number) => this.#get(writing.client, number)));
  }

  close(): Promise<void> {
    return this.#changes.close();
  }

  async #get(client: Client, number: number): Promise<Incident | null> {
    const { rows } = await client.query(`select ${HEAD_COLUMNS} from incidents where number = $1`, [number]);
    return (await this.#logs.read(client, rows.map(headOf)))[0] ?? null;
  }

  async #addFile(number: number, kind: 'attachment' | 'document', file: NewFile, toBody: (id: string, hash: string) => NewIncidentEvent['body'], unless?: AppendOptions['unless']): Promise<Added> {
    return this.#write((writing) => addFile(writing, number, kind, file, toBody, unless));
  }

  #keep<Schema extends z.ZodType<{ version: number }>>(subject: SettingSubject, key: string, schema: Schema, input: unknown, by: string): Promise<Kept> {
    const parsed = schema.safeParse(input);
    if (!parsed.success) return Promise.resolve(refuse('invalid', z.prettifyError(parsed.error)));
    const { data } = parsed;
    return this.#write(async (writing) => {
      const kept = await keep(writing.client, { subject, key, version: data.version, value: data, by, nowMs: writing.nowMs });
      if (kept.ok) await raiseRevision(writing);
      return kept;
    });
  }

  /** All writers wait for each other on one row, so that what they refuse and number is never a matter of luck. */
  async #write<Result>(work: (writing: Writing) => Promise<Result>): Promise<Result> {
    const result = await inTransaction(this.#pool, async (client) => {
      const { revision, last_number } = revisionOf(await client.query('select revision, last_number from incident_counter for update'));
      return work({ client, logs: this.#logs, notifications: this.#notifications, revision: revision + 1, nextNumber: last_number + 1, nowMs: this.#now() });
    });
    void this.#changes.look();
    return result;
  }

  /** No version of one is ever removed. */
  async #settingsKept(): Promise<number> {
    const { rows } = await this.#pool.query<{ kept: string }>('select count(*) as kept from incident_settings');
    return Number(rows[0]?.kept ?? 0);
  }

  async #numbersAfter(revision: number): Promise<number[]> {
    const { rows } = await this.#pool.query<{ number: number }>('select number from incidents where revision > $1 order by number', [revision]);
    return rows.map(({ number }) => number);
  }
}

function revisionOf({ rows }: pg.QueryResult): { revision: number; last_number: number } {
  return z.object({ revision: z.coerce.number(), last_number: z.number() }).parse(rows[0]);
}

function date(ms: number | undefined): Date | null {
  return ms === undefined ? null : new Date(ms);
}
