import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Webhook } from './addresses.ts';
import { isNotThere, type Delivery } from './delivery.ts';

export interface WebhookCall {
  /** The same however often it is called. */
  delivery: string;
  body: unknown;
}

const LONGEST_CALL_MS = 15_000;
const LONGEST_WORDS = 300;
/** Too early, too many, took too long: said of now. */
const LATER = new Set([408, 425, 429]);
const LONGEST_WISH_MS = 6 * 3_600_000;

/** Posts JSON, signed as Standard Webhooks say (standardwebhooks.com): headers `webhook-id`, `webhook-timestamp` and `webhook-signature`. */
export async function callWebhook({ url, secret }: Webhook, { delivery, body }: WebhookCall, { signal, longestMs = LONGEST_CALL_MS }: { signal?: AbortSignal; longestMs?: number } = {}): Promise<Delivery> {
  const text = JSON.stringify(body);
  const timestamp = Math.floor(Date.now() / 1000);
  try {
    const response = await fetch(url, {
      method: 'POST', body: text, redirect: 'manual',
      headers: {
        'content-type': 'application/json', 'user-agent': 'vigie',
        'webhook-id': delivery, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatureOf(secret, delivery, timestamp, text),
      },
      signal: AbortSignal.any([AbortSignal.timeout(longestMs), ...(signal ? [signal] : [])]),
    });
    const words = `${response.status} ${response.statusText} ${await firstWords(response)}`.replaceAll(/\s+/g, ' ').trim();
    if (response.ok) return { kind: 'sent', receipt: words };
    if (response.status >= 500 || LATER.has(response.status)) return { kind: 'refused', error: words, again: 'later', ...wishOf(response) };
    return { kind: 'refused', error: response.status < 400 ? `${words}: it sends us elsewhere; set its new address` : words, again: 'never' };
  } catch (error) {
    return failureOf(error, longestMs);
  }
}

/** `v1,` and the HMAC-SHA256, in base64, of id, seconds and body joined by points. */
export function signatureOf(secret: string, id: string, seconds: number, body: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}

/** What a server says besides its status, and not a page of it; its answer stands without that. */
async function firstWords(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let words = '';
  try {
    for await (const chunk of response.body ?? []) {
      words += decoder.decode(chunk, { stream: true });
      if (words.length >= LONGEST_WORDS) break;
    }
  } catch {
    // It broke off.
  }
  return words.slice(0, LONGEST_WORDS);
}

function wishOf(response: Response): { afterMs?: number } {
  const wish = response.headers.get('retry-after') ?? '';
  const ms = /^\d+$/.test(wish) ? Number(wish) * 1000 : Date.parse(wish) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? { afterMs: Math.min(ms, LONGEST_WISH_MS) } : {};
}

const causeSchema = z.object({ code: z.string().catch(''), message: z.string().catch('') });

function failureOf(error: unknown, longestMs: number): Delivery {
  if (error instanceof Error && error.name === 'TimeoutError') return { kind: 'refused', error: `no answer within ${longestMs / 1000} s`, again: 'later', hung: true };
  const { code, message } = causeSchema.catch({ code: '', message: '' }).parse(error instanceof Error ? error.cause ?? error : error);
  const words = message === '' ? code || String(error) : message;
  return isNotThere(code) ? { kind: 'unreachable', error: words } : { kind: 'refused', error: words, again: 'later', hung: true };
}
