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
const settings = z.object({ ...tuning({ holdSeconds: 20, clearSeconds: 60, severity: 2 }), leastAgents: z.number().default(5) });

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
      name, type: 'crm-disconnected', titleFr: 'Tous partis', titleEn: 'All gone', everySeconds: 1, settings,
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

  test('somebody takes note of it when it is gone already, before that counts: it is resolved all the same', async () => {
    const detection = detect('noted');
    await live(detection, 60, true);
    await live(detection, 30, false);
    const [open] = await of('noted');
    const notedMs = time.clock.nowMs();
    for (const kind of ['acknowledged', 'clock-paused'] as const) expect(await store.incidents.append(open?.number ?? 0, [{ id: randomUUID(), atMs: notedMs, by: 'Awa', body: kind === 'acknowledged' ? { kind, note: '' } : { kind, reason: 'attente' } }])).toMatchObject({ ok: true });
    await live(detection, 60, false);
    expect(await of('noted')).toMatchObject([{ state: 'resolved', acknowledgedAtMs: notedMs, resolvedAtMs: notedMs + 1, evidence: [{ cleared: false }, { cleared: true }] }]);
    await detection.end();
  });

  test('one that fails or sees nothing opens nothing and ends nothing, and says so', async () => {
    const detection = detect('fails');
    await live(detection, 15, true);
    await live(detection, 60, new Error('the disk cannot be read'));
    expect(detection.statuses()).toMatchObject([{ state: 'failing', reason: 'the disk cannot be read' }]);
    expect(await detectorList(() => detection.statuses(), store.incidents).list()).toMatchObject([{ state: 'blind', textEn: 'the disk cannot be read', on: true }]);
    // What it saw before does not count as having held.
    await live(detection, 15, true);
    expect(await of('fails')).toEqual([]);
    await live(detection, 30, true);
    await live(detection, 300, { unseen: 'waiting', reason: 'not yet' });
    expect((await of('fails')).map(({ state }) => state)).toEqual(['detected']);
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
    expect([complaint?.('tuned', { holdSeconds: 5 }), complaint?.('tuned', { holdSeconds: 'a day' })]).toEqual([null, expect.stringContaining('holdSeconds')]);
    expect(listed?.parameters.find(({ name }) => name === 'leastAgents')).toEqual({ name: 'leastAgents', labelFr: 'Agents au moins', labelEn: 'Agents at least', unit: '', value: 5, usual: 5 });
    await detection.end();
  });
});
