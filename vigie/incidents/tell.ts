import type { Duty } from '../../warehouse/operational/incidents/duty.ts';
import type { Person } from '../../warehouse/operational/incidents/events.ts';
import type { NewNotification } from '../../warehouse/operational/notifications/notification.ts';
import { incidentCall, incidentMail, type MailContext } from './incident-mail.ts';

const DAY = 86_400_000;
/** What is said of the end is worth reading later too. */
const LASTING = new Set(['resolved', 'closed', 'breach-withdrawn', 'long-interruption', 'progress']);

/** A personal link and how long it is good, made when it is told. */
export type SignLink = (person: Person) => Promise<{ url: string; lastsMs: number }>;

/** The messages of a duty, one for each person and program. Keys are those of the duty: whoever queues them again changes nothing. */
export async function messagesOf(duty: Duty, context: Omit<MailContext, 'duty' | 'telling' | 'signUrl'>, signLink?: SignLink): Promise<NewNotification[]> {
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
    const link = telling.moment === 'signature-reminder' ? await signLink?.(person) : undefined;
    messages.push({
      channel: 'email', recipient: person.email, key: `incident ${incident.number} ${duty.key} ${person.email}`, about, expiresMs: link ? Date.now() + link.lastsMs : expiresMs, confidential: link !== undefined,
      ...incidentMail(link ? { ...whole, signUrl: link.url } : whole, person),
    });
  }
  return messages;
}

/** The client takes part in the crisis cell, but owes it no report. The procedure itself invites to a conference, and tells who is in the crisis cell: the rule need not say it again. */
function isToldOtherwise({ incident, duty, telling: { moment } }: MailContext, { id, party }: Person): boolean {
  if (moment === 'report-reminder') return party === 'client';
  if (moment === 'conference') return incident.timeline.some(({ body }) => body.kind === 'conference-called' && duty.key.includes(body.conference) && body.participants.includes(id));
  if (moment === 'crisis') return incident.timeline.some(({ body, by }) => body.kind === 'crisis-opened' && by === 'vigie' && body.members.includes(id));
  return false;
}
