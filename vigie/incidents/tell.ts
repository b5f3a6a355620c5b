import type { Duty } from '../../warehouse/operational/incidents/duty.ts';
import type { Person } from '../../warehouse/operational/incidents/events.ts';
import type { NewNotification } from '../../warehouse/operational/notifications/notification.ts';
import { incidentCall, incidentMail, type MailContext } from './incident-mail.ts';

const DAY = 86_400_000;
/** What is said of the end, or waits for a signature, is worth reading later too. */
const LASTING = new Set(['resolved', 'closed', 'signature-reminder', 'long-interruption', 'progress']);

/** A personal link, made when it is told. */
export type SignLink = (person: Person) => Promise<string>;

/** The messages of a duty, one for each person and program. Keys are those of the duty: whoever queues them again changes nothing. */
export async function messagesOf(duty: Duty, context: Omit<MailContext, 'duty' | 'telling' | 'signUrl'>, signLink: SignLink): Promise<NewNotification[]> {
  const { telling } = duty;
  if (!telling) return [];
  const { incident } = context;
  const about = { kind: 'incident', id: String(incident.number) };
  // The outbox has the wall's time.
  const expiresMs = LASTING.has(telling.moment) ? null : Date.now() + DAY;
  const whole: MailContext = { ...context, duty, telling, signUrl: null };
  const messages: NewNotification[] = telling.webhooks.map((name) => ({
    channel: 'webhook', recipient: name, key: `incident ${incident.number} ${duty.key} ${name}`, subject: `incident.${telling.moment} ${incident.number}`, about, expiresMs, body: incidentCall(whole),
  }));
  for (const person of telling.people) {
    if (person.email === null || isToldOtherwise(whole, person)) continue;
    const signs = telling.moment === 'signature-reminder';
    messages.push({
      channel: 'email', recipient: person.email, key: `incident ${incident.number} ${duty.key} ${person.email}`, about, expiresMs, confidential: signs,
      ...incidentMail(signs ? { ...whole, signUrl: await signLink(person) } : whole, person),
    });
  }
  return messages;
}

/** The client takes part in the crisis cell, but owes it no report. The program itself has sent an invitation, or told who is in the crisis cell: the rule need not say it again. */
function isToldOtherwise({ incident, telling: { moment } }: MailContext, { id, party }: Person): boolean {
  if (moment === 'report-reminder') return party === 'client';
  if (moment === 'conference') return incident.timeline.some(({ body, by }) => body.kind === 'conference-called' && by === 'vigie' && body.participants.includes(id));
  if (moment === 'crisis') return incident.timeline.some(({ body, by }) => body.kind === 'crisis-opened' && by === 'vigie' && body.members.includes(id));
  return false;
}
