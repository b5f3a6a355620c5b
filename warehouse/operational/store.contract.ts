import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CentreConfiguration } from '../../telephony/configuration.ts';
import { toDimensions } from './dimensions.ts';
import { smallCentre } from './fixtures/small-centre.ts';
import type { OperationalStore } from './store.ts';

/** What every operational store must do. `open` connects once more to the same, at first empty, database. */
export function operationalStoreContract(name: string, open: () => Promise<OperationalStore>): void {
  describe(`operational store on ${name}`, () => {
    let store: OperationalStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    test('an empty store is seeded once, and gives back what it was given', async () => {
      expect(await store.version()).toBe(0);
      expect(await store.seed(smallCentre)).toBe(true);
      expect(await store.seed({ ...smallCentre, tenants: [] })).toBe(false);
      expect(await store.load()).toEqual({ ...smallCentre, version: 1 });
    });

    test('a queue is renamed and retargeted from a date; the earlier period stays', async () => {
      const before = await store.version();
      expect(await store.changeQueue({ number: 101, from: '2026-03-01T00:00:00.000Z', name: 'Nouveau', targetSeconds: 30, overflowQueue: null })).toBe(before + 1);
      const periods = (await store.load()).queues.filter((queue) => queue.number === 101);
      expect(periods).toMatchObject([
        { name: 'Service client', targetSeconds: 20, overflowQueue: 102, validFrom: null, validTo: '2026-03-01T00:00:00.000Z' },
        { name: 'Nouveau', targetSeconds: 30, overflowQueue: null, validFrom: '2026-03-01T00:00:00.000Z', validTo: null },
      ]);
      await store.changeQueue({ number: 101, from: '2026-03-01T00:00:00.000Z', targetSeconds: 25, targetAbandonmentRate: 0.03, talkLimitSeconds: null });
      expect((await store.load()).queues.filter((queue) => queue.number === 101)).toMatchObject([{ targetSeconds: 20, targetAbandonmentRate: 0.05, talkLimitSeconds: 600 }, { name: 'Nouveau', targetSeconds: 25, targetAbandonmentRate: 0.03, talkLimitSeconds: null, holdLimitSeconds: 90 }]);
      // A change inside the first period splits that one only.
      await store.changeQueue({ number: 101, from: '2026-02-01T00:00:00.000Z', priority: 9 });
      expect((await store.load()).queues.filter((queue) => queue.number === 101).map((queue) => [queue.priority, queue.validTo?.slice(0, 7) ?? null])).toEqual([[1, '2026-02'], [9, '2026-03'], [1, null]]);
    });

    test('the limit of a pause changes from a date; the earlier period stays', async () => {
      await store.changePauseReason({ code: 'repas', from: '2026-03-01T00:00:00.000Z', limitSeconds: 3600 }, 'chef');
      await store.changePauseReason({ code: 'repas', from: '2026-03-01T00:00:00.000Z', limitSeconds: 2700 });
      await store.changePauseReason({ code: 'repas', from: '2026-04-01T00:00:00.000Z', limitSeconds: null });
      const { pauseReasons } = await store.load();
      const same = { code: 'repas', labelFr: 'Repas', labelEn: 'Lunch', productive: false };
      expect(pauseReasons.filter(({ code }) => code === 'repas')).toEqual([
        { ...same, limitSeconds: 1200, validFrom: null, validTo: '2026-03-01T00:00:00.000Z' },
        { ...same, limitSeconds: 2700, validFrom: '2026-03-01T00:00:00.000Z', validTo: '2026-04-01T00:00:00.000Z' },
        { ...same, limitSeconds: null, validFrom: '2026-04-01T00:00:00.000Z', validTo: null },
      ]);
      expect((await store.changes(3)).at(-1)).toMatchObject({ by: 'chef', subject: 'pause-reason', change: { code: 'repas', limitSeconds: 3600 } });
      expect(toDimensions(await store.load()).pauseReasons.map(({ code }) => code)).toEqual(['repas', 'brief']);
      await expect(store.changePauseReason({ code: 'sieste', from: '2026-03-01T00:00:00.000Z', limitSeconds: 1 })).rejects.toThrow('pause reason sieste');
    });

    test("an agent's team and skills change from a date", async () => {
      await store.changeAgent({ number: 1001, from: '2026-03-01T00:00:00.000Z', teams: ['equipe-b'], skills: [{ queue: 102, level: 9 }] });
      expect((await store.load()).agents.filter((agent) => agent.number === 1001)).toMatchObject([
        { teams: ['equipe-a', 'equipe-b'], skills: [{ queue: 101, level: 5 }, { queue: 102, level: 3 }], validTo: '2026-03-01T00:00:00.000Z' },
        { name: 'Awa Ndiaye', teams: ['equipe-b'], skills: [{ queue: 102, level: 9 }], validTo: null },
      ]);
    });

    test('a calendar is replaced', async () => {
      await store.changeCalendar({ id: 'jours-ouvres', zone: 'Africa/Douala', weekdays: { 1: [{ from: '09:00', to: '24:00' }] }, holidays: ['2026-05-20'] });
      expect((await store.load()).calendars).toEqual([{ id: 'jours-ouvres', zone: 'Africa/Douala', weekdays: { 1: [{ from: '09:00', to: '24:00' }] }, holidays: ['2026-05-20'] }]);
    });

    test('a refused change leaves nothing behind', async () => {
      const before = await store.load();
      await expect(store.changeQueue({ number: 999, from: '2026-03-01T00:00:00.000Z', name: 'x' })).rejects.toThrow('queue 999');
      await expect(store.changeAgent({ number: 1001, from: '2026-04-01T00:00:00.000Z', teams: ['nobody'] })).rejects.toThrow('foreign key');
      await expect(store.changeQueue({ number: 101, from: '2026-04-01T00:00:00.000Z', targetServiceLevel: 80 })).rejects.toThrow('targetServiceLevel');
      await expect(store.changeAgent({ number: 1001, from: '2026-04-01T00:00:00.000Z', teams: [] })).rejects.toThrow('teams');
      expect(await store.load()).toEqual(before);
    });

    test('who changed what, and when, is kept with each version; a refused change is not in it', async () => {
      const hostile = `Aïcha'); drop table queues; --`;
      const version = await store.changeQueue({ number: 102, from: '2026-02-01T00:00:00.000Z', targetSeconds: 45 }, hostile);
      const after = await store.changeCalendar({ id: 'jours-ouvres', zone: 'Africa/Douala', weekdays: {}, holidays: [] }, 'chef');
      await expect(store.changeQueue({ number: 999, from: '2026-03-01T00:00:00.000Z', name: 'x' }, 'nobody')).rejects.toThrow('queue 999');
      const [calendar, queue] = await store.changes(2);
      expect(queue).toEqual({ version, at: expect.stringMatching(/^20\d\d-.*Z$/), by: hostile, subject: 'queue', change: { number: 102, from: '2026-02-01T00:00:00.000Z', targetSeconds: 45 }, before: null });
      expect(calendar).toMatchObject({ version: after, by: 'chef', subject: 'calendar', before: { id: 'jours-ouvres', weekdays: { 1: [{ from: '09:00', to: '24:00' }] } } });
      const all = await store.changes();
      expect(all.map((entry) => entry.version)).toEqual(Array.from({ length: after }, (_, index) => after - index));
      expect(all.at(-1)).toMatchObject({ version: 1, subject: 'first-configuration', by: 'vigie' });
    });

    test('one plan of a first history stands, and it only goes on', async () => {
      const plan = { seed: 4_294_967_295, liveFromMs: Date.parse('2026-03-01T10:30:00.123Z'), days: ['2026-03-01', '2026-02-28'] };
      expect(await store.firstHistory()).toBeNull();
      expect((await Promise.all([store.planFirstHistory(plan), store.planFirstHistory(plan)])).filter(Boolean).length).toBe(1);
      expect(await store.planFirstHistory({ ...plan, seed: 8 })).toBe(false);
      expect(await store.firstHistory()).toEqual({ ...plan, daysDone: 0 });
      await store.noteFirstHistory(2);
      await store.noteFirstHistory(1);
      expect((await store.firstHistory())?.daysDone).toBe(2);
    });

    test('of several proposals of a secret one stands', async () => {
      const [one, two] = await Promise.all([store.secret('caller-key', 'a'), store.secret('caller-key', 'b')]);
      expect(['a', 'b']).toContain(one);
      expect([two, await store.secret('caller-key', 'c')]).toEqual([one, one]);
    });

    test('names are values: hostile text stays text', async () => {
      const hostile = `'); drop table queues; -- " \\ $1 \u2028 é`;
      await store.changeQueue({ number: 102, from: '2026-03-01T00:00:00.000Z', name: hostile });
      expect((await store.load()).queues.filter((queue) => queue.number === 102).at(-1)?.name).toBe(hostile);
    });

    test('subscribers hear of each version, also of changes through another connection', async () => {
      const other = await open();
      try {
        const heard: CentreConfiguration[] = [];
        const stop = store.subscribe((configuration) => heard.push(configuration));
        const own = await store.changeQueue({ number: 101, from: '2026-06-01T00:00:00.000Z', name: 'Entendu' });
        await expect.poll(() => heard.at(-1)?.version).toBe(own);
        const others = await other.changeQueue({ number: 101, from: '2026-06-01T00:00:00.000Z', name: 'Entendu aussi' });
        await expect.poll(() => heard.at(-1)?.version, { timeout: 5000 }).toBe(others);
        expect(heard.at(-1)?.queues.some((queue) => queue.name === 'Entendu aussi')).toBe(true);
        stop();
        const count = heard.length;
        await store.changeQueue({ number: 101, from: '2026-06-01T00:00:00.000Z', name: 'Pas entendu' });
        expect(heard.length).toBe(count);
      } finally {
        await other.close();
      }
    });
  });
}
