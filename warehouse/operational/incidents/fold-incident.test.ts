import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IncidentBody, NewIncidentEvent } from './events.ts';
import { act, affects, openedAt, person } from './fixtures/events.ts';
import { contradictions, logOf } from './fixtures/log.ts';
import { contradictionsOf, foldIncident, isPending } from './fold-incident.ts';
import type { Incident } from './incident.ts';
import { targetClock } from './target-clock.ts';

const MONDAY = Date.parse('2026-03-02T10:00:00Z');
const MINUTE = 60_000;
const after = (minutes: number, body: IncidentBody, by?: string): NewIncidentEvent => act(MONDAY + minutes * MINUTE, body, by);
const fold = (...events: NewIncidentEvent[]): Incident => foldIncident(logOf([openedAt(MONDAY), ...events]));
const wrong = (...events: NewIncidentEvent[]): string[] => contradictions([openedAt(MONDAY), ...events]);
const [acknowledged, mitigated, resolved, closed] = [
  (minutes: number, by?: string) => after(minutes, { kind: 'acknowledged', note: '' }, by), (minutes: number, by?: string) => after(minutes, { kind: 'mitigated', note: '' }, by),
  (minutes: number, by?: string) => after(minutes, { kind: 'resolved', note: '' }, by), (minutes: number, by?: string) => after(minutes, { kind: 'closed', note: '' }, by),
];
const reopened = (minutes: number): NewIncidentEvent => after(minutes, { kind: 'reopened', reason: 'encore' });
const paused = (minutes: number): NewIncidentEvent => after(minutes, { kind: 'clock-paused', reason: 'attente' });
const resumed = (minutes: number): NewIncidentEvent => after(minutes, { kind: 'clock-resumed', note: '' });

describe('the life of an incident', () => {
  test('each state leads to the next, and what skips one says so', () => {
    expect(fold().state).toBe('detected');
    expect(fold(acknowledged(1)).state).toBe('acknowledged');
    expect(fold(acknowledged(1), mitigated(2)).state).toBe('mitigated');
    expect(fold(resolved(3))).toMatchObject({ state: 'resolved', open: true, acknowledgedAtMs: MONDAY + 3 * MINUTE });
    expect(fold(resolved(3), closed(4))).toMatchObject({ state: 'closed', open: false });
    expect(fold(mitigated(2), resolved(3), reopened(5))).toMatchObject({ state: 'mitigated', resolvedAtMs: null, reopenings: [{ resolvedAtMs: MONDAY + 3 * MINUTE, reopenedAtMs: MONDAY + 5 * MINUTE, reason: 'encore' }] });
    expect(fold(resolved(3), closed(4), reopened(5), resolved(9))).toMatchObject({ state: 'resolved', open: true, closedAtMs: null, resolvedAtMs: MONDAY + 9 * MINUTE });
    expect(wrong(acknowledged(1), acknowledged(2), mitigated(3), mitigated(4), resolved(5), resolved(6), mitigated(7), closed(8), closed(9)))
      .toEqual(['acknowledged: already-acknowledged', 'mitigated: already-mitigated', 'resolved: already-resolved', 'mitigated: already-resolved', 'closed: already-closed']);
    expect(wrong(closed(1), reopened(2))).toEqual(['closed: not-resolved', 'reopened: not-resolved']);
    // Forms give minutes: the cell's end and the closing fall together.
    expect(fold(after(1, { kind: 'crisis-opened', members: [] }), resolved(3), closed(4), after(4, { kind: 'crisis-ended', note: '' }))).toMatchObject({ state: 'closed', crisis: { endedAtMs: MONDAY + 4 * MINUTE } });
    expect(wrong(acknowledged(-1))).toEqual(['acknowledged: before-detection']);
    expect(wrong(openedAt(MONDAY + 1))).toEqual(['opened: already-opened']);
    expect(() => foldIncident(logOf([acknowledged(1)]))).toThrow('without its opening');
  });

  test('a contradiction names who did what when', () => {
    const [contradiction] = contradictionsOf(logOf([openedAt(MONDAY), acknowledged(1, 'Awa'), acknowledged(2, 'Bello')]));
    expect(contradiction?.refusal).toEqual({ ok: false, code: 'already-acknowledged', reason: 'it was acknowledged already (Awa, 2026-03-02T10:01:00.000Z)', by: 'Awa', atMs: MONDAY + MINUTE });
  });

  test('the clock is paused and goes on; a resolution ends the pause', () => {
    expect(fold(paused(2), resumed(5), paused(7), resolved(9), reopened(10)).pauses).toEqual([
      { fromMs: MONDAY + 2 * MINUTE, toMs: MONDAY + 5 * MINUTE, reason: 'attente' }, { fromMs: MONDAY + 7 * MINUTE, toMs: MONDAY + 9 * MINUTE, reason: 'attente' },
    ]);
    expect(wrong(resumed(1), paused(2), paused(3), resolved(4), paused(5), resumed(6))).toEqual(['clock-resumed: not-paused', 'clock-paused: already-paused', 'clock-paused: already-resolved', 'clock-resumed: not-paused']);
  });

  test('what was known late takes its place', () => {
    expect(fold(resolved(9), acknowledged(3, 'Awa'))).toMatchObject({ state: 'resolved', acknowledgedAtMs: MONDAY + 3 * MINUTE });
    expect(fold(after(5, { kind: 'changed', severity: 3, startedAt: '2026-03-02T09:00:00.000Z' }), after(2, { kind: 'changed', severity: 2, title: 'Autre' }))).toMatchObject({ severity: 3, title: 'Autre', startedAtMs: MONDAY - 60 * MINUTE, targetMinutes: 15 });
    expect(wrong(after(1, { kind: 'changed', startedAt: '2026-03-02T10:00:00.001Z' }))).toEqual(['changed: started-after-detection']);
  });

  test('what it affected, and since when', () => {
    const others = { ...affects, components: [] };
    expect(fold(after(5, { kind: 'changed', affects: others }), after(3, { kind: 'changed', severity: 2 })).affected).toEqual([{ fromMs: MONDAY, affects }, { fromMs: MONDAY + 5 * MINUTE, affects: others }]);
  });

  test('a breach noted when a condition was over already is none, unless the incident goes on; what a person says later takes nothing back', () => {
    const breached = after(15, { kind: 'breached', targetMinutes: 15 }, 'vigie');
    const noted = MONDAY + 15 * MINUTE;
    const over = fold(breached, resolved(12, 'vigie'));
    expect(over).toMatchObject({ breachNotedAtMs: null, breachWithdrawn: { notedAtMs: noted, endedAtMs: MONDAY + 12 * MINUTE } });
    expect(targetClock(over, null, noted)).toMatchObject({ usedMs: 12 * MINUTE, breachedAtMs: null });
    const stands = (...events: NewIncidentEvent[]): (number | null)[] => [fold(breached, ...events), fold(...events, breached)].map(({ breachNotedAtMs }) => breachNotedAtMs);
    expect(stands(resolved(15, 'vigie'))).toEqual([null, null]);
    expect(stands(resolved(16, 'vigie'))).toEqual([noted, noted]);
    expect(stands(resolved(12, 'Awa'))).toEqual([noted, noted]);
    expect(stands(resolved(12, 'vigie'), reopened(20))).toEqual([noted, noted]);
    expect(stands(resolved(12, 'vigie'), reopened(20), resolved(30, 'vigie'))).toEqual([noted, noted]);
    expect(stands(resolved(5, 'vigie'), reopened(8), resolved(14, 'vigie'), closed(30))).toEqual([null, null]);
  });

  test('comments keep what they said before; files, people and links are those that are left', () => {
    const [awa, comment] = [person('Awa'), after(1, { kind: 'commented', text: 'un' }, 'Awa')];
    const link = { kind: 'call', tenant: 'ocm', callId: '42' } as const;
    const [edited, again] = [after(2, { kind: 'comment-edited', comment: comment.id, text: 'deux' }, 'Bello'), after(3, { kind: 'comment-edited', comment: comment.id, text: 'trois' }, 'Awa')];
    const incident = fold(comment, edited, again, after(1, { kind: 'person-added', person: awa }), after(2, { kind: 'person-removed', person: awa.id }), after(1, { kind: 'linked', link }), after(2, { kind: 'linked', link: { ...link, callId: '43' } }), after(3, { kind: 'unlinked', link }));
    expect(incident.comments).toEqual([{ id: comment.id, atMs: MONDAY + MINUTE, by: 'Awa', text: 'trois', editedAtMs: MONDAY + 3 * MINUTE, editedBy: 'Awa', earlier: [{ atMs: MONDAY + MINUTE, by: 'Awa', text: 'un' }, { atMs: MONDAY + 2 * MINUTE, by: 'Bello', text: 'deux' }] }]);
    expect([incident.persons, incident.formerPersons, incident.links]).toEqual([[], [awa], [{ ...link, callId: '43' }]]);
    expect(wrong(after(1, { kind: 'comment-edited', comment: randomUUID(), text: 'x' }), after(2, { kind: 'person-removed', person: awa.id }), after(3, { kind: 'unlinked', link }))).toEqual(['comment-edited: unknown-comment', 'person-removed: unknown-person', 'unlinked: unknown-link']);
  });

  test('the procedure: a conference, a cell with reports, actions, a long interruption, and the end', () => {
    const [awa, ocm] = [person('Awa'), person('DSI', { party: 'client', signs: true })];
    const [conference, action, document] = [randomUUID(), randomUUID(), randomUUID()];
    const sha256 = 'a'.repeat(64);
    const rex = after(200, { kind: 'rex-written', basedOn: null, impact: 'i', causes: 'c', wentWell: 'w', wentBadly: 'b' }, 'Awa');
    const story: NewIncidentEvent[] = [
      after(60, { kind: 'person-added', person: awa }), after(60, { kind: 'person-added', person: ocm }),
      after(60, { kind: 'conference-called', conference, startsAt: '2026-03-02T11:15:00.000Z', place: '', participants: [awa.id, ocm.id] }), after(60, { kind: 'crisis-opened', members: [awa.id] }),
      after(95, { kind: 'conference-held', conference, minutes: 'dit', participants: [awa.id] }), after(110, { kind: 'report-reminded', hour: 1 }), after(119, { kind: 'crisis-report', hour: 1, text: 'rapport' }),
      after(100, { kind: 'action-added', action, list: 'plan', text: 'Redémarrer', owner: 'Awa', dueAt: '2026-03-02T12:00:00.000Z' }), after(130, { kind: 'action-done', action, note: '' }, 'Awa'),
      after(70, { kind: 'long-interruption-declared', cause: 'fire', note: '' }), after(75, { kind: 'step-done', step: 'people-safe', note: '' }, 'Awa'), after(90, { kind: 'progress-reported', text: 'en cours' }),
      resolved(150), after(160, { kind: 'crisis-ended', note: '' }), rex, after(201, { kind: 'rex-approved' }),
      after(210, { kind: 'report-made', document, sha256, signers: [ocm.id] }),
    ];
    const incident = fold(...story);
    expect(contradictions([openedAt(MONDAY), ...story])).toEqual([]);
    expect(incident).toMatchObject({
      conferences: [{ id: conference, heldAtMs: MONDAY + 95 * MINUTE, participants: [awa.id], minutes: 'dit' }],
      crisis: { openedAtMs: MONDAY + 60 * MINUTE, endedAtMs: MONDAY + 160 * MINUTE, members: [awa.id], reports: [{ hour: 1, text: 'rapport' }], remindedHours: [1] },
      actions: [{ text: 'Redémarrer', doneAtMs: MONDAY + 130 * MINUTE, doneBy: 'Awa' }],
      long: { cause: 'fire', steps: [{ step: 'people-safe', by: 'Awa' }], progress: [{ text: 'en cours' }] },
      rex: { version: rex.id, approvedAtMs: MONDAY + 201 * MINUTE }, document: { id: document, signers: [ocm.id], signatures: [] },
    });
    expect([isPending(incident), isPending(fold(...story, closed(220)))]).toEqual([false, true]);
    const signed = after(230, { kind: 'signed', document, person: ocm.id, sha256, typedName: 'La DSI' });
    expect(isPending(fold(...story, closed(220), signed))).toBe(false);
    expect(wrong(...story, signed, after(231, { kind: 'signed', document, person: ocm.id, sha256, typedName: 'encore' }), after(232, { kind: 'signed', document, person: awa.id, sha256, typedName: 'Awa' }), after(233, { kind: 'signed', document, person: ocm.id, sha256: 'b'.repeat(64), typedName: 'x' }), after(234, { kind: 'signed', document: randomUUID(), person: ocm.id, sha256, typedName: 'x' })))
      .toEqual(['signed: already-signed', 'signed: not-a-signer', 'signed: changed-document', 'signed: changed-document']);
    // A later report takes the place of the first: its signatures are gone.
    expect(fold(...story, signed, after(240, { kind: 'report-made', document: randomUUID(), sha256, signers: [ocm.id] })).document?.signatures).toEqual([]);
    expect(wrong(...story, after(250, { kind: 'rex-written', basedOn: null, impact: '', causes: '', wentWell: '', wentBadly: '' }))).toEqual(['rex-written: changed-meanwhile']);
    expect(wrong(...story, after(151, closed(0).body), after(140, { kind: 'crisis-opened', members: [] }), after(125, { kind: 'crisis-opened', members: [randomUUID()] }))).toEqual(['crisis-opened: crisis-open', 'crisis-opened: crisis-open', 'closed: crisis-open']);
    expect(wrong(after(1, { kind: 'crisis-report', hour: 1, text: 'x' }), after(2, { kind: 'crisis-opened', members: [awa.id] }), after(3, { kind: 'action-done', action, note: '' }), after(4, { kind: 'step-done', step: 'people-safe', note: '' }), after(5, { kind: 'report-made', document, sha256, signers: [] }), after(6, { kind: 'rex-approved' })))
      .toEqual(['crisis-report: no-crisis', 'crisis-opened: unknown-person', 'action-done: unknown-action', 'step-done: no-long-interruption', 'report-made: not-resolved', 'rex-approved: no-rex']);
    // Whose clock is wrong has read the same as the others.
    const next = after(100, { kind: 'rex-written', basedOn: rex.id, impact: 'deux', causes: '', wentWell: '', wentBadly: '' });
    expect([fold(...story, next).rex?.impact, wrong(...story, next)]).toEqual(['deux', []]);
    // After its end another cell may be opened; what the first one did stays.
    expect(fold(...story, after(300, { kind: 'crisis-opened', members: [ocm.id] }))).toMatchObject({ crisis: { endedAtMs: null, members: [ocm.id], reports: [] }, earlierCrises: [{ reports: [{ hour: 1 }] }] });
  });

  test('whatever happened, and in whatever order it became known: the same incident', () => {
    const people = [person('Awa'), person('Bello')];
    const [first = person(''), second = person('')] = people;
    const [action, conference, comment] = [randomUUID(), randomUUID(), randomUUID()];
    const bodies: IncidentBody[] = [
      { kind: 'acknowledged', note: '' }, { kind: 'mitigated', note: '' }, { kind: 'resolved', note: '' }, { kind: 'reopened', reason: 'x' }, { kind: 'closed', note: '' }, { kind: 'clock-paused', reason: 'x' }, { kind: 'clock-resumed', note: '' },
      { kind: 'changed', severity: 2 }, { kind: 'changed', severity: 3, title: 'y' }, { kind: 'commented', text: 'c' }, { kind: 'comment-edited', comment, text: 'd' }, { kind: 'person-added', person: first }, { kind: 'person-added', person: second }, { kind: 'person-removed', person: first.id },
      { kind: 'conference-called', conference, startsAt: '2026-03-02T11:15:00.000Z', place: '', participants: [first.id] }, { kind: 'conference-held', conference, minutes: 'm', participants: [] }, { kind: 'crisis-opened', members: [second.id] }, { kind: 'crisis-report', hour: 1, text: 'r' }, { kind: 'crisis-ended', note: '' },
      { kind: 'action-added', action, list: 'rex', text: 'a', owner: 'o', dueAt: '2026-03-02T12:00:00.000Z' }, { kind: 'action-done', action, note: '' }, { kind: 'action-reopened', action, reason: 'x' }, { kind: 'long-interruption-declared', cause: 'flood', note: '' }, { kind: 'step-done', step: 'power-cut', note: '' }, { kind: 'step-undone', step: 'power-cut', reason: 'x' },
      { kind: 'warned', share: 0.5 }, { kind: 'breached', targetMinutes: 15 },
    ];
    // Few instants, so that much happens in one millisecond.
    const event = fc.record({ atMs: fc.integer({ min: 0, max: 12 }).map((step) => MONDAY + step), body: fc.constantFrom(...bodies), by: fc.constantFrom('Awa', 'Bello', 'vigie').map(String), id: fc.uuid() });
    const story = fc.uniqueArray(event, { selector: ({ id }) => id, minLength: 1, maxLength: 40 }).chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })));
    const bare = (incident: Incident): unknown => ({ ...incident, timeline: incident.timeline.map((each) => ({ ...each, sequence: 0 })) });
    const opening = openedAt(MONDAY);
    fc.assert(fc.property(story, fc.nat(), ([events, shuffled], place) => {
      const other = shuffled.toSpliced(place % (shuffled.length + 1), 0, opening);
      expect(bare(foldIncident(logOf(other)))).toEqual(bare(foldIncident(logOf([opening, ...events]))));
      // Times follow each other, and each contradiction is one of an event that has no effect: without all of them nothing else changes.
      const contradicted = new Set(contradictionsOf(logOf(other)).map(({ event: { id } }) => id));
      const { timeline: _, ...left } = foldIncident(logOf(other.filter(({ id }) => !contradicted.has(id))));
      expect(foldIncident(logOf(other))).toMatchObject(left);
    }), { numRuns: 400 });
  });
});
