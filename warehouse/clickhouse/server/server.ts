import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SERVER_FOLDER } from './install.ts';

export interface ServerOptions {
  /** Data, configuration and log stay below it. */
  folder: string;
  /** Any free ones by default. */
  httpPort?: number;
  tcpPort?: number;
  /** XML below `<clickhouse>`, such as `<remote_servers>`. */
  config?: string;
  memoryMb?: number;
  /** A module that its process loads before the engine, and what that reads from the environment. */
  preload?: { module: string; environment: Record<string, string> };
}

export interface ClickHouseServer {
  readonly httpPort: number;
  readonly tcpPort: number;
  /** 0 = it does not run. */
  pid(): number;
  /** `http://default@127.0.0.1:port/database` */
  url(database: string): string;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** kill -9. {@link start} on the same folder and ports finds what was acknowledged. */
  kill(): Promise<void>;
  /** Begins again after {@link stop} or {@link kill}. */
  start(): Promise<void>;
}

const READY_MS = 90_000;
/** It takes two seconds, on a full machine thirty; but now and then it hangs before it listens, and the next one does not. */
const HANGS_MS = 60_000;

/** A real ClickHouse server, HTTP and native, in a process of its own that ends with this one. Ready when it returns. */
export async function startServer(options: ServerOptions): Promise<ClickHouseServer> {
  mkdirSync(options.folder, { recursive: true });
  const httpPort = options.httpPort ?? await freePort();
  const tcpPort = options.tcpPort ?? await freePort();
  let running: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const child = running;
    running = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
    child.kill(signal);
    await ended;
  };
  const server: ClickHouseServer = {
    httpPort, tcpPort,
    pid: () => running?.pid ?? 0,
    url: (database) => `http://default@127.0.0.1:${httpPort}/${database}`,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async start() {
      const log = join(options.folder, 'log');
      for (const withinMs of [HANGS_MS, READY_MS]) {
        running = launch(options, httpPort, tcpPort);
        if (await ready(running, httpPort, log, withinMs).catch(async (error: unknown) => { await end('SIGKILL'); throw error; })) return;
        await end('SIGKILL');
      }
      throw new Error(`The ClickHouse server does not answer on port ${httpPort} after ${(HANGS_MS + READY_MS) / 1000} s, begun twice`);
    },
  };
  await server.start();
  return server;
}

function launch({ folder, config = '', memoryMb = 1500, preload }: ServerOptions, httpPort: number, tcpPort: number): ChildProcess {
  const file = join(folder, 'config.xml');
  // Small: it shares its machine with the tests. Without a time limit of its own for connections that are kept.
  writeFileSync(file, `<clickhouse>
  <max_server_memory_usage>${memoryMb * 1_000_000}</max_server_memory_usage>
  <mark_cache_size>67108864</mark_cache_size>
  <background_pool_size>2</background_pool_size>
  <background_schedule_pool_size>4</background_schedule_pool_size>
  <keep_alive_timeout>30</keep_alive_timeout>
  ${config}
</clickhouse>
`);
  const log = openSync(join(folder, 'log'), 'a');
  try {
    // The pipe to its standard input closes when this process dies, however it dies: then the server ends too.
    return spawn(process.execPath, [
      ...preload ? ['--require', preload.module] : [], join(SERVER_FOLDER, 'engine.cjs'), `--path=${join(folder, 'data')}`, '--listen_host=127.0.0.1', `--http_port=${httpPort}`, `--tcp_port=${tcpPort}`, `--config-file=${file}`,
      // The last statement keeps it alive.
      '--query', 'SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP; SELECT sleepEachRow(1) FROM numbers(1000000000) SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 10000000000 FORMAT Null',
    ], { stdio: ['pipe', log, log], env: { ...process.env, NODE_OPTIONS: '', ...preload?.environment } });
  } finally {
    closeSync(log);
  }
}

/** Whether it answers in time. @throws Error with the end of its log when it ended. */
async function ready(child: ChildProcess, port: number, log: string, withinMs: number): Promise<boolean> {
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => { resolve(error.message); });
    child.once('exit', (code, signal) => { resolve(`it ended (${code ?? signal})`); });
  });
  for (const deadline = Date.now() + withinMs; Date.now() < deadline;) {
    const answer = await fetch(`http://127.0.0.1:${port}/ping`).catch(() => null);
    if (answer?.ok) return true;
    const failed = await Promise.race([ended, pause(25, null)]);
    if (failed !== null) throw new Error(`The ClickHouse server did not start on port ${port}: ${failed}\n${readFileSync(log, 'utf8').slice(-2000)}`);
  }
  return false;
}

/** Below the range that the system lends to outgoing connections: a server that starts again finds its port free. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => { resolve(false); });
      probe.listen(port, '127.0.0.1', () => { resolve(true); });
    });
    await new Promise((resolve) => { probe.close(resolve); });
    if (free) return port;
  }
}
