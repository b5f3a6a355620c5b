import { z } from 'zod';

/** A file that goes with a mail. A `text/calendar; method=REQUEST` is shown as an invitation by programs that know it. */
export interface Attachment {
  name: string;
  /** Its media type. */
  type: string;
  content: Uint8Array;
}

/** What a notification is about, such as an incident and its id. */
export interface About { kind: string; id: string }

export type Channel = 'email' | 'webhook';

interface NewBase {
  /** What is told once has one key: queued again, whatever the rest says, it is the one that is there. */
  key: string;
  subject: string;
  about?: About | null;
  /** Not before; default: at once. */
  dueMs?: number;
  /** Not after; default: however late. */
  expiresMs?: number | null;
  /** What it says is forgotten as soon as it is sent or cancelled: personal links. */
  confidential?: boolean;
}

export interface NewMail extends NewBase {
  channel: 'email';
  /** One address. */
  recipient: string;
  text: string;
  html?: string;
  attachments?: readonly Attachment[];
}

export interface NewWebhookCall extends NewBase {
  channel: 'webhook';
  /** The name of a configured webhook. */
  recipient: string;
  body: unknown;
}

export type NewNotification = NewMail | NewWebhookCall;

/**
 * `due`: to be sent, now or later · `sending`: somebody is at it · `failed`: the server did not take it, it is tried again ·
 * `given-up`: it is not tried again · `sent`: the server took it · `cancelled`: withdrawn before it was sent.
 */
export const NOTIFICATION_STATES = ['due', 'sending', 'sent', 'failed', 'given-up', 'cancelled'] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** A line of the journal: everything but what was written to the recipient. */
export interface Notification {
  id: number;
  key: string;
  /** The same however often it is sent: the left part of a mail's Message-ID, a webhook's delivery. */
  delivery: string;
  channel: Channel;
  recipient: string;
  subject: string;
  about: About | null;
  state: NotificationState;
  /** How often a server was asked to take it. */
  attempts: number;
  createdMs: number;
  dueMs: number;
  expiresMs: number | null;
  /** Null = it is not tried again. */
  nextAttemptMs: number | null;
  /** What went wrong last, or what it waits for; kept when a later attempt succeeds. */
  lastError: string | null;
  sentMs: number | null;
  /** What the server said when it took it. */
  receipt: string | null;
}

export type Content = { channel: 'email'; text: string; html: string | null; attachments: Attachment[] } | { channel: 'webhook'; body: unknown };

/** What a sender has in its hands, until its lease is over. */
export interface TakenNotification extends Notification {
  lease: number;
  content: Content;
}

/** A payload as it lies in the store. */
export const payloadSchema = z.union([
  z.object({ text: z.string(), html: z.string().nullable(), attachments: z.array(z.object({ name: z.string(), type: z.string(), sha256: z.string() })) }),
  z.object({ body: z.unknown() }),
]);
export type Payload = z.output<typeof payloadSchema>;

const instant = z.date().nullable().transform((at) => at?.getTime() ?? null);
const IS_OPEN: Record<NotificationState, boolean> = { due: true, failed: true, sending: false, sent: false, 'given-up': false, cancelled: false };

/** A row as the driver gives it. */
export const rowSchema = z.object({
  id: z.coerce.number(), key: z.string(), delivery: z.string(), channel: z.enum(['email', 'webhook']), recipient: z.string(), subject: z.string(),
  about_kind: z.string().nullable(), about_id: z.string().nullable(), state: z.enum(NOTIFICATION_STATES), attempts: z.number(), lease: z.number(),
  created_at: z.date(), due_at: z.date(), expires_at: instant, next_attempt_at: z.date(), last_error: z.string().nullable(), sent_at: instant, receipt: z.string().nullable(),
});

export function fromRow(row: z.output<typeof rowSchema>): Notification {
  const { id, key, delivery, channel, recipient, subject, state, attempts, receipt } = row;
  return {
    id, key, delivery, channel, recipient, subject, state, attempts, receipt,
    about: row.about_kind === null ? null : { kind: row.about_kind, id: row.about_id ?? '' },
    createdMs: row.created_at.getTime(), dueMs: row.due_at.getTime(), expiresMs: row.expires_at, sentMs: row.sent_at,
    nextAttemptMs: IS_OPEN[state] ? row.next_attempt_at.getTime() : null, lastError: row.last_error,
  };
}
