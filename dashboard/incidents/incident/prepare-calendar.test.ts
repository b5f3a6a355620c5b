import { expect, test } from 'vitest';
import { prepareCalendar } from './prepare-calendar.ts';

const conference = { id: 'c1', startsAt: '2026-03-02T10:15:00.000Z', place: 'Pont 1, salle 2; code 3', participants: [{ name: 'Awa' }, { name: 'Étoa' }] };

test('an event in UTC; what means something to iCalendar is escaped', () => {
  const lines = prepareCalendar(conference, 'Incident n° 7', 30, Date.parse('2026-03-02T10:00:00Z')).split('\r\n');
  expect(lines).toEqual(expect.arrayContaining(['UID:conference-c1@vigie', 'DTSTAMP:20260302T100000Z', 'DTSTART:20260302T101500Z', 'DTEND:20260302T104500Z', 'SUMMARY:Incident n° 7', String.raw`LOCATION:Pont 1\, salle 2\; code 3`, String.raw`DESCRIPTION:Awa\, Étoa`]));
  expect(lines.at(-1)).toBe('');
});

test('no line is longer than 75 octets, and unfolded it is the text again', () => {
  const text = prepareCalendar(conference, 'É'.repeat(100), 30, 0);
  for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  expect(text.replaceAll('\r\n ', '')).toContain(`SUMMARY:${'É'.repeat(100)}\r\n`);
});
