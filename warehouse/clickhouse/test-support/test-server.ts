import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installServer, missingPlatform } from '../server/install.ts';
import { startServer } from '../server/server.ts';
import type { ClickHouseServer, ServerOptions } from '../server/server.ts';

const missing = missingPlatform();
if (missing !== null && process.env['CI']) throw new Error(`Tests on ClickHouse cannot run: ${missing}`);

/** Whether tests can have a server: `describe.skipIf(!HAS_CLICKHOUSE)`. It says so aloud where not; in CI that is an error. */
export const HAS_CLICKHOUSE = missing === null;
if (missing !== null) process.stderr.write(`SKIPPED: everything on ClickHouse: ${missing}\n`);

export interface TestServer extends ClickHouseServer {
  /** A database of its own, for one test. */
  freshUrl(): string;
  /** Ends it and removes its folder. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface TestServerOptions extends Partial<ServerOptions> {
  /** Its clock is so many whole seconds fast; below 0 it is slow. */
  clockOffSeconds?: number;
}

let databases = 0;

/** A server of this test file on free ports, in a folder of its own; installs the engine on first use. One a file is enough. */
export async function startTestServer({ clockOffSeconds, ...options }: TestServerOptions = {}): Promise<TestServer> {
  await installServer((line) => void process.stderr.write(`${line}\n`));
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'vigie-clickhouse-'));
  const preload = clockOffSeconds === undefined ? {} : { preload: { module: join(import.meta.dirname, 'clock-off.cjs'), environment: { VIGIE_TEST_CLOCK_OFF_S: String(clockOffSeconds) } } };
  const server = await startServer({ ...options, ...preload, folder });
  return {
    ...server,
    freshUrl: () => server.url(`test_${++databases}`),
    [Symbol.asyncDispose]: async () => {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
