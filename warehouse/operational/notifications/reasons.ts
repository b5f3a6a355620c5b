/** Why a notification was not sent, where the program says it itself. What a server answers is in that server's words. */
export const NOTIFICATION_REASONS = {
  'no-mail-server': 'no mail server configured: set VIGIE_SMTP_URL and VIGIE_MAIL_FROM',
  'no-webhook': 'no webhook of this name configured: set VIGIE_WEBHOOKS',
  'no-address': 'the recipient is no e-mail address',
  // As `take.sql` says it.
  interrupted: 'the program ended while it was being sent: it may have arrived',
  'interrupted-twice': 'the program ended twice while it was being sent: it may have arrived',
} as const;

const BY_PATTERN = [['not-reached', /\bE(CONNREFUSED|CONNRESET|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN|DNS)\b/], ['too-slow', /\bETIMEDOUT\b|\btimeout\b|^no answer within /i], ['moved', /: it sends us elsewhere; set its new address$/]] as const;
const LATE = 'it could not be sent in time';

export const NOTIFICATION_REASON_CODES = ['no-mail-server', 'no-webhook', 'no-address', 'interrupted', 'interrupted-twice', 'not-reached', 'too-slow', 'moved'] as const;
type NotificationReasonCode = (typeof NOTIFICATION_REASON_CODES)[number];

interface NotificationReason {
  /** Null = only those words tell it: a server's. */
  code: NotificationReasonCode | null;
  /** It was worth telling until an instant that has passed. */
  late: boolean;
  /** Without that; empty = there is nothing else to tell. */
  words: string;
}

/** What the journal keeps as words, told by a code as far as it can be. */
export function notificationReason(lastError: string): NotificationReason {
  const late = lastError.startsWith(LATE);
  const words = late ? lastError.slice(LATE.length).replace(/^: /, '') : lastError;
  const own = NOTIFICATION_REASON_CODES.find((code) => Object.entries(NOTIFICATION_REASONS).some(([key, text]) => key === code && text === words));
  return { code: own ?? BY_PATTERN.find(([, pattern]) => pattern.test(words))?.[0] ?? null, late, words };
}
