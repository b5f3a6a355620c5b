import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { incidentBodySchema, type IncidentEvent } from '../../warehouse/operational/incidents/events.ts';
import { foldIncident } from '../../warehouse/operational/incidents/fold-incident.ts';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import { targetClock } from '../../warehouse/operational/incidents/target-clock.ts';
import { smallCentre } from '../../warehouse/operational/fixtures/small-centre.ts';
import { possibleActs, INCIDENT_ACTS, type IncidentAct } from './acts/possible.ts';
import { contradictionsOf } from '../../warehouse/operational/incidents/fold-incident.ts';
import { placesOf, tenantsTouched } from '../../warehouse/incidents/concerned.ts';
import { incidentInSight } from './sight.ts';
import { whatTheClientMaySee } from './what-the-client-may-see.ts';

const START = Date.parse('2026-03-02T08:00:00Z');
const PERSON = randomUUID();
const SECRET = 'confidentiel';
const [queue] = smallCentre.queues;
if (!queue) throw new Error('the small centre has no queues');
/** Besides the centre's own: a site where a single client works, and a queue that was a client's until the end of 2025. */
const directory = placesOf({
  ...smallCentre, teams: [...smallCentre.teams, { id: 'lille', name: 'Lille', site: 'lille', tenant: 'sereno' }],
  queues: [...smallCentre.queues, { ...queue, number: 301, tenant: 'sereno', validTo: '2026-01-01T00:00:00.000Z' }],
});

let clockMs = START;
function event(body: object): IncidentEvent {
  clockMs += 60_000;
  return { id: randomUUID(), incident: 1, sequence: 1, atMs: clockMs, recordedAtMs: clockMs, by: SECRET, body: incidentBodySchema.parse(body) };
}

const opened = (affects: object): IncidentEvent => event({ kind: 'opened', type: 'power', severity: 1, title: 'Coupure', description: SECRET, affects, targetMinutes: 5, evidence: { detector: SECRET, values: { a: SECRET }, textFr: SECRET, textEn: SECRET } });
const everything = (): IncidentEvent[] => [
  event({ kind: 'person-added', person: { id: PERSON, name: SECRET, email: 'secret@site.example', party: 'site', role: SECRET, signs: true } }),
  event({ kind: 'acknowledged', note: SECRET }), event({ kind: 'commented', text: SECRET }), event({ kind: 'clock-paused', reason: SECRET }), event({ kind: 'clock-resumed', note: SECRET }),
  event({ kind: 'attached', attachment: randomUUID(), name: SECRET, mediaType: 'image/png', bytes: 1, sha256: 'a'.repeat(64) }), event({ kind: 'linked', link: { kind: 'call', tenant: 'ocm', callId: SECRET } }),
  event({ kind: 'conference-called', conference: PERSON, startsAt: '2026-03-02T09:00:00Z', place: SECRET, participants: [PERSON] }), event({ kind: 'conference-held', conference: PERSON, minutes: SECRET, participants: [PERSON] }),
  event({ kind: 'crisis-opened', members: [PERSON] }), event({ kind: 'crisis-report', hour: 1, text: SECRET }), event({ kind: 'action-added', action: PERSON, list: 'plan', text: SECRET, owner: SECRET, dueAt: '2026-03-03T09:00:00Z' }), event({ kind: 'crisis-ended', note: SECRET }),
  event({ kind: 'long-interruption-declared', cause: 'fire', note: SECRET }), event({ kind: 'step-done', step: 'people-safe', note: SECRET }), event({ kind: 'progress-reported', text: 'Courant rétabli à 80 %' }),
  event({ kind: 'told', rule: 'opened', moment: 'opened', level: 1, recipients: [SECRET] }), event({ kind: 'resolved', note: SECRET }), event({ kind: 'rex-written', basedOn: null, causes: SECRET }),
  event({ kind: 'report-made', document: PERSON, sha256: 'b'.repeat(64), signers: [PERSON] }), event({ kind: 'signed', document: PERSON, person: PERSON, sha256: 'b'.repeat(64), typedName: SECRET }), event({ kind: 'closed', note: SECRET }),
];
const seen = (incident: Incident, tenant: string) => whatTheClientMaySee(incident, targetClock(incident, null, clockMs), tenant, directory);

describe('what a client may see', () => {
  test('is what stands still and since when, never who said what', () => {
    const incident = foldIncident([opened({ tenants: ['ocm', 'sereno'], queues: ['101'], components: [{ component: 'power' }] }), ...everything()]);
    expect(incident.state).toBe('closed');
    const told = seen(incident, 'ocm');
    expect(told).toMatchObject({ number: 1, state: 'closed', title: 'Coupure', components: [{ component: 'power', share: 1 }], longInterruption: true, progress: [{ text: 'Courant rétabli à 80 %' }], report: { signed: 1, signers: 1 }, clock: { state: 'stopped' }, conference: { heldAtMs: expect.any(Number) } });
    const text = JSON.stringify(told);
    for (const hidden of [SECRET, PERSON, 'secret@site.example', 'sereno', 'people-safe']) expect(text).not.toContain(hidden);
  });

  test('is only what touches the client: by name, by its queues, by where its calls are taken, or because everything stands still', () => {
    const of = (affects: object): (boolean | string[])[] => {
      const incident = foldIncident([opened(affects)]);
      return ['ocm', 'sereno'].map((tenant) => seen(incident, tenant) !== null);
    };
    expect([of({ tenants: ['ocm'] }), of({}), of({ sites: ['douala'] })]).toEqual([[true, false], [true, true], [true, true]]);
    expect([of({ sites: ['lille'] }), of({ sites: ['lille', 'douala'] }), of({ sites: ['lille'], tenants: ['ocm'] }), of({ sites: ['lille', 'unknown'] })]).toEqual([[false, true], [true, true], [true, false], [true, true]]);
    const [mine, theirs] = ['101', '301'];
    // A queue that has ended is still its client's.
    expect([of({ queues: [mine] }), of({ queues: [theirs] })]).toEqual([[true, false], [false, true]]);
    const both = foldIncident([opened({ tenants: ['ocm', 'sereno'], queues: [mine, theirs, 'abc'] })]);
    expect(seen(both, 'ocm')?.queues).toEqual([mine]);
    expect(tenantsTouched({ tenants: [], sites: [], queues: ['abc', '__proto__'], components: [] }, START, directory)).toBe('all');
  });

  test('and who sees a part of the centre sees what touches it', () => {
    const scope = { tenants: ['ocm'], sites: ['lille'], queues: 'all', teams: 'all' } as const;
    const sees = (affects: object): boolean => incidentInSight(foldIncident([opened(affects)]), { ...scope, tenants: [...scope.tenants], sites: [...scope.sites] }, directory);
    expect([sees({}), sees({ tenants: ['ocm'] }), sees({ tenants: ['sereno'] }), sees({ sites: ['douala'] }), sees({ tenants: ['sereno', 'ocm'], sites: ['lille'] })]).toEqual([true, true, false, false, true]);
    expect(incidentInSight(foldIncident([opened({})]), { tenants: [], sites: 'all', queues: 'all', teams: 'all' }, directory)).toBe(false);
  });
});

test('what a page offers is what the log takes', () => {
  const bodies: Record<IncidentAct, object> = {
    acknowledge: { kind: 'acknowledged' }, mitigate: { kind: 'mitigated' }, resolve: { kind: 'resolved' }, reopen: { kind: 'reopened', reason: 'x' }, close: { kind: 'closed' }, 'pause-clock': { kind: 'clock-paused', reason: 'x' }, 'resume-clock': { kind: 'clock-resumed' },
    'open-crisis': { kind: 'crisis-opened', members: [] }, 'write-crisis-report': { kind: 'crisis-report', hour: 9, text: 'x' }, 'end-crisis': { kind: 'crisis-ended' }, 'declare-long-interruption': { kind: 'long-interruption-declared', cause: 'fire' }, 'report-progress': { kind: 'progress-reported', text: 'x' }, 'approve-rex': { kind: 'rex-approved' },
  };
  const log = [opened({})];
  for (const next of [null, ...everything(), event({ kind: 'reopened', reason: 'x' }), event({ kind: 'clock-paused', reason: 'x' }), event({ kind: 'rex-approved' })]) {
    if (next) log.push({ ...next, atMs: (clockMs += 60_000) });
    const incident = foldIncident(log);
    const taken = INCIDENT_ACTS.filter((act) => {
      const tried = event(bodies[act]);
      return !contradictionsOf([...log, tried]).some((contradiction) => contradiction.event === tried);
    });
    // The log would also open a crisis cell after the service is back: no page offers that.
    expect([next?.body.kind, possibleActs(incident)]).toEqual([next?.body.kind, taken.filter((act) => act !== 'open-crisis' || incident.state !== 'resolved')]);
  }
});
