import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { projectRoot } from '../../sql-files.ts';

/** A package of its own with its own lock: half a gigabyte that the program itself does not need. */
export const SERVER_FOLDER = join(projectRoot(), 'warehouse', 'clickhouse', 'server');
const LIBRARY = join(SERVER_FOLDER, 'node_modules', '@chdb', 'lib-linux-x64-gnu');
const MEGABYTES = 545;

/** Why there is no server package here; null = there is one. */
export function missingPlatform(): string | null {
  if (process.platform === 'linux' && process.arch === 'x64') return null;
  return `npm carries the ClickHouse engine for Linux on x64 only, this is ${process.platform} on ${process.arch}`;
}

/** Installs the engine's package where it is missing, one process at a time, and tells what it does. @throws Error with npm's words. */
export async function installServer(tell: (line: string) => void): Promise<void> {
  while (!isInstalled()) {
    const unlock = lock();
    if (unlock === null) {
      // Another test file, or another terminal.
      await pause(500);
      continue;
    }
    try {
      if (!isInstalled()) await install(tell);
    } finally {
      unlock();
    }
  }
}

const manifest = z.object({ version: z.string() });
const wanted = z.object({ dependencies: z.object({ '@chdb/lib-linux-x64-gnu': z.string() }) });

function isInstalled(): boolean {
  const installed = join(LIBRARY, 'package.json');
  if (!existsSync(installed) || !existsSync(join(SERVER_FOLDER, 'node_modules', '.package-lock.json'))) return false;
  const { version } = manifest.parse(JSON.parse(readFileSync(installed, 'utf8')));
  return version === wanted.parse(JSON.parse(readFileSync(join(SERVER_FOLDER, 'package.json'), 'utf8'))).dependencies['@chdb/lib-linux-x64-gnu'];
}

async function install(tell: (line: string) => void): Promise<void> {
  tell(`The ClickHouse engine for development and tests is installed, once: npm ci in ${SERVER_FOLDER} (${MEGABYTES} MB)`);
  const began = Date.now();
  const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: SERVER_FOLDER, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (chunk: Buffer) => { said = (said + chunk.toString('utf8')).slice(-4000); });
  const progress = setInterval(() => { tell(`… ${sizeOf(join(SERVER_FOLDER, 'node_modules'))} of ${MEGABYTES} MB after ${Math.round((Date.now() - began) / 1000)} s`); }, 5000);
  const code = await new Promise<number | null>((resolve, reject) => { npm.on('error', reject); npm.on('close', resolve); }).finally(() => { clearInterval(progress); });
  if (code !== 0 || !isInstalled()) throw new Error(`npm ci in ${SERVER_FOLDER} failed (${code}): ${said.trim()}`);
  tell(`The ClickHouse engine is installed (${Math.round((Date.now() - began) / 1000)} s)`);
}

function sizeOf(folder: string): number {
  let bytes = 0;
  try {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size;
  } catch { /* npm moves files meanwhile */ }
  return Math.round(bytes / 1_000_000);
}

/** Null while another process that lives holds it. */
function lock(): (() => void) | null {
  const file = join(SERVER_FOLDER, 'node_modules.lock');
  mkdirSync(SERVER_FOLDER, { recursive: true });
  try {
    const descriptor = openSync(file, 'wx');
    writeSync(descriptor, String(process.pid));
    closeSync(descriptor);
    return () => { rmSync(file, { force: true }); };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const holder = Number(readFileSync(file, 'utf8') || Number.NaN);
  if (Number.isInteger(holder) && !isAlive(holder)) rmSync(file, { force: true });
  return null;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
