import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, expect, test, vi } from 'vitest';
import { openEmbeddedStore } from '../../warehouse/operational/fixtures/embedded-store.ts';
import { smallCentre } from '../../warehouse/operational/fixtures/small-centre.ts';
import { endKillables, startKillable } from '../fixtures/killable.ts';
import { openMailBox } from '../notify/fixtures/mail-box.ts';
import { startSender } from '../notify/sender.ts';
import { startDesk } from './desk.ts';
import { createSteadyClock, machineTime } from './steady-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-desk-'));
const MINUTE = 60_000;
afterAll(() => {
  endKillables();
  rmSync(folder, { recursive: true, force: true });
});

test('killed while it writes a duty, and again before anything is sent: each mail goes once', async () => {
  const place = join(folder, 'store');
  const first = await openEmbeddedStore(place);
  const rules = await first.store.incidents.rules();
  await first.store.incidents.putRules({ ...rules, contacts: [{ id: randomUUID(), name: 'Awa', email: 'awa@site.example', party: 'site', conference: true, crisis: true }] }, 'Awa');
  await first.store.incidents.open({ id: randomUUID(), atMs: Date.now() - 61 * MINUTE, by: 'Awa', body: { kind: 'opened', type: 'power', severity: 1, title: 'Coupure', description: '', startedAt: null, affects: { tenants: [], sites: [], queues: [], components: [] }, targetMinutes: 30, calendar: null, evidence: null } });
  await first.close();

  for (const when of ['before', 'after']) {
    const desk = startKillable(new URL('./fixtures/desk-process.ts', import.meta.url), place, when);
    await desk.line();
    await desk.end('SIGKILL');
  }

  const { store, close } = await openEmbeddedStore(place);
  const box = await openMailBox();
  const desk = startDesk({ incidents: store.incidents, centre: () => smallCentre, clock: createSteadyClock(machineTime), organizer: { name: 'Vigie', address: 'vigie@example.org' }, site: 'https://vigie.example', logger: pino({ enabled: false }) });
  await desk.tick();
  const sender = startSender({ notifications: store.notifications, configuration: { mail: { host: '127.0.0.1', port: box.port, secure: false, login: null, from: { name: 'Vigie', address: 'vigie@example.org' } }, webhooks: [] }, log: () => undefined, lookMs: 20 });
  const due = (await store.notifications.list({ about: { kind: 'incident', id: '1' }, limit: 1000 })).map(({ subject }) => subject.split(' · ')[1] ?? '');
  await vi.waitFor(() => expect(box.received).toHaveLength(due.length), 10_000);
  await desk.tick();
  await sender.end();
  expect(due.toSorted()).toEqual(['Délai cible dépassé', 'Incident non pris en compte', 'Incident non pris en compte', 'Incident ouvert', 'Invitation à la conférence', 'Le délai cible approche', 'Le délai cible approche', 'Vous êtes de la cellule de crise'].toSorted());
  expect(box.received).toHaveLength(due.length);
  expect(box.received.filter(({ raw }) => /^Content-Type: text\/calendar/im.test(raw))).toHaveLength(1);
  const incident = await store.incidents.get(1);
  for (const kind of ['breached', 'conference-called', 'crisis-opened'] as const) expect([kind, incident?.timeline.filter(({ body }) => body.kind === kind).length]).toEqual([kind, 1]);
  await desk.end();
  await box.close();
  await close();
}, 120_000);
