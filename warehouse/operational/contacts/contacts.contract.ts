import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallCentre } from '../fixtures/small-centre.ts';
import type { OperationalStore } from '../store.ts';
import { contactLine, type RejectedRow } from './call-files.ts';
import type { AttemptReport, TakenContact, TakeRequest } from './contacts.ts';
import { fromE164 } from './e164.ts';
import { loadFile, numberOf } from './fixtures/load-file.ts';
import { FRENCH_RULES } from './rules.ts';

/** Monday, 11:00 in Paris. */
const MONDAY = Date.parse('2026-03-02T10:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What the contacts of every operational store must do. */
export function contactsContract(name: string, open: () => Promise<OperationalStore>): void {
  describe(`contacts on ${name}`, () => {
    let store: OperationalStore;
    let made = 0;
    beforeAll(async () => {
      store = await open();
      await store.seed(smallCentre);
    });
    afterAll(() => store.close());

    const campaign = (): string => `C${++made}`;
    /** Numbers that no other test has. */
    const numbers = (count: number): string[] => Array.from({ length: count }, () => numberOf(++made * 1000));
    const take = (of: string, request: Partial<TakeRequest> = {}): Promise<TakenContact[]> =>
      store.contacts.take({ campaign: of, dialer: 'core', atMs: MONDAY, most: 10, leaseMs: 10 * MINUTE, agents: [], rules: FRENCH_RULES, ...request });
    const report = (contact: TakenContact, said: Partial<AttemptReport> = {}): Promise<boolean> =>
      store.contacts.report({ contact: contact.id, dialer: 'core', callId: `${contact.attempt}-${made}-call`, startedMs: MONDAY, endedMs: MONDAY + MINUTE, result: 'no-answer', agent: null, status: null, callBack: null, ...said }, FRENCH_RULES);
    const states = async (id: number): Promise<Record<string, number>> => {
      const { states, attempted, reached } = await store.callFiles.show(id);
      return Object.fromEntries(Object.entries({ ...states, attempted, reached }).filter(([, number]) => number > 0));
    };

    test('a file is loaded whole: what other files and the list hold is rejected with its cells', async () => {
      const [of, [a = '', b = '', c = '', d = '']] = [campaign(), numbers(4)];
      await store.contacts.forbid('ocm', [c], 'bloctel.csv');
      await loadFile(store, of, [{ number: a }]);
      const file = await loadFile(store, of, [{ number: b, name: 'Ève\tDupont \\N', fields: '{"a":"1\\n"}' }, { number: a }, { number: c }, { number: d }]);
      expect(file).toMatchObject({ rows: 4, accepted: 2, rejected: 2, status: 'ready', attempted: 0, reached: 0 });
      const rejected: RejectedRow[] = [];
      for await (const part of store.callFiles.rejected(file.id, 1)) rejected.push(...part);
      expect(rejected).toEqual([{ line: 3, reason: 'duplicate-in-campaign', detail: a, cells: [a] }, { line: 4, reason: 'do-not-call', detail: c, cells: [c] }]);
      // Another campaign may have the number too.
      expect((await loadFile(store, campaign(), [{ number: a }])).accepted).toBe(1);
      expect((await take(of)).map(({ number, name, fields }) => [number, name, fields])).toEqual([[a, null, {}], [b, 'Ève\tDupont \\N', { a: '1\n' }], [d, null, {}]]);
    });

    test('what comes while a file is read is found when it is in: another file, an entry of the list', async () => {
      const [of, [a = '', b = '', c = '', d = '', e = '']] = [campaign(), numbers(5)];
      const file = { campaign: of, tenant: 'ocm', name: 'essai.csv', format: 'csv', delimiter: ';', header: ['numero'], mapping: { number: 'numero' }, by: 'test' } as const;
      const first = await loadFile(store, of, [{ number: a }]);
      await store.contacts.forbid('ocm', [b], 'bloctel.csv');
      const id = await store.callFiles.begin(file);
      const known = await store.callFiles.known(file);
      expect([known?.files, [...known?.inCampaign ?? []]]).toEqual([[first.id], [fromE164(a)]]);
      expect(known?.listed).toContain(fromE164(b));
      await loadFile(store, of, [{ number: c }]);
      await store.contacts.forbid('ocm', [d], 'lettre');
      const lines = [c, d, e].map((number, index) => contactLine(id, index + 2, 0, { number: fromE164(number), secondNumber: null, name: null, language: null, dueMs: null, fields: null }));
      await store.callFiles.addContacts(id, lines.join(''));
      expect(await store.callFiles.compare(id, { ...file, known })).toEqual([2, 3]);
      expect(await store.callFiles.finish(id, { rows: 3, lanes: [{ zone: 'Europe/Paris', priority: 0 }], places: new Map([['Europe/Paris', ['Europe/Paris']]]) })).toMatchObject({ accepted: 1, rejected: 2 });
    });

    test('the larger priority first, promised call-backs before all; what is taken is not given again', async () => {
      const [of, [a = '', b = '', c = '', d = '']] = [campaign(), numbers(4)];
      const file = await loadFile(store, of, [{ number: a }, { number: b, priority: 9 }, { number: c, priority: 5 }, { number: d, dueMs: MONDAY + HOUR }]);
      const [first] = await take(of, { most: 1 });
      expect(first).toMatchObject({ number: b, priority: 9, zone: 'Europe/Paris', attempts: 0 });
      if (first) await report(first, { result: 'passed', agent: 1001, callBack: { atMs: MONDAY + 2 * HOUR, agent: 1001 } });
      expect((await take(of)).map(({ number }) => number)).toEqual([c, a]);
      expect(await take(of)).toEqual([]);
      const later = { atMs: MONDAY + 4 * HOUR };
      expect((await take(of, { ...later, agents: [1002] })).map(({ number }) => number)).toEqual([d]);
      expect((await take(of, { ...later, agents: [1001, 1002] })).map(({ number, agent, attempts }) => [number, agent, attempts])).toEqual([[b, 1001, 1]]);
      expect(await states(file.id)).toEqual({ 'in-progress': 4, attempted: 4, reached: 1 });
    });

    test('a number that is typed is taken by the same rules, whether a file has it or not', async () => {
      const [of, [known = '', stranger = '', listed = '']] = [campaign(), numbers(3)];
      const file = await loadFile(store, of, [{ number: known, name: 'Awa' }]);
      await store.contacts.forbid('ocm', [listed], 'bloctel.csv');
      const type = (number: string, atMs = MONDAY) => store.contacts.takeNumber({ campaign: of, tenant: 'ocm', dialer: 'core', number, atMs, leaseMs: 10 * MINUTE, zone: 'Europe/Paris', rules: FRENCH_RULES });
      expect([await type(listed), await type(listed)]).toEqual(['do-not-call', 'do-not-call']);
      const contact = await type(known);
      expect(contact).toMatchObject({ number: known, name: 'Awa', attempts: 0 });
      expect([await type(known), await take(of), await states(file.id)]).toEqual(['busy', [], { 'in-progress': 1, attempted: 1 }]);
      if (typeof contact !== 'string') await store.contacts.giveBack([contact.attempt]);
      expect(await states(file.id)).toEqual({ new: 1 });
      // Two at once: each report finds its own attempt.
      const [other = ''] = numbers(1);
      const taken = async (number: string): Promise<TakenContact> => {
        const answer = await type(number);
        if (typeof answer === 'string') throw new Error(`not taken: ${answer}`);
        return answer;
      };
      const [one, two] = [await taken(stranger), await taken(other)];
      expect([one, two]).toMatchObject([{ id: 0, number: stranger, zone: 'Europe/Paris' }, { id: 0, number: other }]);
      expect(await report(two, { number: other, callId: `other-${made}`, status: { group: 0, num: 100, detail: 0 }, result: 'passed' })).toBe(true);
      expect(await report(one, { number: stranger })).toBe(true);
      for (let more = 0; more < 3; more += 1) await report(await taken(stranger), { number: stranger });
      // Four attempts in thirty days; who wants no calls has said so.
      expect([await type(stranger), await type(stranger, MONDAY + 31 * 24 * HOUR), await type(other)]).toEqual(['not-now', expect.objectContaining({ id: 0 }), 'do-not-call']);
    });

    test("a call-back that its agent does not make becomes anybody's", async () => {
      const [of, [a = '']] = [campaign(), numbers(1)];
      await loadFile(store, of, [{ number: a }]);
      const [first] = await take(of);
      if (first) await report(first, { result: 'passed', agent: 1001, callBack: { atMs: MONDAY + 2 * HOUR, agent: 1001 } });
      // Three hours, see the rules.
      expect(await take(of, { atMs: MONDAY + 5 * HOUR - 1, agents: [1002] })).toEqual([]);
      const [anybodys] = await take(of, { atMs: MONDAY + 5 * HOUR, agents: [1002] });
      expect(anybodys).toMatchObject({ number: a, agent: null });
      // Given back, it is as it was.
      await store.contacts.giveBack([anybodys?.attempt ?? 0]);
      expect(await take(of, { atMs: MONDAY + 3 * HOUR, agents: [1001] })).toMatchObject([{ number: a, agent: 1001 }]);
    });

    test('given back, a contact is as if it had never been taken; passed over, it comes later', async () => {
      const [of, [a = '']] = [campaign(), numbers(1)];
      const file = await loadFile(store, of, [{ number: a }]);
      const [taken] = await take(of);
      await store.contacts.giveBack([taken?.attempt ?? 0]);
      expect(await states(file.id)).toEqual({ new: 1 });
      const [again] = await take(of);
      expect(again).toEqual({ ...taken, attempt: again?.attempt });
      await store.contacts.skip(again?.attempt ?? 0, MONDAY + HOUR);
      expect(await take(of)).toEqual([]);
      expect(await take(of, { atMs: MONDAY + HOUR })).toHaveLength(1);
    });

    test('each result has its rule; a report that comes again replaces the first', async () => {
      const [of, all] = [campaign(), numbers(6)];
      const file = await loadFile(store, of, all.map((number) => ({ number })));
      const taken = await take(of);
      const [a, b, c, d, e, f] = taken;
      if (!a || !b || !c || !d || !e || !f) throw new Error('six contacts were not given');
      await report(a, { result: 'busy' });
      await report(b, { result: 'invalid' });
      await report(c, { result: 'passed', agent: 1001 });
      await report(d, { result: 'passed', agent: 1001, status: { group: 0, num: 100, detail: 0 } });
      await report(e, { result: 'nuisance' });
      await report(f, { result: 'passed', callId: 'again' });
      expect(await states(file.id)).toEqual({ 'follow-up': 2, exhausted: 1, done: 2, excluded: 1, attempted: 6, reached: 3 });
      await report(f, { result: 'passed', callId: 'again', callBack: { atMs: MONDAY + 14 * MINUTE, agent: 0 } });
      expect(await states(file.id)).toMatchObject({ 'call-back': 1, done: 1 });
      // Busy rests a quarter of an hour from its end, nuisance three days: Thursday.
      expect(await take(of, { atMs: MONDAY + 13 * MINUTE })).toEqual([]);
      expect((await take(of, { atMs: MONDAY + 16 * MINUTE })).map(({ number }) => number)).toEqual([f.number, a.number]);
      expect(await take(of, { atMs: MONDAY + 71 * HOUR })).toEqual([]);
      expect((await take(of, { atMs: MONDAY + 73 * HOUR })).map(({ number }) => number)).toEqual([e.number]);
      // The list holds from now on for every campaign.
      expect((await loadFile(store, campaign(), [{ number: d.number }])).rejected).toBe(1);
    });

    test('whom an agent had is told by his status: a machine is tried again as such, and was never reached', async () => {
      const [of, all] = [campaign(), numbers(4)];
      const file = await loadFile(store, of, all.map((number) => ({ number })));
      const [machine, wrong, mistaken, person] = await take(of);
      if (!machine || !wrong || !mistaken || !person) throw new Error('four contacts were not given');
      const had = (contact: TakenContact, num?: number) => report(contact, { result: 'passed', agent: 1001, ...(num === undefined ? {} : { status: { group: 0, num, detail: 0 } }) });
      // The talk is over before its status is given.
      for (const contact of [machine, wrong, mistaken, person]) await had(contact);
      expect(await states(file.id)).toEqual({ done: 4, attempted: 4, reached: 4 });
      await had(machine, 93);
      await had(wrong, 91);
      await had(mistaken, 96);
      await had(person, 101);
      expect(await states(file.id)).toEqual({ done: 1, 'follow-up': 2, exhausted: 1, attempted: 4, reached: 1 });
      expect(await store.callFiles.results(file.id)).toEqual(['invalid', 'machine', 'no-answer', 'passed'].map((result) => ({ result, attempts: 1 })));
      // The windows of nuisance calls keep what was known when they were dialed.
      expect((await store.contacts.answersSince(MONDAY))[of]).toEqual([MONDAY / 60_000, 4, 0]);
      expect((await take(of, { atMs: MONDAY + 3 * HOUR })).map(({ number }) => number)).toEqual([mistaken.number]);
      expect((await take(of, { atMs: MONDAY + 25 * HOUR })).map(({ number }) => number)).toEqual([machine.number]);
      // He was there after all.
      await had(machine, 101);
      expect((await store.callFiles.list({ id: file.id }))[0]).toMatchObject({ reached: 1, states: { done: 1, 'in-progress': 2 } });
    });

    test('a number is dialed once at a time, and not beyond its attempts, in all campaigns together', async () => {
      const [one, two, [a = '']] = [campaign(), campaign(), numbers(1)];
      await loadFile(store, one, [{ number: a }]);
      await loadFile(store, two, [{ number: a }]);
      const [first] = await take(one);
      expect(await take(two)).toEqual([]);
      if (first) await report(first);
      const given = [0];
      for (let hours = 1; hours < 24 * 40; hours += 6) {
        for (const of of [one, two]) {
          const [contact] = await take(of, { atMs: MONDAY + hours * HOUR });
          if (!contact) continue;
          given.push(hours);
          await report(contact, { startedMs: MONDAY + hours * HOUR, endedMs: MONDAY + hours * HOUR + MINUTE, callId: `hour-${hours}-${of}` });
        }
      }
      expect(given[3]).toBeLessThan(24 * 5);
      expect(given[4]).toBeGreaterThanOrEqual(24 * 30);
    });

    test("hours are the called party's: with daylight saving, in every place of a country, and not on holidays", async () => {
      const [of, [paris = '', reunion = '', somewhere = '']] = [campaign(), numbers(3)];
      await loadFile(store, of, [{ number: paris }, { number: reunion, zone: 'Indian/Reunion' }, { number: somewhere, zone: 'ES' }],
        { 'Europe/Paris': ['Europe/Paris'], 'Indian/Reunion': ['Indian/Reunion'], ES: ['Europe/Madrid', 'Atlantic/Canary'] });
      const rules = { ...FRENCH_RULES, holidays: ['2026-04-06'] };
      const at = async (iso: string): Promise<string[]> => {
        const taken = await take(of, { atMs: Date.parse(iso), rules });
        await store.contacts.giveBack(taken.map(({ attempt }) => attempt));
        return taken.map(({ number }) => number).sort();
      };
      const all = (...expected: string[]): string[] => expected.sort();
      expect(await at('2026-03-27T05:59:00Z')).toEqual([]);
      expect(await at('2026-03-27T06:00:00Z')).toEqual(all(reunion));
      expect(await at('2026-03-27T08:59:59Z')).toEqual(all(reunion));
      // Spring: on Friday 09:00 UTC is 10:00 in Paris, on Monday 08:00 UTC is; the island knows no such thing.
      expect(await at('2026-03-27T09:00:00Z')).toEqual(all(paris));
      expect(await at('2026-03-27T10:00:00Z')).toEqual(all(paris, reunion, somewhere));
      expect(await at('2026-03-30T07:59:00Z')).toEqual(all(reunion));
      expect(await at('2026-03-30T08:00:00Z')).toEqual(all(paris, reunion));
      expect(await at('2026-03-28T10:00:00Z')).toEqual([]);
      expect(await at('2026-04-06T10:00:00Z')).toEqual([]);
    });

    test('what is put on the list is excluded at once, also while it is dialed', async () => {
      const [of, [a = '', b = '']] = [campaign(), numbers(2)];
      const file = await loadFile(store, of, [{ number: a }, { number: b }]);
      const [taken] = await take(of, { most: 1 });
      expect(await store.contacts.forbid('ocm', [a, b, a], 'lettre')).toBe(2);
      expect(await states(file.id)).toEqual({ 'in-progress': 1, excluded: 1, attempted: 1 });
      expect(await store.contacts.withdrawn('core')).toContain(taken?.number);
      if (taken) await report(taken);
      expect(await take(of, { atMs: MONDAY + 24 * HOUR })).toEqual([]);
      expect(await states(file.id)).toEqual({ excluded: 2, attempted: 1 });
    });

    test('what a dead dialer held is interrupted when its lease is over, not before; its late word still counts', async () => {
      const [of, [a = '']] = [campaign(), numbers(1)];
      const file = await loadFile(store, of, [{ number: a }]);
      const [taken] = await take(of);
      const over = (atMs: number): Promise<number> => store.contacts.interrupt({ leaseOverOf: of }, atMs, () => FRENCH_RULES);
      expect(await over(MONDAY + 10 * MINUTE)).toBe(0);
      await store.contacts.renew([taken?.attempt ?? 0], MONDAY + 20 * MINUTE);
      expect(await over(MONDAY + 19 * MINUTE)).toBe(0);
      expect(await over(MONDAY + 21 * MINUTE)).toBe(1);
      expect(await states(file.id)).toEqual({ 'follow-up': 1, attempted: 1 });
      expect(await take(of, { atMs: MONDAY + 30 * MINUTE })).toEqual([]);
      if (!taken) throw new Error('no contact was given');
      expect(await report(taken, { result: 'passed', callId: 'late' })).toBe(true);
      expect(await states(file.id)).toEqual({ done: 1, attempted: 1, reached: 1 });
      expect(await report({ ...taken, id: 999_999_999 })).toBe(false);
    });

    test('more may be known of what a dialer holds, and of talks of which nothing was said', async () => {
      const [of, list, dialer] = [campaign(), numbers(6), `dialer ${made}`];
      await loadFile(store, of, list.map((number) => ({ number })));
      const [held, busy, silent, said, promised, old] = await take(of, { dialer });
      if (!held || !busy || !silent || !said || !promised || !old) throw new Error('six contacts were to be taken');
      await report(busy, { dialer, result: 'busy' });
      await report(silent, { dialer, result: 'passed', agent: 1001 });
      await report(said, { dialer, result: 'passed', agent: 1001, status: { group: 1, num: 1, detail: 0 } });
      // A status that came now would undo the promise.
      await report(promised, { dialer, result: 'passed', agent: 1001, callBack: { atMs: MONDAY + HOUR, agent: 0 } });
      await report(old, { dialer, result: 'passed', agent: 1001, startedMs: MONDAY - HOUR });
      const common = { campaign: of, tenant: 'ocm', startedMs: MONDAY };
      expect(await store.contacts.unsettled(dialer, MONDAY - 1)).toEqual([
        { ...common, contact: held.id, number: held.number, callId: null },
        { ...common, contact: silent.id, number: silent.number, callId: `${silent.attempt}-${made}-call` },
      ]);
      expect(await store.contacts.unsettled('nobody', 0)).toEqual([]);
      // Answers of dials since an instant, and of earlier ones that are named.
      const answers = async (sinceMs: number, calls?: string[]): Promise<number[] | undefined> => (await store.contacts.answersSince(sinceMs, calls))[of];
      expect([await answers(MONDAY - HOUR), await answers(MONDAY), await answers(MONDAY, [`${old.attempt}-${made}-call`, 'unknown']), await answers(MONDAY + 1)])
        .toEqual([[MONDAY / 60_000 - 60, 1, 0, MONDAY / 60_000, 3, 0], [MONDAY / 60_000, 3, 0], [MONDAY / 60_000 - 60, 1, 0, MONDAY / 60_000, 3, 0], undefined]);
    });

    test('a paused file rests', async () => {
      const of = campaign();
      const file = await loadFile(store, of, numbers(1).map((number) => ({ number })));
      await store.callFiles.setPaused(file.id, true);
      expect(await take(of)).toEqual([]);
      await store.callFiles.setPaused(file.id, false);
      expect(await take(of)).toHaveLength(1);
    });
  });
}
