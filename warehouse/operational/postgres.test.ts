import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasPostgres, startPostgres, type RealPostgres } from './fixtures/real-postgres.ts';
import { smallCentre } from './fixtures/small-centre.ts';
import { operationalStoreContract } from './store.contract.ts';
import { openStore, type OperationalStore } from './store.ts';
import { takeTurn, type Turn } from './turn.ts';

/** A real server: concurrency cannot be shown on the embedded one, which is a single session. */
describe.skipIf(!hasPostgres('the operational store'))('a PostgreSQL server', () => {
  let server: RealPostgres;
  const urls = { contract: '', concurrent: '', turns: '' };

  beforeAll(async () => {
    server = await startPostgres();
    for (const name of ['contract', 'concurrent', 'turns'] as const) urls[name] = await server.database(name);
  });
  afterAll(() => server.stop());

  operationalStoreContract('a PostgreSQL server', () => openStore({ connection: { connectionString: urls.contract }, maxConnections: 4, pollMs: 50 }));

  test('several processes migrate, seed and change at once', async () => {
    const stores: OperationalStore[] = await Promise.all([1, 2, 3].map(() => openStore({ connection: { connectionString: urls.concurrent }, maxConnections: 4 })));
    const seeded = await Promise.all(stores.map((store) => store.seed(smallCentre)));
    expect(seeded.filter(Boolean)).toHaveLength(1);
    const days = Array.from({ length: 24 }, (_, day) => new Date(Date.UTC(2026, 3, 1 + day)).toISOString());
    const versions = await Promise.all(days.map((from, index) => stores[index % 3]?.changeQueue({ number: 101, from, targetSeconds: index })));
    // Each change has its own version, none is lost, and the periods follow each other without a gap.
    expect(versions.map(Number).toSorted((a, b) => a - b)).toEqual(days.map((_, index) => index + 2));
    const periods = (await stores[0]?.load())?.queues.filter((queue) => queue.number === 101) ?? [];
    expect(periods.map((queue) => queue.validFrom)).toEqual([null, ...days]);
    expect(periods.map((queue) => queue.validTo)).toEqual([...days, null]);
    await Promise.all(stores.map((store) => store.close()));
  });

  describe('a duty of one process', () => {
    interface Taker { turn: Turn; told: string[] }
    const take = (duty: 'core' | 'keeping' = 'core'): Taker => {
      const told: string[] = [];
      const turn = takeTurn({ connectionString: urls.turns, duty, retryMs: 50, onHeld: () => told.push('held'), onLost: () => told.push('lost'), onElsewhere: () => told.push('elsewhere'), onError: () => told.push('error') });
      return { turn, told };
    };
    const last = ({ told }: Taker): string | undefined => told.at(-1);

    test('one has it; given away or killed, the next takes it; duties do not mind each other', async () => {
      const first = take();
      await vi.waitFor(() => expect(last(first)).toBe('held'));
      const [second, other] = [take(), take('keeping')];
      await vi.waitFor(() => expect([last(second), last(other)]).toEqual(['elsewhere', 'held']));
      await first.turn.close();
      expect(first.told).toEqual(['held', 'lost']);
      await vi.waitFor(() => expect(last(second)).toBe('held'));
      await second.turn.close();
      const child = fork(fileURLToPath(new URL('./fixtures/turn-process.ts', import.meta.url)), [urls.turns], { execArgv: ['--import', 'tsx'] });
      expect(await once(child, 'message')).toEqual(['held', undefined]);
      const heir = take();
      await vi.waitFor(() => expect(last(heir)).toBe('elsewhere'));
      child.kill('SIGKILL');
      await vi.waitFor(() => expect(last(heir)).toBe('held'), { timeout: 5000 });
      await Promise.all([heir.turn.close(), other.turn.close()]);
    });

    test('a connection that breaks takes it away, and it is asked for again', async () => {
      const taker = take();
      await vi.waitFor(() => expect(last(taker)).toBe('held'));
      const client = new pg.Client({ connectionString: urls.turns });
      await client.connect();
      await client.query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'");
      await client.end();
      await vi.waitFor(() => expect(taker.told).toEqual(['held', 'lost', 'error', 'held']), { timeout: 5000 });
      await taker.turn.close();
    });
  });
});
