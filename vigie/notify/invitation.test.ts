import fc from 'fast-check';
import { expect, test } from 'vitest';
import { invitation, type Invitation } from './invitation.ts';

const EVENT: Invitation = {
  uid: 'incident-12-call@vigie', startMs: Date.parse('2026-03-29T00:30:00Z'), endMs: Date.parse('2026-03-29T01:30:00Z'), nowMs: Date.parse('2026-03-28T23:30:00Z'),
  summary: 'Conférence; IT d’OCM, incident n° 12', organizer: { name: 'Vigie', address: 'vigie@example.org' },
  attendees: [{ name: 'Awa "la" Ndiaye', address: 'awa@example.org' }, { name: 'Bob', address: 'bob@example.org' }],
};
const linesOf = (event: Invitation): string[] => textOf(event).split('\r\n');
const textOf = (event: Invitation): string => new TextDecoder('utf-8', { fatal: true }).decode(invitation(event).content);
const unfolded = (event: Invitation): string[] => textOf(event).replaceAll('\r\n ', '').split('\r\n');

test('an invitation as calendars read it: UTC, also in the night in which the clocks change', () => {
  expect(invitation(EVENT)).toMatchObject({ name: 'invitation.ics', type: 'text/calendar; charset=utf-8; method=REQUEST' });
  expect(unfolded({ ...EVENT, description: 'Ordre du jour :\n1. État\\suite', location: 'Salle 3, Douala', url: 'https://vigie.example.org/incidents/12', remindMinutes: 10 })).toEqual([
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Vigie//Vigie//EN', 'METHOD:REQUEST', 'BEGIN:VEVENT',
    'UID:incident-12-call@vigie', 'SEQUENCE:0', 'DTSTAMP:20260328T233000Z', 'DTSTART:20260329T003000Z', 'DTEND:20260329T013000Z',
    'SUMMARY:Conférence\\; IT d’OCM\\, incident n° 12', 'DESCRIPTION:Ordre du jour :\\n1. État\\\\suite', 'LOCATION:Salle 3\\, Douala', 'URL:https://vigie.example.org/incidents/12',
    'ORGANIZER;CN="Vigie":mailto:vigie@example.org',
    `ATTENDEE;CN="Awa 'la' Ndiaye";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:awa@example.org`,
    'ATTENDEE;CN="Bob";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bob@example.org',
    'STATUS:CONFIRMED', 'TRANSP:OPAQUE', 'BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:Conférence\\; IT d’OCM\\, incident n° 12', 'TRIGGER:-PT10M', 'END:VALARM',
    'END:VEVENT', 'END:VCALENDAR', '',
  ]);
});

test('it is taken back with a higher number, and reminds nobody', () => {
  const lines = unfolded({ ...EVENT, method: 'CANCEL', sequence: 3, remindMinutes: 10 });
  expect(lines).toEqual(expect.arrayContaining(['METHOD:CANCEL', 'SEQUENCE:3', 'STATUS:CANCELLED']));
  expect(lines).not.toContain('BEGIN:VALARM');
});

test('whatever is written into it, lines are short, nothing is lost and no line is added', () => {
  const plain = linesOf(EVENT).filter((line) => !line.startsWith(' ')).length;
  const words = fc.array(fc.constantFrom('a', 'é', '’', '👩🏽‍🚒', ';', ',', ':', '\\', '\\n', '\n', ' ', '"', '\r\n', '\u0000'), { maxLength: 120 }).map((parts) => parts.join(''));
  fc.assert(fc.property(words, words, (summary, name) => {
    const event = { ...EVENT, summary, attendees: [{ name, address: 'awa@example.org' }, { name: 'Bob', address: 'bob@example.org' }] };
    expect(Math.max(...linesOf(event).map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(unfolded(event)).toHaveLength(plain);
    const written = unfolded(event).find((line) => line.startsWith('SUMMARY:'))?.slice('SUMMARY:'.length) ?? '';
    const read = written.replaceAll(/\\([\\;,n])/g, (_match, character: string) => (character === 'n' ? '\n' : character));
    expect(read).toBe(summary.replaceAll('\r\n', '\n').replaceAll('\u0000', ''));
  }));
});
