import type { Notification, NotificationState } from '../../warehouse/operational/notifications/notification.ts';
import type { Delivery } from '../notify/delivery.ts';
import type { Language } from '../notify/mail-text.ts';

const STATES: Record<Language, Record<NotificationState, string>> = {
  en: { due: 'due', sending: 'being sent', sent: 'sent', failed: 'failed', 'given-up': 'given up', cancelled: 'cancelled' },
  fr: { due: 'à envoyer', sending: 'en cours', sent: 'envoyée', failed: 'en échec', 'given-up': 'abandonnée', cancelled: 'annulée' },
};

/** One notification on one line, and what its server said on the next. */
export function notificationInWords({ id, createdMs, state, channel, recipient, subject, about, attempts, dueMs, nextAttemptMs, sentMs, lastError, receipt }: Notification, language: Language): string {
  const at = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').slice(0, 19);
  const words = language === 'fr'
    ? { of: 'au sujet de', attempts: 'essais', next: 'prochain essai', due: 'pas avant' }
    : { of: 'about', attempts: 'attempts', next: 'next attempt', due: 'not before' };
  const when = sentMs !== null ? at(sentMs)
    : nextAttemptMs === null ? null
    : attempts === 0 && dueMs > createdMs ? `${words.due} ${at(dueMs)}`
    : attempts > 0 ? `${words.next} ${at(nextAttemptMs)}` : null;
  const head = [`${id}`, `${at(createdMs)}`, STATES[language][state], ...(when === null ? [] : [when]), channel, recipient, subject, ...(about ? [`${words.of} ${about.kind}/${about.id}`] : []), ...(attempts > 1 ? [`${attempts} ${words.attempts}`] : [])].join('  ');
  const said = state === 'sent' ? receipt : lastError;
  return said === null || said === '' ? head : `${head}\n    ${said}`;
}

/** How far back the journal reaches. */
export function journalInWords(sinceMs: number, language: Language): string {
  const day = new Date(sinceMs).toISOString().slice(0, 10);
  return language === 'fr' ? `Ce qui était terminé avant le ${day} n'est plus gardé (VIGIE_NOTIFICATIONS_KEPT_DAYS)` : `What was over before ${day} is not kept any more (VIGIE_NOTIFICATIONS_KEPT_DAYS)`;
}

/** What happened, in the server's own words, and what can be done about it. */
export function deliveryInWords(delivery: Delivery, { to, through, tookMs }: { to: string; through: string; tookMs: number }, language: Language): string {
  const seconds = (tookMs / 1000).toLocaleString(language, { maximumFractionDigits: 1 });
  const french = language === 'fr';
  if (delivery.kind === 'sent') return french ? `Envoyé à ${to} par ${through} en ${seconds} s. Le serveur a répondu :\n    ${delivery.receipt}` : `Sent to ${to} through ${through} in ${seconds} s. The server answered:\n    ${delivery.receipt}`;
  const error = `\n    ${delivery.error}\n`;
  if (delivery.kind === 'unreachable')
    return french
      ? `Non envoyé : ${through} ne répond pas, ou ne laisse pas entrer.${error}Vérifiez l'adresse, le mot de passe et l'expéditeur. Les notifications attendent jusque-là, rien n'est perdu.`
      : `Not sent: ${through} does not answer, or does not let us in.${error}Check its address, the password and the sender. Notifications wait until then, nothing is lost.`;
  if (delivery.again === 'later')
    return french
      ? `Pas encore accepté par ${through}.${error}Une notification serait retentée d'elle-même ; ce test ne l'est pas.`
      : `Not taken yet by ${through}.${error}A notification would be tried again by itself; this test is not.`;
  return french ? `Refusé par ${through}, définitivement.${error}Une notification serait abandonnée, et visible comme telle.` : `Refused by ${through}, for good.${error}A notification would be given up, and be seen as such.`;
}

export function testMailWords(language: Language): { subject: string; paragraphs: string[]; open: string } {
  return language === 'fr'
    ? { subject: 'Vigie : message de test', paragraphs: ['Ce message prouve que Vigie peut envoyer des e-mails par ce serveur.'], open: 'Ouvrir Vigie' }
    : { subject: 'Vigie: test message', paragraphs: ['This message proves that Vigie can send mails through this server.'], open: 'Open Vigie' };
}
