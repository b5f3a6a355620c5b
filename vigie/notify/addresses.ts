import { isMailAddress } from '../../warehouse/operational/notifications/mail-address.ts';
import { isLoopback } from '../listen-address.ts';

/** A mail server as mails are handed to it. */
export interface SmtpAddress {
  host: string;
  port: number;
  /** Encrypted from the first byte; else as soon as the server offers it. */
  secure: boolean;
  login: { user: string; password: string } | null;
}

export interface Mailbox { name: string; address: string }

export interface MailServer extends SmtpAddress { from: Mailbox }

export interface Webhook { name: string; url: string; secret: string }

const PORTS = { 'smtp:': 587, 'smtps:': 465 };
/** Also what a webhook is named in the journal. */
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** @throws what is expected; never repeats the text, in which a password stands. */
export function parseSmtpUrl(text: string): SmtpAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !(url.protocol === 'smtp:' || url.protocol === 'smtps:') || url.hostname === '' || !/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '')
    throw new Error('smtp://user:password@host:587 or smtps://user:password@host:465 is expected, special characters of the password as %40');
  const user = decode(url.username);
  const password = decode(url.password);
  if ((user === '') !== (password === '')) throw new Error('user and password go together: smtp://user:password@host:587');
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: url.port === '' ? PORTS[url.protocol] : Number(url.port), secure: url.protocol === 'smtps:', login: user === '' ? null : { user, password } };
}

/** `Vigie <vigie@example.org>`, or the address alone. @throws what is expected. */
export function parseSender(text: string): Mailbox {
  const { name = '', address = text.trim() } = /^\s*"?(?<name>[^"<>]*?)"?\s*<(?<address>[^<>]+)>\s*$/.exec(text)?.groups ?? {};
  if (!isMailAddress(address)) throw new Error('Vigie <vigie@example.org> is expected');
  return { name: name === '' ? 'Vigie' : name, address };
}

/** `name=url,name=url`. @throws what is wrong, by place or name: an address may be a secret itself. */
export function parseWebhooks(text: string): Omit<Webhook, 'secret'>[] {
  const webhooks: Omit<Webhook, 'secret'>[] = [];
  const parts = text.split(',').map((part) => part.trim()).filter((part) => part !== '');
  for (const [index, part] of parts.entries()) {
    const equals = part.indexOf('=');
    const [name, url] = [part.slice(0, Math.max(equals, 0)), part.slice(equals + 1)];
    if (!NAME.test(name)) throw new Error(`part ${index + 1}: name=url is expected, the name of small letters, digits and "-"`);
    const parsed = URL.canParse(url) ? new URL(url) : null;
    if (!parsed || !(parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLoopback(parsed.hostname)))) throw new Error(`the webhook "${name}": an address with https is expected, or with http on this machine`);
    if (parsed.username !== '' || parsed.password !== '') throw new Error(`the webhook "${name}": user and password in an address are not sent; its calls are signed`);
    if (webhooks.some((other) => other.name === name)) throw new Error(`the webhook "${name}" was named before`);
    webhooks.push({ name, url });
  }
  return webhooks;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error('a "%" that begins no escape stands in user or password: write it as %25');
  }
}
