import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { asServerUser, NO_POSTGRES, postgresBinaries } from '../../warehouse/operational/postgres-package.ts';

export interface PostgresServer { client: pg.Client; stop: () => Promise<void> }

const READY_MS = 60_000;

/**
 * A server of Debian's package on a folder, reached through a socket in it; ends with this process, however that ends.
 * @throws Error naming what to install where there is none.
 */
export async function startPostgresServer(folder: string, settings: Record<string, string>): Promise<PostgresServer> {
  const binaries = postgresBinaries();
  if (binaries === null) throw new Error(`This bench compares with a PostgreSQL server, and there is ${NO_POSTGRES}`);
  const data = join(folder, 'data');
  if (!existsSync(data)) {
    chmodSync(folder, 0o755);
    if (process.getuid?.() === 0) execFileSync('chown', ['postgres', folder]);
    const [command = '', ...rest] = asServerUser([join(binaries, 'initdb'), '-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '--locale=C', '--encoding=UTF8']);
    execFileSync(command, rest, { stdio: 'ignore', cwd: folder });
  }
  const given = Object.entries({ listen_addresses: '', unix_socket_directories: folder, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Whatever ends us closes its standard input: then the server is told to end as well.
  const [command = '', ...rest] = asServerUser(['sh', '-c', '"$@" >>log 2>&1 </dev/null & server=$!; cat >/dev/null; kill -INT $server; wait $server', 'sh', join(binaries, 'postgres'), '-D', data, ...given]);
  const child = spawn(command, rest, { cwd: folder, stdio: ['pipe', 'ignore', 'inherit'] });
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => { child.once('exit', resolve); });
    child.stdin.end();
    if (child.exitCode === null && child.signalCode === null) await ended;
  };
  for (const deadline = Date.now() + READY_MS; ;) {
    const client = new pg.Client({ host: folder, user: 'postgres', database: 'postgres' });
    try {
      await client.connect();
      return { client, stop: async () => { await client.end(); await stop(); } };
    } catch (error) {
      if (Date.now() > deadline || child.exitCode !== null) {
        await stop();
        throw new Error(`The PostgreSQL server does not answer; see ${join(folder, 'log')}`, { cause: error });
      }
      await pause(100);
    }
  }
}
