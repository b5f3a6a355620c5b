import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const bin = join(root, 'vigie', 'bin.cjs');
const run = promisify(execFile);

export interface Program {
  address: string;
  /** The data directory. */
  data: string;
  /** Runs a command of the program on the same data and parses what it prints. */
  json(...args: string[]): Promise<unknown>;
  /** Ends the server; the data stays until {@link Program.end}. */
  stop(): Promise<void>;
  /** Starts it again on the same port. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

export interface ProgramOptions {
  environment?: Record<`VIGIE_${string}`, string>;
  /** Puts into the data directory what should be there before the first start. */
  prepare?: (data: string) => Promise<void>;
}

/** The whole program as a user starts it, with a folder of its own and a short history. Builds what is not built. */
export async function startProgram({ environment: given = {}, prepare }: ProgramOptions = {}): Promise<Program> {
  const data = mkdtempSync(join(tmpdir(), 'vigie-e2e-'));
  await prepare?.(data);
  const environment = { ...process.env, VIGIE_DATA: data, VIGIE_HISTORY_DAYS: '1', VIGIE_LOG_LEVEL: 'warn', NODE_ENV: 'production' as const, ...given };
  let child: ChildProcess | null = null;
  let address = '';
  const start = async (port: string) => {
    const said: string[] = [];
    child = spawn(process.execPath, [bin, 'start'], { cwd: root, env: { ...environment, VIGIE_PORT: port }, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    const exited = new Promise<never>((_, reject) => { child?.once('exit', (code) => reject(new Error(`vigie start ended (${code}): ${said.join('').slice(-2000)}`))); });
    exited.catch(() => {});
    address = await Promise.race([ready(data), exited]);
  };
  const stop = async () => {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null) return;
    await new Promise<void>((done) => { running.once('exit', () => done()); running.kill('SIGTERM'); });
  };
  await start('0');
  return {
    get address() { return address; },
    data,
    json: async (...args) => JSON.parse((await run(process.execPath, [bin, ...args, '--data', data, '--json'], { cwd: root, env: environment, maxBuffer: 1 << 26 })).stdout),
    stop,
    restart: () => start(new URL(address).port),
    end: async () => { await stop(); rmSync(data, { recursive: true, force: true }); },
  };
}

const serverFile = z.object({ address: z.string() });

async function ready(data: string): Promise<string> {
  const end = Date.now() + 540_000;
  while (Date.now() < end) {
    await new Promise((done) => { setTimeout(done, 250); });
    const file = join(data, 'server.json');
    if (!existsSync(file)) continue;
    const { address } = serverFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    const answer = await fetch(`${address}/ready`).catch(() => null);
    if (answer?.ok) return address;
  }
  throw new Error('vigie start was not ready in 9 minutes');
}
