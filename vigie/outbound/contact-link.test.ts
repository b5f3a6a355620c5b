import { MessageChannel } from 'node:worker_threads';
import { expect, test, vi } from 'vitest';
import { centreConfigurationSchema } from '../../telephony/configuration.ts';
import type { Attempt, Contact, ContactBatch } from '../../telephony/contacts.ts';
import { Random } from '../../telephony/random.ts';
import { loadFile, numberOf } from '../../warehouse/operational/contacts/fixtures/load-file.ts';
import { embeddedStoreOf } from '../../warehouse/operational/fixtures/embedded-store.ts';
import { smallCentre } from '../../warehouse/operational/fixtures/small-centre.ts';
import { linkContacts, serveContacts, type LinkedContacts } from './contact-link.ts';
import { createContactPort } from './contact-port.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const MINUTE_MS = 60_000;
const centre = centreConfigurationSchema.parse({ ...smallCentre, campaigns: ['1', '2', '3'].map((did) => (
  { did, name: did, tenant: 'ocm', site: 'douala', direction: 'outbound', queue: 101, outbound: { mode: 'predictive', callerNumber: '+237233000000', calendar: null, recycling: { busy: { afterSeconds: 600, most: 2 } } } })) });
const { store } = await embeddedStoreOf('contact-link');

/** A line to the store that breaks: before what is asked is done, or when it is done and nobody hears of it. */
type Breaks = (method: string) => 'no' | 'before' | 'after';

function open(breaks: Breaks, nowMs = (): number => NOW): { core: LinkedContacts; said: unknown[]; end: () => Promise<void> } {
  const contacts = new Proxy(store.contacts, { get(target, name) {
    const value: unknown = Reflect.get(target, name);
    if (typeof value !== 'function') return value;
    return async (...args: unknown[]) => {
      const broken = breaks(String(name));
      if (broken === 'before') throw new Error('the line is broken');
      const answer: unknown = await value.apply(target, args);
      if (broken === 'after') throw new Error('the line broke');
      return answer;
    };
  } });
  const said: unknown[] = [];
  const bound = createContactPort({
    store: { contacts, callFiles: store.callFiles }, configuration: () => centre, dialer: 'core', now: nowMs, retryMs: 1, upkeepMs: 20,
    onError: (error) => void said.push(error), onAway: () => void said.push('away'), onBack: () => void said.push('back'),
  });
  const { port1, port2 } = new MessageChannel();
  const stop = serveContacts(port1, bound);
  return { core: linkContacts(port2), said, end: async () => {
    await bound.close();
    stop();
  } };
}

function take(core: LinkedContacts, campaign: string, most: number, atMs = NOW): Promise<ContactBatch | null> {
  return new Promise((resolve) => core.take({ campaign, tenant: 'ocm', atMs, most, agents: [] }, resolve));
}

/** Asks until the store answers. */
async function taken(core: LinkedContacts, campaign: string, most: number, atMs = NOW): Promise<readonly Contact[]> {
  return vi.waitFor(async () => {
    const batch = await take(core, campaign, most, atMs);
    if (batch === null) throw new Error('the store is away');
    return batch.contacts;
  }, { timeout: 20_000, interval: 5 });
}

function attempt(campaign: string, contact: Contact, said: Partial<Attempt>): Attempt {
  return { campaign, tenant: 'ocm', contact, callId: `${campaign}-${contact.id}-${contact.attempts}`, startedMs: NOW, endedMs: NOW + 1000, result: 'passed', agent: 1001, status: null, callBack: null, ...said };
}

test('whatever breaks and when, all that the core says is kept once and in its order', async () => {
  const random = new Random(7);
  await loadFile(store, '1', Array.from({ length: 40 }, (_, i) => ({ number: numberOf(i) })));
  let broken = 0;
  const { core, said, end } = open((method) => {
    if (!['interrupt', 'take', 'report', 'giveBack', 'skip'].includes(method) || !random.chance(0.3)) return 'no';
    broken += 1;
    // A take that nobody heard of is another test's.
    return method === 'take' || random.chance(0.5) ? 'before' : 'after';
  });
  core.begin(NOW);
  const expected = { new: 0, done: 0, 'follow-up': 0 };
  let left = 40;
  const seen = new Set<number>();
  while (left > 0) {
    const contacts = await taken(core, '1', 7);
    for (const contact of contacts) {
      expect(seen.has(contact.id), `contact ${contact.id} was given twice`).toBe(false);
      const fate = random.weighted([3, 3, 1, 1]);
      // First one word, then another: only the last one holds.
      if (fate === 0) for (const result of ['busy', 'no-answer'] as const) core.report(attempt('1', contact, { result }));
      else if (fate === 1) for (const status of [null, { group: 1, num: 1, detail: 0 }]) core.report(attempt('1', contact, { status }));
      else if (fate === 2) core.skip('1', contact, 1001, NOW);
      else core.giveBack('1', [contact]);
      if (fate === 3) continue;
      seen.add(contact.id);
      left -= 1;
      expected[fate === 0 ? 'follow-up' : fate === 1 ? 'done' : 'new'] += 1;
    }
  }
  await core.settle();
  const [file] = await store.callFiles.list({ campaign: '1' });
  expect(file?.states).toMatchObject({ ...expected, 'in-progress': 0 });
  expect([file?.attempted, file?.reached]).toEqual([expected.done + expected['follow-up'], expected.done]);
  // Each talk is one answer, and nothing more is to be known of any.
  expect(Object.values(await core.answersSince(0)).flatMap((buckets) => buckets.filter((_, i) => i % 3 === 1)).reduce((sum, count) => sum + count, 0)).toBe(expected.done);
  expect(await core.unsettled(0)).toEqual([]);
  expect(broken).toBeGreaterThan(10);
  expect(said.filter((word) => typeof word !== 'string')).toEqual([]);
  expect(said.slice(0, 4)).toEqual(['away', 'back', 'away', 'back']);
  await end();
});

test('what was taken and never heard of comes back when its lease is over; what the core has stays its own, also when nothing could be renewed', async () => {
  await loadFile(store, '2', [1001, 1002, 1003].map((last) => ({ number: numberOf(last) })));
  let [lost, away, nowMs] = [false, false, NOW];
  const { core, said, end } = open((method) => (away ? 'before' : lost && method === 'take' ? 'after' : 'no'), () => nowMs);
  const [mine] = await taken(core, '2', 1);
  lost = true;
  expect(await take(core, '2', 1)).toBeNull();
  lost = false;
  // Its renewals do not keep what nobody has.
  await vi.waitFor(() => expect(said).toEqual(['away', 'back']), { timeout: 20_000 });
  expect((await taken(core, '2', 9)).length).toBe(1);
  expect((await store.callFiles.list({ campaign: '2' }))[0]?.states).toMatchObject({ 'in-progress': 3 });
  // Ten minutes without the store, longer than a lease; the first contact still talks.
  away = true;
  nowMs = NOW + 10 * MINUTE_MS;
  await vi.waitFor(() => expect(said).toEqual(['away', 'back', 'away']), { timeout: 20_000 });
  away = false;
  expect(await taken(core, '2', 9, nowMs)).toEqual([]);
  expect((await store.callFiles.list({ campaign: '2' }))[0]?.states).toMatchObject({ 'in-progress': 2, 'follow-up': 1 });
  if (!mine) throw new Error('no contact was given');
  core.report(attempt('2', mine, {}));
  await core.settle();
  expect((await store.callFiles.list({ campaign: '2' }))[0]?.states).toMatchObject({ done: 1, 'in-progress': 1 });
  await end();
});

test('the core hears of numbers that are withdrawn while it has them, until it listens no more', async () => {
  const [listed, free] = [numberOf(2001), numberOf(2002)];
  await loadFile(store, '3', [{ number: listed }, { number: free }]);
  const { core, end } = open(() => 'no');
  const heard: (readonly string[])[] = [];
  const stop = core.onWithdrawn((numbers) => void heard.push(numbers));
  expect(await taken(core, '3', 9)).toHaveLength(2);
  await store.contacts.forbid('ocm', [listed, numberOf(2003)], 'bloctel.csv');
  await vi.waitFor(() => expect(heard[0]).toEqual([listed]), { timeout: 20_000 });
  stop();
  await end();
  // A port whose other side has gone answers nothing any more, and nobody waits for it in vain.
  core.report(attempt('3', { id: 0, number: free, zone: '', agent: 0, attempts: 0, fields: {} }, {}));
});
