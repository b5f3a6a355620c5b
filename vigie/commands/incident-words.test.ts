import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { HOSTILE } from '../../api/fixtures/hostile.ts';
import { readFrame } from '../../api/incidents/frame.ts';
import { smallCentre } from '../../warehouse/operational/fixtures/small-centre.ts';
import type { NewIncidentEvent } from '../../warehouse/operational/incidents/events.ts';
import { act, openedAt, person } from '../../warehouse/operational/incidents/fixtures/events.ts';
import { foldIncident } from '../../warehouse/operational/incidents/fold-incident.ts';
import { incidentSettingsSchema } from '../../warehouse/operational/incidents/settings.ts';
import { SHIPPED_TYPES } from '../../warehouse/operational/incidents/shipped-types.ts';
import { byUrgency, incidentInFull, incidentInLines, shownIncident, type ShownIncident } from './incident-words.ts';

const MINUTE = 60_000;
const NOON = Date.parse('2026-03-02T11:00:00Z');
const at = (minutes: number): number => NOON + minutes * MINUTE;
const shipped = { types: () => Promise.resolve([...SHIPPED_TYPES]), settings: () => Promise.resolve(incidentSettingsSchema.parse({})) };
const frame = await readFrame(shipped, { configuration: () => smallCentre });

function shown(number: number, nowMs: number, ...events: NewIncidentEvent[]): ShownIncident {
  return shownIncident(foldIncident(events.map((event, index) => ({ ...event, incident: number, sequence: index + 1, recordedAtMs: event.atMs }))), frame, nowMs);
}
const lines = (one: ShownIncident, nowMs: number, language: 'fr' | 'en' = 'fr'): string => incidentInLines(one, { language, zone: 'Africa/Douala', frame, nowMs });

test('how much time is left, or by how much it has passed, and what else presses', () => {
  const opened = openedAt(NOON, { targetMinutes: 90 });
  const calm = shown(1, at(20), opened, act(at(5), { kind: 'acknowledged', note: '' }, 'Awa'));
  expect(lines(calm, at(20))).toBe('   1  Critique  Arrêt d’un service (SQL, Onnet32 Slave)  reste 1 h 10 min (jusqu’à 02/03/2026 13:30:00)  détecté 02/03/2026 12:00:00  pris en compte par Awa\n      SQL arrêté\n      conférence avec la DSI du client à 02/03/2026 13:00:00');
  const paused = shown(1, at(20), opened, act(at(10), { kind: 'clock-paused', reason: 'ENEO' }));
  expect(lines(paused, at(20), 'en')).toContain('left 1 h 20 min, paused  detected');
  const late = shown(1, at(100), opened, act(at(60), { kind: 'conference-called', conference: randomUUID(), startsAt: new Date(at(70)).toISOString(), place: 'salle 2', participants: [] }), act(at(60), { kind: 'crisis-opened', members: [] }));
  expect(lines(late, at(100))).toMatch(/▲ délai dépassé de 10 min {2}détecté .* {2}▲ personne ne l’a pris en compte\n.*\n {6}conférence convoquée pour 02\/03\/2026 13:10:00, salle 2\n {6}▲ cellule de crise ouverte depuis 02\/03\/2026 13:00:00$/);
  expect(lines(shown(1, at(200), opened, act(at(30), { kind: 'resolved', note: '' }), act(at(40), { kind: 'closed', note: '' })), at(200))).toContain('clos dans le délai');
});

test('the gravest comes first, then the one that is due first', () => {
  const of = (number: number, severity: 1 | 2, targetMinutes: number): ShownIncident => shown(number, at(1), openedAt(NOON, { severity, targetMinutes }));
  const paused = shown(4, at(1), openedAt(NOON, { severity: 1 }), act(at(0.5), { kind: 'clock-paused', reason: 'x' }));
  expect([of(1, 2, 5), paused, of(2, 1, 60), of(3, 1, 15)].toSorted(byUrgency).map(({ incident }) => incident.number)).toEqual([3, 2, 4, 1]);
});

test('what others wrote moves no cursor and turns no letters around; the log is told late entries included', () => {
  const bad = HOSTILE.filter((text) => text.trim() !== '' && !text.includes('\0')).map((text) => `${text.slice(0, 100)}\u001B[2J\u0007`);
  const events = [openedAt(NOON, { title: 'a\u001B]0;owned\u0007\u202Eb', description: 'un\ndeux\u001B[1A' }), ...bad.map((text, index) => act(at(1 + index), { kind: 'commented', text }, 'Awa\u001B[31m')), act(at(0.5), { kind: 'person-added', person: person('\u009Bx') })];
  const one = shown(7, at(30), ...events);
  one.incident.timeline = one.incident.timeline.map((event) => ({ ...event, recordedAtMs: event.atMs + 5 * MINUTE }));
  const told = `${lines(one, at(30))}\n${incidentInFull(one, { language: 'fr', zone: 'Africa/Douala', frame, nowMs: at(30) })}`;
  expect(told).not.toMatch(/(?!\n)\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u);
  expect(told).toContain('description : un\n        deux');
  expect(told).toContain('(saisi 02/03/2026 12:06:00)');
});
