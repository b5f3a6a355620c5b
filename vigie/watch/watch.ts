import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { NOTIFICATION_REASONS } from '../../warehouse/operational/notifications/reasons.ts';
import type { NotifyConfiguration } from '../configuration.ts';
import type { SteadyClock } from '../incidents/steady-clock.ts';
import type { Delivery } from '../notify/delivery.ts';
import { createMailServer } from '../notify/mail-server.ts';
import { callWebhook } from '../notify/webhook.ts';
import { lookAt } from './look.ts';
import { tidingsMail } from './tidings-mail.ts';
import { firstVerdict, judge, PATIENCE, type Patience, type Tidings } from './verdict.ts';
import type { Message, WatchFile } from './watch-file.ts';

export interface WatchOptions {
  addresses: readonly string[];
  /** Mail addresses, and names of webhooks. */
  tell: readonly string[];
  everyMs: number;
  notify: NotifyConfiguration;
  file: WatchFile;
  clock: Pick<SteadyClock, 'nowMs' | 'look'>;
  logger: Logger;
  patience?: Patience;
}

export interface Watch { end(): Promise<void> }

/** Between two tries to send a message: soon, then less often. */
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 300_000;
const KEEP_TRYING_MS = 24 * 3_600_000;

/** Looks at the program from outside and tells people by itself: it uses no store, no warehouse and no outbox of the program. */
export function startWatch({ addresses, tell, everyMs, notify, file, clock, logger, patience = PATIENCE }: WatchOptions): Watch {
  const mail = notify.mail === null ? null : createMailServer(notify.mail);
  const webhooks = new Map(notify.webhooks.map((webhook) => [webhook.name, webhook]));
  const stopping = new AbortController();
  const { signal } = stopping;
  let state = file.read();
  let writeFails = false;
  const running = run();
  return {
    async end() {
      stopping.abort();
      await running;
    },
  };

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const beganMs = clock.nowMs();
      clock.look();
      await lookAll();
      await sendDue();
      await pause(Math.max(0, everyMs - (clock.nowMs() - beganMs)), undefined, { signal }).catch(() => undefined);
    }
  }

  async function lookAll(): Promise<void> {
    const looks = await Promise.all(addresses.map(async (address) => ({ address, look: await lookAt(address, { signal }) })));
    if (signal.aborted) return;
    const nowMs = clock.nowMs();
    const news: Message[] = [];
    const verdicts: typeof state.verdicts = {};
    for (const { address, look } of looks) {
      const { verdict, tidings } = judge(state.verdicts[address] ?? firstVerdict(nowMs), look, nowMs, patience);
      verdicts[address] = verdict;
      if (!tidings) continue;
      logger[tidings.condition === 'up' ? 'info' : 'error']({ address, condition: tidings.condition, reason: tidings.reason }, tidings.kind === 'reminder' ? 'this still lasts' : 'this has changed');
      news.push(...tell.map((recipient) => messageTo(recipient, address, tidings, nowMs)));
    }
    // On disk before anything is sent: a watcher that is killed in between sends the same message again, and no other.
    keep({ verdicts, outbox: [...state.outbox, ...news], lookedAtMs: nowMs });
  }

  async function sendDue(): Promise<void> {
    const nowMs = clock.nowMs();
    const due = state.outbox.filter(({ nextAtMs }) => nextAtMs <= nowMs);
    if (due.length === 0) return;
    const results = new Map(await Promise.all(due.map(async (message) => [message.delivery, await send(message)] as const)));
    const outbox = state.outbox.flatMap((message) => {
      const delivery = results.get(message.delivery);
      if (!delivery) return [message];
      const { channel, recipient, attempts } = message;
      if (delivery.kind === 'sent') {
        logger.info({ channel, recipient }, 'told');
        return [];
      }
      const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempts);
      const given = (delivery.kind === 'refused' && delivery.again === 'never') || attempts * LONGEST_PAUSE_MS > KEEP_TRYING_MS;
      logger.warn({ channel, recipient, attempts: attempts + 1, reason: delivery.error }, given ? 'not told, and not tried again' : 'not told yet');
      return given ? [] : [{ ...message, attempts: attempts + 1, nextAtMs: nowMs + pauseMs }];
    });
    keep({ ...state, outbox });
  }

  function send(message: Message): Promise<Delivery> {
    const { channel, recipient, delivery, subject, text, html, body } = message;
    if (channel === 'email') {
      if (!mail) return Promise.resolve({ kind: 'unreachable', error: NOTIFICATION_REASONS['no-mail-server'] });
      return mail.send({ delivery, recipient, subject, text, html, about: null, attachments: [] }, signal);
    }
    const webhook = webhooks.get(recipient);
    return webhook ? callWebhook(webhook, { delivery, body }, { signal }) : Promise.resolve({ kind: 'unreachable', error: 'no webhook of this name configured: set VIGIE_WEBHOOKS' });
  }

  /** A full disk must not keep it from telling. */
  function keep(next: typeof state): void {
    state = next;
    try {
      file.write(next);
      writeFails = false;
    } catch (error) {
      if (!writeFails) logger.error({ err: error }, 'what was found cannot be kept on disk');
      writeFails = true;
    }
  }
}

function messageTo(recipient: string, address: string, tidings: Tidings, nowMs: number): Message {
  const { kind, condition, sinceMs, reason } = tidings;
  return {
    delivery: randomUUID(), channel: recipient.includes('@') ? 'email' : 'webhook', recipient, ...tidingsMail(address, tidings),
    body: { event: `vigie.${kind}`, condition, address, since: new Date(sinceMs).toISOString(), reason }, attempts: 0, nextAtMs: nowMs,
  };
}
