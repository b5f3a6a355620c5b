import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPostgres, startPostgres, type RealPostgres } from '../fixtures/real-postgres.ts';
import { smallCentre } from '../fixtures/small-centre.ts';
import { openStore, type OperationalStore } from '../store.ts';
import { contactsContract } from './contacts.contract.ts';
import { loadFile, numberOf } from './fixtures/load-file.ts';
import { FRENCH_RULES, RESULTS } from './rules.ts';

const MONDAY = Date.parse('2026-03-02T10:00:00Z');
const MINUTE = 60_000;
const DAY = 86_400_000;

describe.skipIf(!hasPostgres('several dialers'))('a PostgreSQL server', () => {
  let server: RealPostgres;
  const urls = { contract: '', dialers: '', property: '' };
  beforeAll(async () => {
    server = await startPostgres();
    for (const name of ['contract', 'dialers', 'property'] as const) urls[name] = await server.database(name);
  });
  afterAll(() => server.stop());

  contactsContract('a PostgreSQL server', () => openStore({ connection: { connectionString: urls.contract }, maxConnections: 4 }));

  test('many dialers on several connections: every contact goes to one of them, once', async () => {
    const store = await openStore({ connection: { connectionString: urls.dialers }, maxConnections: 8 });
    await store.seed(smallCentre);
    const numbers = Array.from({ length: 400 }, (_, index) => numberOf(index));
    // The same numbers in two campaigns: while one dials a number, the other does not.
    for (const campaign of ['A', 'B']) await loadFile(store, campaign, numbers.map((number, index) => ({ number, priority: index % 3 })));
    const given: { campaign: string; id: number; number: string }[] = [];
    await Promise.all(Array.from({ length: 8 }, async (_, index) => {
      const campaign = index % 2 === 0 ? 'A' : 'B';
      for (;;) {
        const taken = await store.contacts.take({ campaign, dialer: `d${index}`, atMs: MONDAY, most: 1 + (index % 5) * 4, leaseMs: 60_000, agents: [], rules: FRENCH_RULES });
        if (taken.length === 0) return;
        given.push(...taken.map(({ id, number }) => ({ campaign, id, number })));
      }
    }));
    expect(new Set(given.map(({ id }) => id)).size).toBe(given.length);
    expect(given.map(({ number }) => number).sort()).toEqual(numbers.toSorted());
    const files = await store.callFiles.list();
    expect(files.reduce((sum, { states }) => sum + states['in-progress'], 0)).toBe(400);
    for (const { accepted, states } of files) expect(Object.values(states).reduce((sum, number) => sum + number, 0)).toBe(accepted);
    await store.close();
  });

  test('a dialer is killed in the middle: no contact is lost, none is dialed twice within the lease', async () => {
    const store = await openStore({ connection: { connectionString: urls.dialers }, maxConnections: 2 });
    await loadFile(store, 'K', Array.from({ length: 300 }, (_, index) => ({ number: numberOf(10_000 + index) })));
    const took: number[] = [];
    const reported = new Set<number>();
    const dialer = (name: string, atMs: number): ReturnType<typeof fork> => {
      const child = fork(fileURLToPath(new URL('./fixtures/dialer-process.ts', import.meta.url)), [urls.dialers, 'K', name, String(atMs)], { execArgv: ['--import', 'tsx'] });
      child.on('message', (message: { took?: number; reported?: number }) => {
        if (message.took !== undefined) took.push(message.took);
        if (message.reported !== undefined) reported.add(message.reported);
      });
      return child;
    };
    const [killed, other] = [dialer('first', MONDAY), dialer('second', MONDAY)];
    await expect.poll(() => took.length, { timeout: 30_000, interval: 5 }).toBeGreaterThan(60);
    killed.kill('SIGKILL');
    await Promise.all([once(killed, 'exit'), once(other, 'exit')]);
    // Within the lease nothing was given twice, and what the killed one held is with nobody.
    expect(new Set(took).size).toBe(took.length);
    const rules = { ...FRENCH_RULES, hours: null };
    const take = (atMs: number) => store.contacts.take({ campaign: 'K', dialer: 'third', atMs, most: 500, leaseMs: 60_000, agents: [], rules });
    expect(await take(MONDAY + 59_000)).toEqual([]);
    const [file] = await store.callFiles.list({ campaign: 'K' });
    const held = file?.states['in-progress'] ?? 0;
    expect((file?.states.done ?? 0) + held).toBe(300);
    expect(file?.states.done).toBeGreaterThanOrEqual(reported.size);
    expect(await store.contacts.interrupt({ leaseOverOf: 'K' }, MONDAY + 61_000, () => rules)).toBe(held);
    // They may have been dialed: they rest as the rule for interrupted calls says, and come again.
    expect(await take(MONDAY + 62_000)).toEqual([]);
    expect(await take(MONDAY + 62 * MINUTE)).toHaveLength(held);
    await store.close();
  });

  test('whatever happens in whatever order: no number of the list, outside its hours, locked out or over its attempts is ever given', async () => {
    const store: OperationalStore = await openStore({ connection: { connectionString: urls.property }, maxConnections: 3 });
    await store.seed(smallCentre);
    const places: Record<string, string[]> = { 'Europe/Paris': ['Europe/Paris'], 'America/New_York': ['America/New_York'], PT: ['Europe/Lisbon', 'Atlantic/Azores'], 'Africa/Douala': ['Africa/Douala'] };
    const rules = { ...FRENCH_RULES, holidays: ['2026-03-30', '2026-11-02'], attempts: [{ most: 2, days: 3 }, { most: 4, days: 30 }], recycling: { ...FRENCH_RULES.recycling, busy: { afterSeconds: 60, most: 100 }, 'no-answer': { afterSeconds: 600, most: 100 } } };
    let run = 0;
    let given = 0;
    const step = fc.record({ afterMinutes: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 90, max: 3000 })), campaign: fc.constantFrom('X', 'Y'), result: fc.constantFrom(...RESULTS), list: fc.option(fc.integer({ min: 0, max: 11 }), { freq: 12 }), callBack: fc.option(fc.integer({ min: 1, max: 5000 }), { freq: 6 }) });
    // Around both changes of the clocks, in Europe and in America.
    const start = fc.constantFrom('2026-03-05T00:00:00Z', '2026-03-26T07:00:00Z', '2026-10-22T05:00:00Z', '2026-10-29T12:00:00Z');
    await fc.assert(fc.asyncProperty(start, fc.array(step, { minLength: 20, maxLength: 40 }), async (from, steps) => {
      const of = (campaign: string): string => `${campaign}${run}`;
      run++;
      const [base, zones] = [run * 100, Object.keys(places)];
      const numbers = Array.from({ length: 12 }, (_, index) => ({ number: numberOf(base + index), zone: zones[index % zones.length] ?? '' }));
      for (const campaign of ['X', 'Y']) await loadFile(store, of(campaign), numbers, places);
      let nowMs = Date.parse(from);
      const listed = new Set<string>();
      const dialed = new Map<string, { startMs: number; endMs: number; nuisance: boolean }[]>();
      for (const [index, { afterMinutes, campaign, result, list, callBack }] of steps.entries()) {
        nowMs += afterMinutes * MINUTE;
        if (list !== null) {
          const number = numbers[list]?.number ?? '';
          listed.add(number);
          await store.contacts.forbid('ocm', [number], 'essai');
        }
        const taken = await store.contacts.take({ campaign: of(campaign), dialer: 'core', atMs: nowMs, most: 3, leaseMs: 10 * MINUTE, agents: [1001], rules });
        for (const contact of taken) {
          given++;
          const zone = numbers.find(({ number }) => number === contact.number)?.zone ?? '';
          expect(listed).not.toContain(contact.number);
          for (const place of places[zone] ?? []) expect(isAllowed(nowMs, place, rules.holidays)).toBe(true);
          const earlier = dialed.get(contact.number) ?? [];
          for (const { most, days } of rules.attempts) expect(earlier.filter(({ startMs }) => startMs > nowMs - days * DAY).length).toBeLessThan(most);
          expect(earlier.filter(({ endMs, nuisance }) => nuisance && endMs > nowMs - 72 * 3_600_000)).toEqual([]);
          dialed.set(contact.number, [...earlier, { startMs: nowMs, endMs: nowMs + 30_000, nuisance: result === 'nuisance' }]);
          await store.contacts.report({ contact: contact.id, dialer: 'core', callId: `${run}-${index}-${contact.id}`, startedMs: nowMs, endedMs: nowMs + 30_000, result, agent: 1001, status: null, callBack: callBack === null ? null : { atMs: nowMs + callBack * MINUTE, agent: 1001 } }, rules);
        }
      }
    }), { numRuns: 12 });
    // The rules leave something to dial: else all this shows nothing.
    expect(given).toBeGreaterThan(100);
    await store.close();
  });
});

/** Told by Intl, not by the database: Monday to Friday, 10-13 h and 14-20 h. */
function isAllowed(atMs: number, zone: string, holidays: readonly string[]): boolean {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(atMs).map(({ type, value }) => [type, value]));
  const hour = Number(parts['hour']);
  return !['Sat', 'Sun'].includes(parts['weekday'] ?? '') && !holidays.includes(`${parts['year']}-${parts['month']}-${parts['day']}`) && ((hour >= 10 && hour < 13) || (hour >= 14 && hour < 20));
}
