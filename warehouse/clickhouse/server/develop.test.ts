import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../../sql-files.ts';
import { openClickHouse } from '../engine.ts';
import { HAS_CLICKHOUSE } from '../test-support/test-server.ts';
import { freePort } from './server.ts';

describe.skipIf(!HAS_CLICKHOUSE)('npm run clickhouse', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-develop-'));
  let running: ChildProcess | null = null;
  /** As a terminal does it: everybody of the group is told. */
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const child = running;
    running = null;
    if (child?.pid === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    process.kill(-child.pid, signal);
    await ended;
  };
  afterEach(async () => {
    await end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  test('starts a server for development, tells its address, ends with Ctrl-C, and has its data the next time', async () => {
    const [port, tcpPort] = [await freePort(), await freePort()];
    const start = async (): Promise<string> => {
      const child = spawn('npm', ['run', '--silent', 'clickhouse', '--', '--port', String(port), '--tcp-port', String(tcpPort), '--folder', folder], { cwd: projectRoot(), detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
      running = child;
      let said = '';
      child.stderr.on('data', (part: Buffer) => { said += part.toString(); });
      await expect.poll(() => said, { timeout: 100_000 }).toContain('Ctrl-C ends it');
      return /VIGIE_WAREHOUSE=(\S+)/.exec(said)?.[1] ?? '';
    };
    for (const sql of ['CREATE TABLE kept (n Int64) ENGINE = MergeTree ORDER BY n; INSERT INTO kept VALUES (7)', null]) {
      const url = await start();
      expect(url).toBe(`http://default@127.0.0.1:${port}/vigie`);
      const engine = openClickHouse({ url });
      await engine.createDatabase();
      if (sql !== null) await engine.execute({ sql });
      expect(await engine.query({ sql: 'SELECT n FROM kept' })).toEqual([{ n: 7 }]);
      await engine.close();
      await end('SIGINT');
      expect(await fetch(`http://127.0.0.1:${port}/ping`).then(() => 'answers', () => 'is gone')).toBe('is gone');
    }
  }, 240_000);
});
