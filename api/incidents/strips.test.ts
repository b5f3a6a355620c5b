import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { listen } from '../fixtures/serve.ts';
import { MINUTE, MONDAY, serveIncidents, type ServedIncidents } from './fixtures/served.ts';

let given: ServedIncidents;
beforeAll(async () => { given = await serveIncidents(); });
afterAll(() => given.close());

const STRIP = 'incidentStrip { at incidents { number title severity state typeFr clock { state leftMs dueAt breachedAt } crisis overdueReports conferenceDueAt } }';

test('whoever watches is told of what is open when it changes, from one reading and one answer for all', async () => {
  const reads = vi.spyOn(given.store.incidents, 'list');
  const [one, two] = await Promise.all([listen(given.served.url, `subscription { ${STRIP} }`), listen(given.served.url, `subscription { ${STRIP} }`)]);
  expect(await one.data()).toMatchObject({ data: { incidentStrip: { incidents: [] } } });
  expect(await two.data()).toMatchObject({ data: { incidentStrip: { incidents: [] } } });
  const before = reads.mock.calls.length;
  const number = await given.open('severity: MAJOR');
  const [first, second] = await Promise.all([one.next(), two.next()]);
  expect(first).toBe(second);
  expect(JSON.parse(/data: (.*)/.exec(first)?.[1] ?? '')).toMatchObject({ data: { incidentStrip: { at: '2026-03-02T08:00:00.000Z', incidents: [{
    number, title: 'SQL ne répond plus', severity: 'MAJOR', state: 'DETECTED', typeFr: 'Arrêt d’un service (SQL, Onnet32 Slave)', crisis: false, overdueReports: 0, conferenceDueAt: '2026-03-02T09:00:00.000Z',
    clock: { state: 'RUNNING', leftMs: null, dueAt: '2026-03-02T08:15:00.000Z', breachedAt: null },
  }] } } });
  expect(reads.mock.calls.length - before).toBe(1);
  // A clock that reaches its target is told too, though nobody has written anything.
  given.clock.ms = MONDAY + 16 * MINUTE;
  expect(await one.data()).toMatchObject({ data: { incidentStrip: { incidents: [{ clock: { breachedAt: '2026-03-02T08:15:00.000Z' } }] } } });
  const grave = await given.open();
  expect(await one.data()).toMatchObject({ data: { incidentStrip: { incidents: [{ number: grave }, { number }] } } });
  expect(await given.ask(`{ ${STRIP} }`)).toMatchObject({ incidentStrip: { incidents: [{ number: grave, severity: 'CRITICAL' }, { number }] } });
  // A live board has the same without a connection of its own.
  const board = await listen(given.served.url, 'subscription { live { incidents { number title clock { dueAt } } } }');
  expect(await board.data()).toMatchObject({ data: { live: { incidents: [{ number: grave }, { number, title: 'SQL ne répond plus' }] } } });
  for (const listener of [one, two, board]) listener.leave();
  reads.mockRestore();
});
