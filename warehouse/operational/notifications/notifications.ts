import { createHash } from 'node:crypto';
import { CompiledQuery, type Transaction } from 'kysely';
import type pg from 'pg';
import { z } from 'zod';
import { readSqlFile } from '../../sql-files.ts';
import { inTransaction } from '../contacts/in-transaction.ts';
import { isMailAddress } from './mail-address.ts';
import { fromRow, payloadSchema, rowSchema, type About, type Attachment, type Content, type NewNotification, type Notification, type NotificationState, type Payload, type TakenNotification } from './notification.ts';
import { NOTIFICATION_REASONS } from './reasons.ts';

/** A transaction of the caller's, so that what happened and that it is told are kept together: a client of the driver, or {@link withinKysely}. */
export interface Within { query(text: string, values: unknown[]): Promise<{ rows: unknown[] }> }

export function withinKysely<Schema>(transaction: Transaction<Schema>): Within {
  return { query: (text, values) => transaction.executeQuery(CompiledQuery.raw(text, values)) };
}

/** What can be sent now, by configuration and as far as its servers answer. */
export interface Reachable { email: boolean; webhooks: readonly string[] }

/** Which of those that were not sent yet: one, or all that are about something, or those of them whose keys begin so. */
export type Which = { key: string } | { about: About; keyStarts?: string };

export interface NotificationFilter { about?: About; states?: readonly NotificationState[]; beforeId?: number; limit?: number }

type Held = Pick<TakenNotification, 'id' | 'lease'>;

const SQL = {
  queue: readSqlFile('notifications/queue.sql'), take: readSqlFile('notifications/take.sql'),
  prune: readSqlFile('notifications/prune.sql'), unusedFiles: readSqlFile('notifications/unused-files.sql'), dropFiles: readSqlFile('notifications/drop-files.sql'),
};
const COLUMNS = 'id, key, delivery, channel, recipient, subject, about_kind, about_id, state, attempts, lease, created_at, due_at, expires_at, next_attempt_at, last_error, sent_at, receipt';
const DEFAULT_LIMIT = 100;
const PRUNED_AT_ONCE = 200;
const FILES_LOOKED_AT = 100;
const LONGEST_ERROR = 1000;
/** What is sent or withdrawn has nothing secret any more; what was given up may still be tried again. */
const FORGET = 'payload = case when confidential then null else payload end';
const FORGET_CANCELLED = 'payload = case when confidential and cancel_asked then null else payload end';

const prunedSchema = z.array(z.object({ files: z.array(z.string()).nullable() }));
const takenSchema = rowSchema.extend({ payload: payloadSchema });

/**
 * The outbox and journal of what is told to people and programs outside. Each notification is in one sender's hands at a time, by a lease; a
 * sender that is killed between sending and {@link sent} leaves it in doubt: it is sent once more, with the same Message-ID, and never again.
 */
export class Notifications {
  readonly #pool: pg.Pool;
  readonly #listeners = new Set<() => void>();
  /** Up to which hash it was looked whether anybody mentions a file. */
  #looked = '';

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /**
   * Queues what is new by its key, and gives how many that are. A recipient that is no address is kept as given up rather than refused.
   * @param within the caller's transaction, else one of its own; the embedded store has a single session, so that without it a call from inside one never ends.
   */
  async queue(notifications: readonly NewNotification[], { within, nowMs = Date.now() }: { within?: Within; nowMs?: number } = {}): Promise<number> {
    if (notifications.length === 0) return 0;
    const queued = within ? await queueWithin(within, notifications, nowMs) : await inTransaction(this.#pool, (client) => queueWithin(client, notifications, nowMs));
    if (queued > 0) for (const listener of this.#listeners) listener();
    return queued;
  }

  /** Told when this process has queued something, maybe before its transaction is committed; other processes' are found by looking. */
  onQueued(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Takes what is to be sent now for `leaseMs`; each one is reported by {@link sent}, {@link failed} or {@link postponed} before that. */
  async take(limit: number, nowMs: number, { leaseMs, reachable }: { leaseMs: number; reachable: Reachable }): Promise<TakenNotification[]> {
    const { rows } = await this.#pool.query(SQL.take, [new Date(nowMs), limit, new Date(nowMs + leaseMs), reachable.email, reachable.webhooks]);
    const taken = z.array(takenSchema).parse(rows).sort((a, b) => a.next_attempt_at.getTime() - b.next_attempt_at.getTime() || a.id - b.id);
    const files = await this.#files(taken.flatMap(({ payload }) => ('body' in payload ? [] : payload.attachments.map(({ sha256 }) => sha256))));
    return taken.map((row) => ({ ...fromRow(row), lease: row.lease, content: contentOf(row.payload, files) }));
  }

  /** The server took it. True even when the lease was over: then it is not sent again, unless it is under way already. */
  async sent({ id }: Held, { nowMs, receipt }: { nowMs: number; receipt: string }): Promise<void> {
    await this.#pool.query(`update notifications set state = 'sent', sent_at = $2, receipt = $3, lease_until = null, ${FORGET} where id = $1 and state <> 'sent'`, [id, new Date(nowMs), receipt.slice(0, LONGEST_ERROR)]);
  }

  /** The server did not take it: tried again then, or given up (null). One that was cancelled meanwhile is not tried again. */
  async failed({ id, lease }: Held, error: string, nextAttemptMs: number | null): Promise<void> {
    await this.#pool.query(
      `update notifications set state = case when cancel_asked then 'cancelled' when $4::timestamptz is null then 'given-up' else 'failed' end,
         last_error = $3, next_attempt_at = coalesce($4, next_attempt_at), lease_until = null, ${FORGET_CANCELLED}
       where id = $1 and lease = $2 and state = 'sending'`, [id, lease, error.slice(0, LONGEST_ERROR), nextAttemptMs === null ? null : new Date(nextAttemptMs)]);
  }

  /** No server was asked, since none answers: as if it had not been taken, but for the reason. */
  async postponed({ id, lease }: Held, reason: string, nextAttemptMs: number): Promise<void> {
    await this.#pool.query(
      `update notifications set state = case when cancel_asked then 'cancelled' when attempts > 1 then 'failed' else 'due' end,
         attempts = attempts - 1, last_error = $3, next_attempt_at = $4, lease_until = null, ${FORGET_CANCELLED}
       where id = $1 and lease = $2 and state = 'sending'`, [id, lease, reason.slice(0, LONGEST_ERROR), new Date(nextAttemptMs)]);
  }

  /** Says of what is due on a channel, for these recipients only or for all but these, what it waits for. */
  async explain({ channel, only, except }: { channel: Notification['channel']; only?: readonly string[]; except?: readonly string[] }, reason: string, nowMs: number): Promise<void> {
    await this.#pool.query(
      `update notifications set last_error = $2 where state in ('due', 'failed') and channel = $1 and next_attempt_at <= $3
         and ($4::text[] is null or recipient = any($4)) and not recipient = any($5::text[]) and last_error is distinct from $2`,
      [channel, reason.slice(0, LONGEST_ERROR), new Date(nowMs), only ?? null, except ?? []]);
  }

  /** Withdraws what was not sent yet, and gives how many. What is being sent right now may still arrive, but is not tried again. */
  async cancel(which: Which): Promise<number> {
    const [condition, values] = conditionOf(which);
    const { rowCount } = await this.#pool.query(
      `update notifications set cancel_asked = true, state = case when state = 'sending' then state else 'cancelled' end,
         payload = case when confidential and state <> 'sending' then null else payload end
       where state in ('due', 'failed', 'sending') and not cancel_asked and ${condition}`, values);
    return rowCount ?? 0;
  }

  /** A person wants one that was given up to be tried again, from the first attempt on. False = it was not given up. */
  async retry(id: number, nowMs: number): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      "update notifications set state = 'due', attempts = 0, interruptions = 0, next_attempt_at = $2, expires_at = null where id = $1 and state = 'given-up' and payload is not null", [id, new Date(nowMs)]);
    if (rowCount === 1) for (const listener of this.#listeners) listener();
    return rowCount === 1;
  }

  /** The journal, the newest first. */
  async list({ about, states, beforeId, limit = DEFAULT_LIMIT }: NotificationFilter = {}): Promise<Notification[]> {
    const { rows } = await this.#pool.query(
      `select ${COLUMNS} from notifications
       where ($1::text is null or about_kind = $1 and about_id = $2) and ($3::text[] is null or state = any($3)) and ($4::bigint is null or id < $4)
       order by id desc limit $5`, [about?.kind ?? null, about?.id ?? null, states ?? null, beforeId ?? null, limit]);
    return z.array(rowSchema).parse(rows).map(fromRow);
  }

  /** The newest of each of several of a kind, in one question. */
  async listAbout(kind: string, ids: readonly string[], limitEach: number): Promise<Notification[]> {
    if (ids.length === 0) return [];
    const { rows } = await this.#pool.query(
      `select ${COLUMNS} from unnest($2::text[]) as subject (subject_id) cross join lateral (
         select * from notifications where about_kind = $1 and about_id = subject_id order by id desc limit $3) as newest
       order by id desc`, [kind, [...new Set(ids)], limitEach]);
    return z.array(rowSchema).parse(rows).map(fromRow);
  }

  /**
   * Takes away what was over before then, the oldest first, and files that nobody mentions any more: theirs, and some of the others each time, for what was
   * confidential forgets its files with its words. A part at a time, so that nobody waits for it. Gives how many are gone; fewer notifications than `limit`: these were all.
   */
  async prune(beforeMs: number, limit = PRUNED_AT_ONCE): Promise<{ notifications: number; files: number }> {
    const before = new Date(beforeMs);
    const pruned = await inTransaction(this.#pool, async (client) => {
      const { rows } = await client.query(SQL.prune, [before, limit]);
      if (rows.length > 0) await client.query('update notification_journal set kept_since = greatest(kept_since, $1)', [before]);
      return prunedSchema.parse(rows);
    });
    return { notifications: pruned.length, files: await this.#dropUnused(pruned.flatMap(({ files }) => files ?? [])) };
  }

  async #dropUnused(hashes: readonly string[]): Promise<number> {
    const { rows: next } = await this.#pool.query<{ sha256: string }>('select sha256 from notification_files where sha256 > $1 order by sha256 limit $2', [this.#looked, FILES_LOOKED_AT]);
    const gone = await inTransaction(this.#pool, async (client) => {
      const { rows } = await client.query<{ sha256: string }>(SQL.unusedFiles, [[...new Set([...hashes, ...next.map(({ sha256 }) => sha256)])]]);
      if (rows.length === 0) return 0;
      return (await client.query(SQL.dropFiles, [rows.map(({ sha256 }) => sha256)])).rowCount ?? 0;
    });
    // Behind the last one it begins again.
    this.#looked = next.length < FILES_LOOKED_AT ? '' : next.at(-1)?.sha256 ?? '';
    return gone;
  }

  /** How far the journal reaches back: of what was over before then, some is gone. Null = everything is there. */
  async keptSinceMs(): Promise<number | null> {
    const { rows } = await this.#pool.query('select kept_since from notification_journal');
    return z.object({ kept_since: z.date().nullable() }).parse(rows[0]).kept_since?.getTime() ?? null;
  }

  async #files(hashes: readonly string[]): Promise<Map<string, Uint8Array>> {
    if (hashes.length === 0) return new Map();
    const { rows } = await this.#pool.query<{ sha256: string; bytes: Buffer }>('select sha256, bytes from notification_files where sha256 = any($1)', [[...new Set(hashes)]]);
    return new Map(rows.map(({ sha256, bytes }) => [sha256, bytes]));
  }
}

async function queueWithin(within: Within, notifications: readonly NewNotification[], nowMs: number): Promise<number> {
  // One that is there is locked until the notification is: nobody takes it away in between. In one order, so that no two wait for each other.
  for (const [sha256, content] of [...filesOf(notifications)].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    await within.query('insert into notification_files (sha256, bytes) values ($1, $2) on conflict (sha256) do update set sha256 = excluded.sha256', [sha256, Buffer.from(content)]);
  const { rows } = await within.query(SQL.queue, [JSON.stringify(notifications.map((each) => toRow(each, nowMs))), new Date(nowMs)]);
  return rows.length;
}

function conditionOf(which: Which): [string, unknown[]] {
  if ('key' in which) return ['key = $1', [which.key]];
  return ['about_kind = $1 and about_id = $2 and starts_with(key, $3)', [which.about.kind, which.about.id, which.keyStarts ?? '']];
}

function toRow(notification: NewNotification, nowMs: number): Record<string, unknown> {
  const { key, channel, recipient, subject, about, dueMs, expiresMs, confidential = false } = notification;
  const wrong = whatIsWrong(notification);
  return {
    key, channel, recipient, subject: subject.replaceAll(/\s+/g, ' ').trim(), payload: payloadOf(notification), confidential,
    about_kind: about?.kind ?? null, about_id: about?.id ?? null,
    due_at: new Date(dueMs ?? nowMs), expires_at: expiresMs == null ? null : new Date(expiresMs),
    state: wrong === null ? 'due' : 'given-up', last_error: wrong,
  };
}

function whatIsWrong({ channel, recipient }: NewNotification): string | null {
  if (channel === 'webhook') return null;
  return isMailAddress(recipient) ? null : NOTIFICATION_REASONS['no-address'];
}

function payloadOf(notification: NewNotification): Payload {
  if (notification.channel === 'webhook') return { body: notification.body };
  const { text, html, attachments = [] } = notification;
  return { text, html: html ?? null, attachments: attachments.map(({ name, type, content }) => ({ name, type, sha256: hashOf(content) })) };
}

function filesOf(notifications: readonly NewNotification[]): Map<string, Uint8Array> {
  return new Map(notifications.flatMap((each) => (each.channel === 'email' ? (each.attachments ?? []).map(({ content }) => [hashOf(content), content] as const) : [])));
}

function contentOf(payload: Payload, files: Map<string, Uint8Array>): Content {
  if ('body' in payload) return { channel: 'webhook', body: payload.body };
  const attachments: Attachment[] = payload.attachments.map(({ name, type, sha256 }) => {
    const content = files.get(sha256);
    if (!content) throw new Error(`the attachment ${name} (${sha256}) is not in the store`);
    return { name, type, content };
  });
  return { channel: 'email', text: payload.text, html: payload.html, attachments };
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
