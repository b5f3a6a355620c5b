import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { embeddedStoreOf } from '../../warehouse/operational/fixtures/embedded-store.ts';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { detectedIncidents } from './detected-incidents.ts';
import { startDetection, type Detection } from './detection.ts';
import { detectorList } from './detector-list.ts';
import { tuning, watching, type Unseen } from './detectors/detector.ts';
import { virtualTime, type VirtualTime } from './fixtures/virtual-time.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
let store: OperationalStore;
let time: VirtualTime;
let made = 0;
/** What the detector of a test sees. */
let seen: boolean | Unseen | Error = false;
const settings = z.object({ ...tuning({ everySeconds: 1, holdSeconds: 20, clearSeconds: 60, severity: 2 }), leastAgents: z.number().default(5) });

beforeAll(async () => {
  ({ store } = await embeddedStoreOf('detection'));
});
beforeEach(() => {
  time = virtualTime(Date.parse('2026-03-02T09:00:00Z') + (made += 1) * 24 * 60 * MINUTE);
  seen = false;
});

function detect(name: string): Detection {
  return startDetection({
    detectors: [watching({
      name, type: 'crm-disconnected', titleFr: 'Tous partis', titleEn: 'All gone', settings,
      check: (facts: { firing: boolean }, { leastAgents }) => [{ key: 'douala', firing: facts.firing, evidence: { values: { leastAgents }, textFr: 'Plus personne.', textEn: 'Nobody is left.' }, affects: { sites: ['douala'] } }],
    }, () => (seen instanceof Error ? Promise.reject(seen) : Promise.resolve(typeof seen === 'boolean' ? { firing: seen } : seen)))],
    settings: () => store.incidents.detectors(), incidents: detectedIncidents(store.incidents), nowMs: time.clock.nowMs, logger: pino({ enabled: false }),
  });
}
async function live(detection: Detection, seconds: number, what: typeof seen = seen): Promise<void> {
  seen = what;
  for (let second = 0; second < seconds; second += 5) {
    time.pass(5 * SECOND);
    await detection.tick();
  }
}
const of = async (name: string): Promise<Incident[]> => (await store.incidents.list()).filter(({ detector }) => detector === name).toReversed();
const told = ({ timeline }: Incident): string[] => timeline.map(({ body }) => body.kind);
const remarks = ({ timeline }: Incident): string[] => timeline.flatMap(({ body }) => (body.kind === 'remarked' ? [body.textEn] : []));

describe('detection', () => {
  test('a condition that holds opens one incident with its evidence; gone, it is resolved as of when it went', async () => {
    const detection = detect('one');
    await live(detection, 15, true);
    expect(await of('one')).toEqual([]);
    await live(detection, 300);
    const beganMs = time.clock.nowMs() - 315 * SECOND;
    await live(detection, 120, false);
    const [incident, ...others] = await of('one');
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      state: 'resolved', type: 'crm-disconnected', severity: 2, title: 'Tous partis (douala)', titleEn: 'All gone (douala)', detectedAtMs: beganMs + 25 * SECOND, startedAtMs: beganMs + 5 * SECOND, resolvedAtMs: beganMs + 320 * SECOND, targetMinutes: 30,
      affects: { sites: ['douala'], components: [{ component: 'crm', share: 1 }] }, evidence: [{ cleared: false, evidence: { detector: 'one', values: { key: 'douala', leastAgents: 5 } } }, { cleared: true }],
    });
    await detection.end();
  });

  test('one that flaps makes one incident with few words, however often it is begun anew in between', async () => {
    let detection = detect('flaps');
    for (let flap = 0; flap < 12; flap += 1) {
      await live(detection, 30, true);
      await live(detection, 100, false);
      if (flap % 3 !== 2) continue;
      await detection.end();
      detection = detect('flaps');
    }
    const all = await of('flaps');
    expect(all).toHaveLength(1);
    expect(all.flatMap(told).length).toBeLessThan(20);
    await detection.end();
  });

  test('after the window it is a new incident, also while nobody has closed the old one; that one stays resolved', async () => {
    const detection = detect('again');
    await live(detection, 60, true);
    await live(detection, 100, false);
    time.pass(61 * MINUTE);
    await live(detection, 60, true);
    expect((await of('again')).map(({ state }) => state)).toEqual(['resolved', 'detected']);
    await detection.end();
  });

  test('somebody takes note of it when it is gone already, before that counts: it is resolved as of when it went', async () => {
    const detection = detect('noted');
    await live(detection, 60, true);
    await live(detection, 30, false);
    const [open] = await of('noted');
    const notedMs = time.clock.nowMs();
    for (const kind of ['acknowledged', 'clock-paused'] as const) expect(await store.incidents.append(open?.number ?? 0, [{ id: randomUUID(), atMs: notedMs, by: 'Awa', body: kind === 'acknowledged' ? { kind, note: '' } : { kind, reason: 'attente' } }])).toMatchObject({ ok: true });
    await live(detection, 60, false);
    expect(await of('noted')).toMatchObject([{ state: 'resolved', acknowledgedAtMs: notedMs - 25 * SECOND, resolvedAtMs: notedMs - 25 * SECOND, pauses: [], evidence: [{ cleared: false }, { cleared: true }] }]);
    await detection.end();
  });

  test('what somebody reopens meanwhile ends after that', async () => {
    const detection = detect('reopened');
    await live(detection, 60, true);
    await live(detection, 30, false);
    const [open] = await of('reopened');
    const nowMs = time.clock.nowMs();
    for (const body of [{ kind: 'resolved', note: '' }, { kind: 'reopened', reason: 'encore' }] as const) expect(await store.incidents.append(open?.number ?? 0, [{ id: randomUUID(), atMs: nowMs, by: 'Awa', body }])).toMatchObject({ ok: true });
    await live(detection, 60);
    expect(await of('reopened')).toMatchObject([{ state: 'resolved', resolvedAtMs: nowMs + 1 }]);
    await detection.end();
  });

  test('resolved by hand while it still holds: that is said at once, it goes on after the grace, and insists ever more rarely', async () => {
    let detection = detect('denied');
    await live(detection, 60, true);
    const resolve = async (): Promise<void> => {
      const [incident] = await of('denied');
      expect(await store.incidents.append(incident?.number ?? 0, [{ id: randomUUID(), atMs: time.clock.nowMs(), by: 'Awa', body: { kind: 'resolved', note: '' } }])).toMatchObject({ ok: true });
      detection.incidentsChanged();
    };
    await resolve();
    await live(detection, 5);
    expect((await of('denied')).flatMap(remarks)).toEqual(['Resolved by Awa while the condition still holds: Nobody is left. If it still does in 10 min, the incident goes on.']);
    await live(detection, 300);
    // Another process goes on with it.
    await detection.end();
    detection = detect('denied');
    await live(detection, 290);
    expect(await of('denied')).toMatchObject([{ state: 'resolved', reopenings: [] }]);
    await live(detection, 15);
    expect(await of('denied')).toMatchObject([{ state: 'acknowledged', resolvedAtMs: null, reopenings: [{ reason: 'Plus personne.\nNobody is left.' }], evidence: [{ cleared: false }, { cleared: false }] }]);
    await resolve();
    await live(detection, 19 * 60);
    expect(await of('denied')).toMatchObject([{ state: 'resolved' }]);
    await live(detection, 2 * 60);
    const [incident, ...others] = await of('denied');
    expect([incident?.state, incident?.reopenings.length, others]).toEqual(['acknowledged', 2, []]);
    expect(incident && remarks(incident)).toEqual([expect.stringContaining('in 10 min'), expect.stringContaining('in 20 min')]);
    // It really ends: nothing more is said.
    await resolve();
    await live(detection, 5);
    await live(detection, 3600, false);
    expect(await of('denied')).toMatchObject([{ state: 'resolved', reopenings: [{}, {}] }]);
    await detection.end();
  });

  test('closed by hand while it still holds: another incident follows it, and that one ends with the condition', async () => {
    const detection = detect('follows');
    await live(detection, 60, true);
    const [first] = await of('follows');
    for (const kind of ['resolved', 'closed'] as const) await store.incidents.append(first?.number ?? 0, [{ id: randomUUID(), atMs: time.clock.nowMs(), by: 'Awa', body: { kind, note: '' } }]);
    detection.incidentsChanged();
    const closedMs = time.clock.nowMs();
    await live(detection, 590);
    expect(await of('follows')).toMatchObject([{ state: 'closed' }]);
    await live(detection, 20);
    const [before, after, ...others] = await of('follows');
    expect(others).toEqual([]);
    expect([before, after].map((each) => each && remarks(each))).toEqual([[expect.stringContaining('a new incident opens'), expect.stringContaining('it has a new incident')], [`Follows incident no. ${first?.number}, which was closed by hand while the condition still held.`]]);
    expect([before, after]).toMatchObject([{ state: 'closed' }, { state: 'detected', startedAtMs: closedMs, evidence: [{ evidence: { values: { follows: first?.number, insisted: 1 } } }] }]);
    await live(detection, 300, false);
    expect((await of('follows')).map(({ state }) => state)).toEqual(['closed', 'resolved']);
    await detection.end();
  });

  test('closed by hand while it holds, and then really over: what comes back in the night is another trouble', async () => {
    let detection = detect('night');
    await live(detection, 60, true);
    const [first] = await of('night');
    for (const kind of ['resolved', 'closed'] as const) await store.incidents.append(first?.number ?? 0, [{ id: randomUUID(), atMs: time.clock.nowMs(), by: 'Awa', body: { kind, note: '' } }]);
    detection.incidentsChanged();
    await live(detection, 30);
    await live(detection, 120, false);
    expect(await of('night')).toMatchObject([{ state: 'closed', evidence: [{ cleared: false }, { cleared: true }] }]);
    await detection.end();
    time.pass(9 * 60 * MINUTE);
    detection = detect('night');
    const backMs = time.clock.nowMs();
    await live(detection, 60, true);
    const [, second, ...others] = await of('night');
    expect(others).toEqual([]);
    expect(second).toMatchObject({ state: 'detected', startedAtMs: backMs + 5 * SECOND });
    expect(second && remarks(second)).toEqual([]);
    await detection.end();
  });

  test('one that fails or sees nothing opens nothing and ends nothing, and says so', async () => {
    const detection = detect('fails');
    await live(detection, 15, true);
    await live(detection, 60, new Error('the disk cannot be read'));
    expect(detection.statuses()).toMatchObject([{ state: 'failing', why: { code: 'failed' }, reason: 'the disk cannot be read' }]);
    expect(await detectorList(() => detection.statuses(), store.incidents).list()).toMatchObject([{ state: 'blind', reason: { code: 'failed' }, failure: 'the disk cannot be read', textFr: null, textEn: null, on: true }]);
    // What it saw before does not count as having held.
    await live(detection, 15, true);
    expect(await of('fails')).toEqual([]);
    await live(detection, 30, true);
    await live(detection, 300, { unseen: 'waiting', reason: 'just-started', minutes: 10 });
    expect((await of('fails')).map(({ state }) => state)).toEqual(['detected']);
    expect(await detectorList(() => detection.statuses(), store.incidents).list()).toMatchObject([{ state: 'waiting', reason: { code: 'just-started', minutes: 10 }, failure: null, textFr: null }]);
    await live(detection, 5, { unseen: 'not-configured', reason: 'no-backup-folder' });
    expect(await detectorList(() => detection.statuses(), store.incidents).list()).toMatchObject([{ state: 'unseen', reason: { code: 'no-backup-folder' }, failure: null }]);
    await live(detection, 5, true);
    expect(await detectorList(() => detection.statuses(), store.incidents).list()).toMatchObject([{ state: 'seen', reason: null, failure: null, textFr: 'Plus personne.' }]);
    await detection.end();
  });

  test('two at once open one', async () => {
    const [one, two] = [detect('twice'), detect('twice')];
    seen = true;
    for (let second = 0; second < 60; second += 5) {
      time.pass(5 * SECOND);
      await Promise.all([one.tick(), two.tick()]);
    }
    await Promise.all([one.end(), two.end()]);
    expect(await of('twice')).toHaveLength(1);
  });

  test('what is set holds: another tuning, or off', async () => {
    expect(await store.incidents.putDetector({ detector: 'tuned', on: true, parameters: { holdSeconds: 0, severity: 4 }, version: 0 }, 'Awa')).toMatchObject({ ok: true });
    const detection = detect('tuned');
    await live(detection, 5, true);
    expect(await of('tuned')).toMatchObject([{ severity: 4 }]);
    await store.incidents.putDetector({ detector: 'tuned', on: false, parameters: {}, version: 1 }, 'Awa');
    detection.settingsChanged();
    await live(detection, 200, false);
    expect(await of('tuned')).toMatchObject([{ state: 'detected' }]);
    expect(detection.statuses()).toMatchObject([{ state: 'off' }]);
    const [listed] = await detectorList(() => detection.statuses(), store.incidents).list();
    const { complaint } = detectorList(() => detection.statuses(), store.incidents);
    expect([complaint?.('tuned', { holdSeconds: 5 }), complaint?.('tuned', { holdSeconds: 'a day' })]).toEqual([null, { fr: 'Doit durer avant l’ouverture : un nombre est attendu', en: 'Must hold before an incident opens: a number is expected' }]);
    expect(listed?.parameters.find(({ name }) => name === 'leastAgents')).toEqual({ name: 'leastAgents', labelFr: 'Agents au moins', labelEn: 'Agents at least', unit: '', value: 5, usual: 5 });
    await detection.end();
  });
});
