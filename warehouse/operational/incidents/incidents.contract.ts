import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationalStore } from '../store.ts';
import { act, affects, openedAt, person } from './fixtures/events.ts';

const MONDAY = Date.parse('2026-03-02T10:00:00Z');
const MINUTE = 60_000;

/** What the incidents of every operational store must do. */
export function incidentsContract(name: string, open: () => Promise<OperationalStore>): void {
  describe(`incidents on ${name}`, () => {
    let store: OperationalStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    /** A new incident's number. */
    const begin = async (atMs = MONDAY, more: Parameters<typeof store.incidents.open>[1] = {}): Promise<number> => {
      const opened = await store.incidents.open(openedAt(atMs), more);
      if (!opened.ok) throw new Error(opened.reason);
      return opened.incident.number;
    };

    test('an incident is opened, lived and closed; all of it is in its log', async () => {
      const number = await begin();
      const awa = person('Awa');
      expect(await store.incidents.append(number, [act(MONDAY + MINUTE, { kind: 'acknowledged', note: '' }, 'Awa'), act(MONDAY + MINUTE, { kind: 'person-added', person: awa })])).toMatchObject({ ok: true, appended: 2, incident: { state: 'acknowledged', persons: [awa] } });
      await store.incidents.append(number, [act(MONDAY + 20 * MINUTE, { kind: 'resolved', note: 'redémarré' }, 'Awa')]);
      expect(await store.incidents.append(number, [act(MONDAY + 30 * MINUTE, { kind: 'closed', note: '' }, 'Chef')])).toMatchObject({ ok: true, incident: { state: 'closed', open: false } });
      const incident = await store.incidents.get(number);
      expect(incident).toMatchObject({ number, type: 'service-stopped', severity: 1, affects, detectedAtMs: MONDAY, acknowledgedAtMs: MONDAY + MINUTE, resolvedAtMs: MONDAY + 20 * MINUTE, closedAtMs: MONDAY + 30 * MINUTE });
      expect(incident?.timeline.map(({ sequence, by, body }) => [sequence, by, body.kind])).toEqual([[1, 'Essai', 'opened'], [3, 'Essai', 'person-added'], [2, 'Awa', 'acknowledged'], [4, 'Awa', 'resolved'], [5, 'Chef', 'closed']]);
      expect(await store.incidents.verify(number)).toEqual({ ok: true, events: 5 });
      expect(await store.incidents.get(9_999_999)).toBeNull();
      expect(await store.incidents.append(9_999_999, [act(MONDAY, { kind: 'commented', text: 'x' })])).toMatchObject({ ok: false, code: 'unknown-incident' });
    });
  });
}
