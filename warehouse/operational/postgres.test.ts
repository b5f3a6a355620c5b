import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallCentre } from './fixtures/small-centre.ts';
import { operationalStoreContract } from './store.contract.ts';
import { openStore, type OperationalStore } from './store.ts';

/** A real server: concurrency cannot be shown on the embedded one, which is a single session. */
const PACKAGED = '/usr/lib/postgresql';
const binaries = existsSync(PACKAGED) ? readdirSync(PACKAGED).map((version) => join(PACKAGED, version, 'bin')).findLast((folder) => existsSync(join(folder, 'initdb'))) : undefined;
if (!binaries && process.env['CI']) throw new Error(`no PostgreSQL server below ${PACKAGED}: the continuous integration must install it`);
if (!binaries) process.stderr.write(`SKIPPED: the operational store on a real PostgreSQL: none below ${PACKAGED} (apt-get install postgresql)\n`);

describe.skipIf(!binaries)('a PostgreSQL server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-pg-'));
  const root = process.getuid?.() === 0;
  const url = (database: string): string => `postgres://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`;
  const run = (program: string, ...args: string[]): void => {
    const command = [join(binaries ?? '', program), ...args];
    // A server refuses to run as root.
    if (root) execFileSync('runuser', ['-u', 'postgres', '--', ...command], { stdio: 'ignore', cwd: folder });
    else execFileSync(command[0] ?? '', command.slice(1), { stdio: 'ignore' });
  };
  const query = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url('postgres') });
    await client.connect();
    await client.query(text);
    await client.end();
  };

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    if (root) execFileSync('chown', ['postgres', folder]);
    run('initdb', '-D', join(folder, 'data'), '-U', 'postgres', '--auth=trust', '--no-sync');
    run('pg_ctl', '-D', join(folder, 'data'), '-w', '-l', join(folder, 'log'), '-o', `-k ${folder} -h '' -F`, 'start');
    await query('create database contract');
    await query('create database concurrent');
  });
  afterAll(() => {
    run('pg_ctl', '-D', join(folder, 'data'), '-m', 'immediate', 'stop');
    rmSync(folder, { recursive: true, force: true });
  });

  operationalStoreContract('a PostgreSQL server', () => openStore({ connection: { connectionString: url('contract') }, maxConnections: 4, pollMs: 50 }));

  test('several processes migrate, seed and change at once', async () => {
    const stores: OperationalStore[] = await Promise.all([1, 2, 3].map(() => openStore({ connection: { connectionString: url('concurrent') }, maxConnections: 4 })));
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
});
