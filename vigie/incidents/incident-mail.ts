import { COMPONENTS, SEVERITY_NAMES, type IncidentType } from '../../warehouse/operational/incidents/catalogue.ts';
import type { Duty, Telling } from '../../warehouse/operational/incidents/duty.ts';
import type { Person } from '../../warehouse/operational/incidents/events.ts';
import type { Incident, TargetClock } from '../../warehouse/operational/incidents/incident.ts';
import { titleIn } from '../../warehouse/operational/incidents/title-in.ts';
import type { Attachment } from '../../warehouse/operational/notifications/notification.ts';
import type { Mailbox } from '../notify/addresses.ts';
import { invitation } from '../notify/invitation.ts';
import { mailText, type Language } from '../notify/mail-text.ts';
import { FACTS, OCCASIONS } from './incident-words.ts';

export interface MailContext {
  incident: Incident;
  duty: Pick<Duty, 'key' | 'events'>;
  telling: Telling;
  type: IncidentType | null;
  clock: TargetClock;
  nowMs: number;
  /** In which times are written. */
  zone: string;
  organizer: Mailbox;
  conferenceMinutes: number;
  /** Of the incident's page, which is for people of the site. */
  url: string;
  /** Where a person signs; null = it is not about that. */
  signUrl: string | null;
}

const MINUTE = 60_000;

/** What one person is told, in that person's language. */
export function incidentMail(context: MailContext, { language, party }: Pick<Person, 'language' | 'party'>): { subject: string; text: string; html: string; attachments: Attachment[] } {
  const { incident, telling: { moment }, url, signUrl } = context;
  const [occasion, paragraph] = OCCASIONS[moment === 'membership' && party === 'client' ? 'crisis' : moment][language];
  const title = titleIn(incident, language);
  const subject = `${language === 'fr' ? 'Incident n°' : 'Incident no.'} ${incident.number} · ${occasion} · ${title}`;
  const open = party === 'site' ? { label: FACTS.open[language], url } : null;
  const link = signUrl === null ? open : { label: FACTS.sign[language], url: signUrl };
  const calendar = moment === 'invitation' || moment === 'conference' ? conferenceFile(context, language, party) : null;
  return {
    subject, attachments: calendar ? [calendar] : [],
    ...mailText({ language, title: `${occasion} – ${title}`, paragraphs: [paragraph], facts: factsOf(context, language, party), ...(link ? { link } : {}) }),
  };
}

/** What a program is told. */
export function incidentCall({ incident, telling, url, clock }: MailContext): Record<string, string | number | boolean | null> {
  const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  return {
    event: `incident.${telling.moment}`, number: incident.number, type: incident.type, severity: incident.severity, state: incident.state, title: incident.title, level: telling.level, rule: telling.rule?.id ?? null,
    detectedAt: iso(incident.detectedAtMs), resolvedAt: iso(incident.resolvedAtMs), targetMinutes: incident.targetMinutes, breachedAt: iso(clock.breachedAtMs), url,
  };
}

/** The client is told no more than its board shows: neither who else is touched nor what detectors saw. */
function factsOf(context: MailContext, language: Language, party: Person['party']): [string, string][] {
  const { incident, type, clock, zone, duty, nowMs } = context;
  const { severity, detectedAtMs, acknowledgedAtMs, resolvedAtMs, affects } = incident;
  const at = (ms: number): string => `${new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(ms)} (${zone})`;
  const facts: [string, string][] = [
    [FACTS.type[language], type ? (language === 'fr' ? type.labelFr : type.labelEn) : incident.type],
    [FACTS.severity[language], `${severity} · ${SEVERITY_NAMES[severity][language]}`],
    [FACTS.detected[language], at(detectedAtMs)],
  ];
  if (acknowledgedAtMs !== null) facts.push([FACTS.acknowledged[language], at(acknowledgedAtMs)]);
  if (resolvedAtMs !== null) facts.push([FACTS.resolved[language], at(resolvedAtMs)]);
  facts.push([FACTS.duration[language], minutes((resolvedAtMs ?? nowMs) - (incident.startedAtMs ?? detectedAtMs))], [FACTS.target[language], targetWords(incident, clock, language)]);
  const touched = [...affects.sites, ...(party === 'client' ? [] : [...affects.tenants, ...affects.queues]), ...affects.components.map(({ component }) => COMPONENTS[component]?.[language] ?? component)];
  if (touched.length > 0) facts.push([FACTS.affects[language], touched.join(', ')]);
  const seen = party === 'client' ? undefined : incident.evidence.at(-1)?.evidence;
  if (seen) facts.push([FACTS.seen[language], language === 'fr' ? seen.textFr : seen.textEn]);
  const conference = conferenceOf(context);
  if (conference) facts.push([FACTS.begins[language], at(conference.startsAtMs)], [FACTS.place[language], conference.place === '' ? FACTS.unplaced[language] : conference.place]);
  for (const { id, text, by, atMs } of incident.long?.progress ?? []) if (duty.key.includes(id)) facts.push([FACTS.progress[language], `${text}\n${by}, ${at(atMs)}`]);
  for (const { id, text, owner, dueAtMs } of incident.actions) if (duty.key.includes(id)) facts.push([FACTS.action[language], `${text} (${owner}, ${at(dueAtMs)})`]);
  return facts;
}

function targetWords({ targetMinutes }: Incident, { leftMs, breachedAtMs, state }: TargetClock, language: Language): string {
  const words = breachedAtMs !== null ? { fr: `dépassé de ${minutes(-leftMs)}`, en: `passed by ${minutes(-leftMs)}` }
    : state === 'stopped' ? { fr: 'tenu', en: 'kept' } : { fr: `reste ${minutes(leftMs)}`, en: `${minutes(leftMs)} left` };
  return `${targetMinutes} min (${words[language]})`;
}

function minutes(ms: number): string {
  const all = Math.max(0, Math.round(ms / MINUTE));
  return all < 120 ? `${all} min` : `${Math.floor(all / 60)} h ${String(all % 60).padStart(2, '0')}`;
}

interface Conference { id: string; startsAtMs: number; place: string; participants: readonly string[] }

/** That which is being called, or the one that a rule speaks of. */
function conferenceOf({ incident, duty, telling: { moment } }: MailContext): Conference | null {
  if (moment !== 'invitation' && moment !== 'conference') return null;
  for (const { body } of duty.events) if (body.kind === 'conference-called') return { id: body.conference, startsAtMs: Date.parse(body.startsAt), place: body.place, participants: body.participants };
  return incident.conferences.find(({ id }) => duty.key.includes(id)) ?? incident.conferences.at(-1) ?? null;
}

function conferenceFile(context: MailContext, language: Language, party: Person['party']): Attachment | null {
  const conference = conferenceOf(context);
  if (!conference) return null;
  const { incident, telling, nowMs, organizer, conferenceMinutes, url } = context;
  const invited = [...incident.persons, ...telling.people].filter((person, index, all) => person.email !== null && all.findIndex(({ id }) => id === person.id) === index && conference.participants.includes(person.id));
  return invitation({
    uid: `incident-${incident.number}-${conference.id}@vigie`, startMs: conference.startsAtMs, endMs: conference.startsAtMs + conferenceMinutes * MINUTE, nowMs,
    summary: `${language === 'fr' ? 'Conférence – incident n°' : 'Conference – incident no.'} ${incident.number} · ${titleIn(incident, language)}`,
    location: conference.place === '' ? FACTS.unplaced[language] : conference.place, ...(party === 'site' ? { url } : {}), organizer, remindMinutes: 5,
    attendees: invited.flatMap(({ name, email }) => (email === null ? [] : [{ name, address: email }])),
  });
}
