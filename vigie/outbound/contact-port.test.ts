import { expect, test } from 'vitest';
import { centreConfigurationSchema } from '../../telephony/configuration.ts';
import type { Attempt, Contact, ContactBatch } from '../../telephony/contacts.ts';
import { loadFile } from '../../warehouse/operational/contacts/fixtures/load-file.ts';
import { embeddedStoreOf } from '../../warehouse/operational/fixtures/embedded-store.ts';
import { smallCentre } from '../../warehouse/operational/fixtures/small-centre.ts';
import { createContactPort, type BoundContacts } from './contact-port.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const centre = centreConfigurationSchema.parse({ ...smallCentre, campaigns: [
  { did: '9000', name: 'Fidélisation', tenant: 'ocm', site: 'douala', direction: 'outbound', queue: 101, outbound: { mode: 'predictive', callerNumber: '+237233000000', calendar: 'jours-ouvres' } },
  { did: '9001', name: 'Sans calendrier', tenant: 'ocm', site: 'douala', direction: 'outbound', queue: 101, outbound: { mode: 'predictive', callerNumber: '+237233000000', calendar: 'nulle-part' } },
] });
const { store } = await embeddedStoreOf('contact-port');

test('the core takes, gives back, reports and begins again; what it says is kept, also when the store was away', async () => {
  const numbers = [1, 2, 3].map((last) => `+23765000000${last}`);
  const places = { 'Africa/Douala': ['Africa/Douala'] };
  for (const campaign of ['9000', '9001']) await loadFile(store, campaign, numbers.map((number) => ({ number, zone: 'Africa/Douala', name: 'Awa' })), places);
  const said: unknown[] = [];
  let broken = 0;
  // The store as it is, but for the first reports: it is away then.
  const contacts = new Proxy(store.contacts, { get(target, name) {
    if (name === 'report' && broken-- > 0) return () => Promise.reject(new Error('away'));
    const value: unknown = Reflect.get(target, name);
    return typeof value === 'function' ? value.bind(target) : value;
  } });
  const open = (): BoundContacts => createContactPort({ store: { contacts, callFiles: store.callFiles }, configuration: () => centre, dialer: 'core', now: () => NOW, onError: (error) => void said.push(error), onAway: () => void said.push('away'), onBack: () => void said.push('back'), retryMs: 5 });
  const take = (port: BoundContacts, campaign: string, most: number, atMs = NOW): Promise<ContactBatch | null> => new Promise((resolve) => port.take({ campaign, tenant: 'ocm', atMs, most, agents: [1001] }, resolve));
  const attempt = (contact: Contact, said: Partial<Attempt> = {}): Attempt => ({ campaign: '9000', tenant: 'ocm', contact, callId: `call-${contact.id}`, startedMs: NOW, endedMs: NOW + 1000, result: 'passed', agent: 1001, status: null, callBack: null, ...said });

  const port = open();
  port.begin(NOW);
  const batch = await take(port, '9000', 2);
  expect(batch).toMatchObject({ left: 1, nextAtMs: null, contacts: [{ number: numbers[0], zone: 'Africa/Douala', agent: 0, attempts: 0, fields: { name: 'Awa' } }, { number: numbers[1] }] });
  const [first, second] = batch?.contacts ?? [];
  if (!first || !second) throw new Error('no contacts were given');
  broken = 2;
  port.report(attempt(first, { result: 'busy' }));
  port.giveBack('9000', [second]);
  await port.settle();
  expect(said).toEqual(['away', 'back']);
  expect((await store.callFiles.list({ campaign: '9000' }))[0]?.states).toMatchObject({ new: 2, 'follow-up': 1, 'in-progress': 0 });
  // What the store refuses for ever is told, and keeps nothing else.
  port.report(attempt(first, { result: 'busy', status: { group: 1, num: 1e12, detail: 0 } }));
  const laterMs = NOW + 1_000_000;
  const again = (await take(port, '9000', 9, laterMs))?.contacts ?? [];
  expect([said.length, again.find(({ id }) => id === first.id)]).toEqual([3, { ...first, attempts: 1 }]);
  // Somebody qualifies the first call while the next attempt is under way: the contact is still known as taken.
  port.report(attempt(first, { result: 'busy', status: { group: 1, num: 2, detail: 0 } }));
  port.giveBack('9000', again);
  await port.settle();
  expect((await store.callFiles.list({ campaign: '9000' }))[0]?.states).toMatchObject({ new: 2, 'follow-up': 1, 'in-progress': 0 });
  // A calendar that is not there allows nothing.
  expect(await take(port, '9001', 2)).toEqual({ contacts: [], left: 0, nextAtMs: null });
  expect((await take(port, '9000', 9))?.contacts).toHaveLength(2);
  const type = (number: string): Promise<Contact | string | null> => new Promise((resolve) => port.takeNumber({ campaign: '9000', tenant: 'ocm', number, agent: 1001, atMs: NOW }, resolve));
  // Douala is at work, Los Angeles sleeps.
  const typed = await type('+237699999999');
  expect([typed, await type('+237699999999'), await type('+12135550123'), await type('+23')]).toEqual([expect.objectContaining({ id: 0, number: '+237699999999', zone: 'Africa/Douala' }), 'busy', 'not-now', 'unknown']);
  if (typed === null || typeof typed === 'string') throw new Error('the number was not given');
  port.giveBack('9000', [typed]);
  expect(await port.answersSince(0)).toEqual({});
  port.report(attempt({ ...first, id: batch?.contacts[1]?.id ?? 0, attempts: 0 }, { callId: 'nuisance', result: 'nuisance', agent: 0 }));
  await port.settle();
  expect([await port.answersSince(0), await port.answersSince(NOW + 1)]).toEqual([{ 9000: [NOW / 60_000, 1, 1] }, {}]);
  // It dies with two in its hands: the next one, of the same name, begins with that.
  await port.close();
  const next = open();
  next.begin(NOW);
  expect((await take(next, '9000', 9))?.contacts).toEqual([]);
  expect((await store.callFiles.list({ campaign: '9000' }))[0]?.states).toMatchObject({ 'follow-up': 3, 'in-progress': 0 });
  await next.close();
});
