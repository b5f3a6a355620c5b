import { createTransport, type SendMailOptions } from 'nodemailer';
import { z } from 'zod';
import type { Attachment, TakenNotification } from '../../warehouse/operational/notifications/notification.ts';
import { isLoopback } from '../listen-address.ts';
import type { MailServer } from './addresses.ts';
import { isNotThere, LONGEST_ATTEMPT_MS, type Delivery } from './delivery.ts';

export type Mail = Pick<TakenNotification, 'delivery' | 'recipient' | 'subject' | 'about'> & { text: string; html: string | null; attachments: readonly Attachment[] };

const CONNECT_MS = 20_000;
const SILENCE_MS = 60_000;
/** Where a message itself is at fault, though no server was asked. */
const WRONG_MESSAGES = new Set(['EENVELOPE', 'EMESSAGE', 'ESTREAM', 'EFILEACCESS', 'EURLACCESS']);
const CLOSED_DOORS = new Set(['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'EPROXY']);
/** Before a message is begun; a greeting has no command of its own. */
const BEFORE_THE_MESSAGE = /^(CONN|EHLO|HELO|LHLO|STARTTLS|AUTH)/;
const TOO_LARGE = 552;
const CLOSING = 421;

/** Hands mails to a server, one connection each: they are few, and a connection that idles breaks unseen. */
export function createMailServer({ host, port, secure, login, from }: MailServer): { send(mail: Mail, signal?: AbortSignal): Promise<Delivery> } {
  const transport = createTransport({
    host, port, secure,
    ...(login ? { auth: { user: login.user, pass: login.password } } : {}),
    // A password does not travel in the clear because somebody on the way struck out the server's offer to encrypt.
    requireTLS: !secure && login !== null && !isLoopback(host),
    connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS,
    disableFileAccess: true, disableUrlAccess: true,
  });
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    async send(mail, signal) {
      const ended = AbortSignal.any([AbortSignal.timeout(LONGEST_ATTEMPT_MS), ...(signal ? [signal] : [])]);
      try {
        const { response } = await transport.sendMail({ ...messageOf(mail, domain), from, signal: ended });
        return { kind: 'sent', receipt: response };
      } catch (error) {
        return failureOf(error, login?.password ?? null);
      }
    },
  };
}

/** A mail is the same mail however often it is sent; those about one subject are one thread. */
function messageOf({ delivery, recipient, subject, about, text, html, attachments }: Mail, domain: string): SendMailOptions {
  const invitation = attachments.find(({ type }) => /^text\/calendar\b.*\bmethod=/i.test(type));
  const thread = about === null ? null : `<${[about.kind, about.id].map(encodeURIComponent).join('.')}.vigie@${domain}>`;
  return {
    messageId: `<${delivery}@${domain}>`,
    // As it stands: an address in a list of addresses would be another one.
    to: { name: '', address: recipient },
    subject,
    // As text travels, also where it is encoded whole.
    text: text.replaceAll(/\r?\n/g, '\r\n'),
    ...(html === null ? {} : { html }),
    ...(thread === null ? {} : { references: thread, inReplyTo: thread }),
    ...(invitation ? { icalEvent: { method: /method=(\w+)/i.exec(invitation.type)?.[1] ?? 'REQUEST', filename: invitation.name, content: Buffer.from(invitation.content) } } : {}),
    attachments: attachments.filter((file) => file !== invitation).map(({ name, type, content }) => ({ filename: name, contentType: type, content: Buffer.from(content) })),
    // No answering machine is to answer.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
  };
}

const failureSchema = z.object({ message: z.string(), code: z.string().catch(''), originalCode: z.string().catch(''), responseCode: z.number().nullable().catch(null), command: z.string().catch(''), timeoutType: z.string().catch('') });

/** What a failure says of the message, and what of the server. The server's own words are what helps. */
function failureOf(error: unknown, password: string | null): Delivery {
  const { message, code, originalCode, responseCode, command, timeoutType } = failureSchema.catch({ message: String(error), code: '', originalCode: '', responseCode: null, command: '', timeoutType: '' }).parse(error);
  const said = message.replaceAll(/\s+/g, ' ').trim();
  const text = password === null ? said : said.replaceAll(password, '…').replaceAll(Buffer.from(password).toString('base64'), '…');
  if (CLOSED_DOORS.has(code) || isNotThere(originalCode) || /^(CONNECT|GREETING|UPGRADE)_TIMEOUT$/.test(timeoutType)) return { kind: 'unreachable', error: text };
  if (responseCode === null) return { kind: 'refused', error: text, ...(WRONG_MESSAGES.has(code) ? { again: 'never' } : { again: 'later', hung: true }) };
  // A sender that the server does not want is nobody's message's fault: it is put right in the configuration, and nothing is lost until then.
  const wrongSender = command === 'MAIL FROM' && responseCode >= 500 && responseCode !== TOO_LARGE;
  if (responseCode === CLOSING || BEFORE_THE_MESSAGE.test(command) || wrongSender) return { kind: 'unreachable', error: text };
  return { kind: 'refused', error: text, again: responseCode >= 500 && responseCode !== 503 ? 'never' : 'later' };
}
