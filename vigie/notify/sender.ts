import { setTimeout as pause } from 'node:timers/promises';
import type { TakenNotification } from '../../warehouse/operational/notifications/notification.ts';
import type { Notifications } from '../../warehouse/operational/notifications/notifications.ts';
import { NOTIFICATION_REASONS } from '../../warehouse/operational/notifications/reasons.ts';
import type { NotifyConfiguration } from '../configuration.ts';
import { LONGEST_ATTEMPT_MS, type Delivery } from './delivery.ts';
import { createMailServer } from './mail-server.ts';
import { pauseAfter, silenceAfter } from './retry.ts';
import { callWebhook } from './webhook.ts';

export const NO_MAIL_SERVER = NOTIFICATION_REASONS['no-mail-server'];
export const NO_SUCH_WEBHOOK = NOTIFICATION_REASONS['no-webhook'];

export interface SenderOptions {
  notifications: Notifications;
  configuration: NotifyConfiguration;
  log: (level: 'info' | 'warn' | 'error', message: string, details: object) => void;
  /** How often the outbox is looked at for what others have queued, or what has come due. */
  lookMs?: number;
  /** Of a pause after a failure, for tests. */
  pauses?: { pauseAfter: typeof pauseAfter; silenceAfter: typeof silenceAfter };
  leaseMs?: number;
}

export interface Sender {
  /** Takes nothing any more, and lets what is under way come to its end for a while. */
  end(): Promise<void>;
}

const LOOK_MS = 5000;
const MOST_AT_ONCE = 4;
/** Longer than an attempt and what is said of it to the store. */
const LEASE_MS = 2 * LONGEST_ATTEMPT_MS;
const LONGEST_FAREWELL_MS = 5000;
const REPORT_AGAIN_MS = 1000;

/** A server that could not be reached: nothing is handed to it before that. */
interface Silence { failures: number; untilMs: number }

/** Sends what is due in the outbox, until it is ended. One at a time works on a store: the others would wait for nothing. */
export function startSender({ notifications, configuration, log, lookMs = LOOK_MS, pauses = { pauseAfter, silenceAfter }, leaseMs = LEASE_MS }: SenderOptions): Sender {
  const mailServer = configuration.mail === null ? null : createMailServer(configuration.mail);
  const webhooks = new Map(configuration.webhooks.map((webhook) => [webhook.name, webhook]));
  const silences = new Map<string, Silence>();
  const underWay = new Set<Promise<void>>();
  const stopping = new AbortController();
  const aborting = new AbortController();
  let wake: () => void = () => undefined;
  let storeAway = false;
  const unsubscribe = notifications.onQueued(() => wake());
  const running = run();
  return { end };

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      const taken = await look().catch((error: unknown) => {
        if (!storeAway) log('warn', 'the outbox cannot be read', { reason: wordsOf(error) });
        storeAway = true;
        return 0;
      });
      if (taken > 0 && underWay.size < MOST_AT_ONCE) continue;
      await Promise.race([woken, pause(lookMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined)]);
    }
  }

  /** Gives how many were taken. */
  async function look(): Promise<number> {
    const free = MOST_AT_ONCE - underWay.size;
    if (free === 0) return 0;
    const nowMs = Date.now();
    const speaks = (route: string): boolean => (silences.get(route)?.untilMs ?? 0) <= nowMs;
    const reachable = { email: mailServer !== null && speaks('email'), webhooks: [...webhooks.keys()].filter((name) => speaks(routeOf('webhook', name))) };
    if (!mailServer) await notifications.explain({ channel: 'email' }, NO_MAIL_SERVER, nowMs);
    await notifications.explain({ channel: 'webhook', except: [...webhooks.keys()] }, NO_SUCH_WEBHOOK, nowMs);
    const taken = await notifications.take(free, nowMs, { leaseMs, reachable });
    storeAway = false;
    for (const each of taken) {
      const delivery = deliver(each).catch((error: unknown) => log('error', 'a notification cannot be handled', { id: each.id, reason: wordsOf(error) })).finally(() => {
        underWay.delete(delivery);
        wake();
      });
      underWay.add(delivery);
    }
    return taken.length;
  }

  async function deliver(taken: TakenNotification): Promise<void> {
    const startedMs = Date.now();
    const delivery = await hand(taken);
    await untilSaid(startedMs, () => report(taken, delivery));
  }

  async function hand(taken: TakenNotification): Promise<Delivery> {
    const { content } = taken;
    if (content.channel === 'email') return mailServer ? mailServer.send({ ...taken, ...content }, aborting.signal) : { kind: 'unreachable', error: NO_MAIL_SERVER };
    const webhook = webhooks.get(taken.recipient);
    return webhook ? callWebhook(webhook, { delivery: taken.delivery, body: content.body }, { signal: aborting.signal }) : { kind: 'unreachable', error: NO_SUCH_WEBHOOK };
  }

  /** Who is written to is nothing for a log. */
  async function report(taken: TakenNotification, delivery: Delivery): Promise<void> {
    const { id, key, channel, recipient, attempts } = taken;
    const route = routeOf(channel, recipient);
    const nowMs = Date.now();
    const silent = delivery.kind === 'unreachable' || (delivery.kind === 'refused' && delivery.hung === true);
    if (silent) silence(route, nowMs, delivery.error);
    else if (silences.delete(route)) log('info', 'the server answers again', { route });
    if (delivery.kind === 'sent') {
      await notifications.sent(taken, { nowMs, receipt: delivery.receipt });
      log('info', 'notification sent', { id, key, channel, attempts });
    } else if (delivery.kind === 'unreachable') {
      await notifications.postponed(taken, delivery.error, silences.get(route)?.untilMs ?? nowMs);
    } else {
      const pauseMs = delivery.again === 'never' ? null : pauses.pauseAfter(attempts);
      await notifications.failed(taken, delivery.error, pauseMs === null ? null : nowMs + Math.max(pauseMs, delivery.afterMs ?? 0));
      log('warn', pauseMs === null ? 'a notification was given up' : 'a notification was refused, and is tried again', { id, key, channel, attempts, reason: delivery.error });
    }
    // Those that wait behind it say why, too.
    if (silent) await notifications.explain({ channel, ...(channel === 'webhook' ? { only: [recipient] } : {}) }, delivery.error, nowMs);
  }

  /** Several that fail at once are one failure. */
  function silence(route: string, nowMs: number, reason: string): void {
    const before = silences.get(route);
    if (before && before.untilMs > nowMs) return;
    const failures = (before?.failures ?? 0) + 1;
    silences.set(route, { failures, untilMs: nowMs + pauses.silenceAfter(failures) });
    if (failures === 1) log('warn', 'notifications wait for their server', { route, reason });
  }

  /** What happened is said until the store has heard it, as long as nobody else sends it. */
  async function untilSaid(startedMs: number, say: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        await say();
        return;
      } catch (error) {
        if (aborting.signal.aborted || Date.now() + REPORT_AGAIN_MS > startedMs + leaseMs) throw error;
        await pause(REPORT_AGAIN_MS, undefined, { signal: aborting.signal, ref: false }).catch(() => undefined);
      }
    }
  }

  async function end(): Promise<void> {
    unsubscribe();
    stopping.abort();
    await running;
    const farewell = setTimeout(() => aborting.abort(new Error('the program ended while it was being sent')), LONGEST_FAREWELL_MS);
    await Promise.all(underWay);
    clearTimeout(farewell);
  }
}

function routeOf(channel: TakenNotification['channel'], recipient: string): string {
  return channel === 'email' ? 'email' : `webhook ${recipient}`;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
