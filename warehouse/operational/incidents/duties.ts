import { THE_PROGRAM } from '../journal.ts';
import { CONFERENCE_INVITATION, dutyEvent, dutyEventId, type Duty, type Handling } from './duty.ts';
import { personSchema, type IncidentBody, type NewIncidentEvent, type Person } from './events.ts';
import type { Incident } from './incident.ts';
import { afterEntry } from './late-entry.ts';
import { isMeant } from './recipients.ts';
import { clockReaches } from './target-clock.ts';
import { isUnwritten, nextUnwritten, toTell } from './tell-duties.ts';
import { toWithdraw } from './withdraw-duty.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** What is due now and does not yet stand in the log, the earliest first. The same again until it is appended. */
export function dutiesOf(incident: Incident, handling: Handling, nowMs: number): Duty[] {
  return plan(incident, handling, nowMs).filter(({ dueAtMs }) => dueAtMs <= nowMs);
}

/** When something may be due next if nothing happens until then; null = nothing ever. */
export function nextDutyAtMs(incident: Incident, handling: Handling, nowMs: number): number | null {
  return plan(incident, handling, nowMs).find(({ dueAtMs }) => dueAtMs > nowMs)?.dueAtMs ?? null;
}

function plan(incident: Incident, handling: Handling, nowMs: number): Duty[] {
  const done = new Set(incident.timeline.map(({ id }) => id));
  const planned = [...clockDuties(incident, handling, nowMs), ...toWithdraw(incident, handling, nowMs), ...procedureDuties(incident, handling, nowMs), ...invitations(incident, handling, nowMs), ...reportReminders(incident, handling, nowMs), ...signatureReminders(incident, handling, nowMs), ...toTell(incident, handling, nowMs)];
  return planned.filter(({ key }) => !done.has(dutyEventId(incident.number, key))).toSorted((a, b) => a.dueAtMs - b.dueAtMs);
}

/** Warnings and the breach: written at the instant at which they were due, however late they are noted. */
function clockDuties(incident: Incident, { settings, calendar }: Handling, nowMs: number): Duty[] {
  const targetMs = incident.targetMinutes * MINUTE;
  const at = (kind: 'warn' | 'breach', key: string, ms: number, body: IncidentBody): Duty[] => {
    const dueAtMs = clockReaches(incident, calendar, ms, nowMs);
    return dueAtMs === null ? [] : [{ key, kind, dueAtMs: afterEntry(incident, dueAtMs), events: [dutyEvent(incident.number, key, dueAtMs, body)], telling: null }];
  };
  const warnings = incident.resolvedAtMs === null && incident.breachNotedAtMs === null ? settings.warnShares.filter((share) => !incident.warnedShares.includes(share)) : [];
  return [
    ...warnings.flatMap((share) => at('warn', `warn ${share}`, share * targetMs, { kind: 'warned', share })),
    ...(incident.breachNotedAtMs === null ? at('breach', 'breach', targetMs, { kind: 'breached', targetMinutes: incident.targetMinutes }) : []),
  ];
}

/** The conference with the client's IT and the crisis cell: by the wall clock since the detection, unless service is back. */
function procedureDuties(incident: Incident, { settings, rules, type, touched = 'all' }: Handling, nowMs: number): Duty[] {
  if (incident.resolvedAtMs !== null || type?.breakdown === false) return [];
  const { number, detectedAtMs } = incident;
  const duties: Duty[] = [];
  if (incident.conferences.length === 0) {
    const key = 'conference';
    const { events, people } = invite(incident, rules.contacts.filter((contact) => contact.conference && isMeant(contact, touched)), key, nowMs);
    const startsAt = new Date(nowMs + settings.conferenceStartsAfterMinutes * MINUTE).toISOString();
    const called = dutyEvent(number, key, nowMs, { kind: 'conference-called', conference: dutyEventId(number, `${key} itself`), startsAt, place: settings.conferencePlace, participants: people.map(({ id }) => id) });
    duties.push({ key, kind: 'conference', dueAtMs: afterEntry(incident, detectedAtMs + settings.conferenceMinutes * MINUTE), events: [...events, called], telling: { moment: 'invitation', rule: null, level: 1, people, webhooks: [] } });
  }
  if (incident.crisis === null) {
    const key = 'crisis';
    // Members are those who were chosen for it: whoever else is on the incident is told by the rules.
    const { events, people } = invite(incident, rules.contacts.filter((contact) => contact.crisis && isMeant(contact, touched)), key, nowMs, { andByHand: false });
    const opened = dutyEvent(number, key, nowMs, { kind: 'crisis-opened', members: people.map(({ id }) => id) });
    duties.push({ key, kind: 'crisis', dueAtMs: afterEntry(incident, detectedAtMs + settings.crisisMinutes * MINUTE), events: [...events, opened], telling: { moment: 'membership', rule: null, level: 1, people, webhooks: [] } });
  }
  return duties;
}

/** Who takes part in a conference that a person called is invited, whatever the rules say; not to one that is over. */
function invitations({ number, conferences, persons, timeline }: Incident, { settings }: Handling, nowMs: number): Duty[] {
  return conferences.flatMap(({ id, calledAtMs, startsAtMs, heldAtMs, participants }): Duty[] => {
    const called = timeline.find(({ body }) => body.kind === 'conference-called' && body.conference === id);
    const people = persons.filter((person) => participants.includes(person.id));
    if (called?.by === THE_PROGRAM || people.length === 0 || heldAtMs !== null || nowMs >= startsAtMs + settings.conferenceLastsMinutes * MINUTE) return [];
    const key = `invite ${id}`;
    return [{
      key, kind: 'invite', dueAtMs: calledAtMs,
      events: [dutyEvent(number, key, nowMs, { kind: 'told', rule: CONFERENCE_INVITATION, moment: 'invitation', level: 1, recipients: people.filter(({ email }) => email !== null).map(({ name }) => name) })],
      telling: { moment: 'invitation', rule: null, level: 1, people, webhooks: [] },
    }];
  });
}

/** These contacts, who become persons of the incident where they are not, and whom people have added to it. */
function invite({ number, persons, timeline }: Pick<Incident, 'number' | 'persons' | 'timeline'>, contacts: readonly Person[], key: string, nowMs: number, { andByHand = true } = {}): { events: NewIncidentEvent[]; people: Person[] } {
  const byHand = new Set(andByHand ? timeline.flatMap(({ body, by }) => (body.kind === 'person-added' && by !== THE_PROGRAM ? [body.person.id] : [])) : []);
  const there = persons.filter(({ id }) => byHand.has(id) || contacts.some((contact) => contact.id === id));
  const added = contacts.filter(({ id }) => !persons.some((person) => person.id === id)).map((contact) => personSchema.parse(contact));
  return { people: [...there, ...added], events: added.map((person) => dutyEvent(number, `${key} ${person.id}`, nowMs, { kind: 'person-added', person })) };
}

/** Of the hourly report that is due next; an earlier one that was missed is not reminded of any more. */
function reportReminders({ number, crisis, persons }: Incident, { settings }: Handling, nowMs: number): Duty[] {
  if (!crisis || crisis.endedAtMs !== null) return [];
  const every = settings.reportMinutes * MINUTE;
  const before = Math.min(settings.reportReminderMinutes * MINUTE, every);
  const hour = Math.floor((nowMs + before - crisis.openedAtMs) / every);
  return [hour, nextUnwritten(crisis, hour + 1)].filter((each) => each > 0 && isUnwritten(crisis, each) && !crisis.remindedHours.includes(each)).map((each): Duty => {
    const key = `report ${crisis.openedAtMs} ${each}`;
    const people = persons.filter(({ id }) => crisis.members.includes(id));
    return { key, kind: 'remind-report', dueAtMs: crisis.openedAtMs + each * every - before, events: [dutyEvent(number, key, nowMs, { kind: 'report-reminded', hour: each })], telling: { moment: 'report-reminder', rule: null, level: 1, people, webhooks: [] } };
  });
}

function signatureReminders({ number, document, persons, formerPersons, timeline }: Incident, { settings }: Handling, nowMs: number): Duty[] {
  if (!document) return [];
  // Whom no mail reaches cannot be reminded, and is not said to have been.
  const missing = [...persons, ...formerPersons].filter(({ id, email }) => email !== null && document.signers.includes(id) && !document.signatures.some(({ person }) => person === id));
  const reminders = timeline.filter(({ body }) => body.kind === 'signature-reminded' && body.document === document.id).length;
  if (missing.length === 0 || reminders >= settings.signatureReminders) return [];
  const key = `signatures ${document.id} ${reminders + 1}`;
  return [{
    key, kind: 'remind-signatures', dueAtMs: (document.remindedAtMs ?? document.madeAtMs) + settings.signatureReminderDays * DAY,
    events: [dutyEvent(number, key, nowMs, { kind: 'signature-reminded', document: document.id, persons: missing.map(({ id }) => id) })],
    telling: { moment: 'signature-reminder', rule: null, level: 1, people: missing, webhooks: [] },
  }];
}
