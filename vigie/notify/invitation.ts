import type { Attachment } from '../../warehouse/operational/notifications/notification.ts';
import type { Mailbox } from './addresses.ts';

export interface Invitation {
  /** The same for all that is said about one event, such as `incident-12-call@vigie`. */
  uid: string;
  /** Raised with every change: what comes with a lower one is old. */
  sequence?: number;
  /** CANCEL takes an earlier invitation back. */
  method?: 'REQUEST' | 'CANCEL';
  startMs: number;
  endMs: number;
  /** When this is written. */
  nowMs: number;
  summary: string;
  description?: string;
  location?: string;
  /** Where the meeting is on the web. */
  url?: string;
  organizer: Mailbox;
  attendees: readonly Mailbox[];
  /** Minutes before the start at which calendars remind; null = they do not. */
  remindMinutes?: number | null;
}

const MOST_OCTETS = 75;

/** An invitation to one event, as RFC 5545 (iCalendar) and 5546 (its methods) have it. Times are UTC: every calendar shows its owner's. */
export function invitation(event: Invitation): Attachment {
  const { method = 'REQUEST' } = event;
  const reminder = event.remindMinutes == null || method === 'CANCEL' ? [] : ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(event.summary)}`, `TRIGGER:-PT${event.remindMinutes}M`, 'END:VALARM'];
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Vigie//Vigie//EN', `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${escaped(event.uid)}`, `SEQUENCE:${event.sequence ?? 0}`, `DTSTAMP:${utc(event.nowMs)}`, `DTSTART:${utc(event.startMs)}`, `DTEND:${utc(event.endMs)}`,
    `SUMMARY:${escaped(event.summary)}`,
    ...(event.description === undefined ? [] : [`DESCRIPTION:${escaped(event.description)}`]),
    ...(event.location === undefined ? [] : [`LOCATION:${escaped(event.location)}`]),
    ...(event.url === undefined ? [] : [`URL:${uri(event.url)}`]),
    `ORGANIZER;CN=${quoted(event.organizer.name)}:${mailto(event.organizer)}`,
    ...event.attendees.map((person) => `ATTENDEE;CN=${quoted(person.name)};CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:${mailto(person)}`),
    `STATUS:${method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`, 'TRANSP:OPAQUE', ...reminder,
    'END:VEVENT', 'END:VCALENDAR',
  ];
  return { name: 'invitation.ics', type: `text/calendar; charset=utf-8; method=${method}`, content: new TextEncoder().encode(lines.map((line) => `${folded(line)}\r\n`).join('')) };
}

function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Of a TEXT value. Other control characters have no place in one. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll(/\r\n|\r|\n/g, '\\n').replaceAll(CONTROLS, '');
}

/** A parameter's value; a quote cannot stand in it. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', "'").replaceAll(/\s+/g, ' ').replaceAll(CONTROLS, '').trim()}"`;
}

function mailto({ address }: Mailbox): string {
  return uri(`mailto:${address}`);
}

/** A URI's value is not escaped; a line's end in it would begin a line of its own. */
function uri(text: string): string {
  return text.replaceAll(/\s/g, '').replaceAll(CONTROLS, '');
}

const CONTROLS = /\p{Cc}(?<![\t\n])/gu;

/** A line has 75 octets at most; the rest goes on in the next ones after a blank. No character is cut. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > MOST_OCTETS) {
      parts.push(part);
      // The blank counts.
      [part, octets] = ['', 1];
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n ');
}
