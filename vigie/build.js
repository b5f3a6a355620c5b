// Builds what is not built: plain JavaScript, because it runs before there is anything else.
// The compiled program lies in dist/<hash of its sources>/, the dashboard in dashboard/.next.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PROGRAM = ['telephony', 'ingest', 'warehouse', 'api', 'vigie', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
const DASHBOARD = ['dashboard', 'api/schema.graphql', 'tsconfig.json', 'package-lock.json'];
const KEPT_BUILDS = 2;
const LONGEST_BUILD_MS = 20 * 60_000;
// As it was when the process began: a program that keeps its data to itself still leaves its builds readable to who else may start it.
const UMASK = process.umask(0o022);
process.umask(UMASK);

/** Compiles the program unless this very text is compiled already. Gives the folder. */
export function buildProgram() {
  const target = join(root, 'dist', hashOf(PROGRAM));
  if (existsSync(target)) return target;
  mayWrite('the program', join(root, 'dist'));
  // Two commands may build at the same time: each into its own folder, the first rename stands.
  const own = join(root, 'dist', `building-${process.pid}`);
  rmSync(own, { recursive: true, force: true });
  run('the program', join(root, 'node_modules', 'typescript', 'bin', 'tsc'), ['-p', 'tsconfig.build.json', '--outDir', own]);
  try {
    renameSync(own, target);
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  forgetOldBuilds();
  return target;
}

/** Builds the dashboard unless this very text is built already. */
export function buildDashboard() {
  const stamp = join(root, 'dashboard', '.next', 'built-from');
  const hash = hashOf(DASHBOARD);
  const built = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (built()) return;
  const umask = process.umask(UMASK);
  try {
    mayWrite('the dashboard', join(root, 'dist'));
    mayWrite('the dashboard', join(root, 'dashboard', '.next'));
    alone(join(root, 'dist', 'building-dashboard'), () => {
      if (built()) return;
      rmSync(stamp, { force: true });
      run('the dashboard', join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), ['build', 'dashboard']);
      writeFileSync(stamp, hash);
    });
  } finally {
    process.umask(umask);
  }
}

/** @throws with what to do, before the build's own tools fail somewhere in the middle. */
function mayWrite(what, folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new Error(`${what} is not built here, and this user may not write to ${folder} (${error.code}): let the owner run "npm run build" in ${root} once`, { cause: error });
  }
}

/** Works while no other process does: the dashboard has one folder for its builds. */
function alone(lock, work) {
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = holderOf(lock);
    if (holder === null) rmSync(lock, { force: true });
    else {
      if (!told) process.stderr.write(`process ${holder} builds already, waiting for it …\n`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** The living process that has the lock; null = it was killed, or is just done. */
function holderOf(lock) {
  try {
    if (Date.now() - statSync(lock).mtimeMs > LONGEST_BUILD_MS) return null;
    const holder = Number(readFileSync(lock, 'utf8'));
    process.kill(holder, 0);
    return holder;
  } catch (error) {
    return error.code === 'EPERM' ? 'of another user' : null;
  }
}

function run(what, script, args) {
  process.stderr.write(`building ${what} …\n`);
  const started = Date.now();
  const watch = new URL('./end-with-parent.js', import.meta.url).href;
  const { status, stdout, stderr, error } = spawnSync(process.execPath, ['--import', watch, script, ...args], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } });
  if (error || status !== 0) {
    process.stderr.write(`${stdout}\n${stderr}\n`);
    throw new Error(`building ${what} failed`, { cause: error });
  }
  process.stderr.write(`built ${what} in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

function hashOf(entries) {
  const hash = createHash('sha256');
  for (const entry of entries) for (const file of filesOf(entry)) hash.update(`${file}\0`).update(readFileSync(join(root, file))).update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** Files below an entry, in a fixed order; what is made or only tests is left out. */
function filesOf(entry) {
  const path = join(root, entry);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [entry];
  return readdirSync(path).sort()
    .filter((name) => !['.next', 'node_modules', 'next-env.d.ts', 'e2e', 'fixtures', 'testing', 'test-support'].includes(name) && !/\.(test|contract|fixture)\.tsx?$/.test(name))
    .flatMap((name) => filesOf(`${entry}/${name}`));
}

/** A running server may still load files of its own build: the newest few stay. */
function forgetOldBuilds() {
  const folder = join(root, 'dist');
  mkdirSync(folder, { recursive: true });
  const builds = readdirSync(folder).filter((name) => /^[0-9a-f]{16}$/.test(name))
    .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { name } of builds.slice(KEPT_BUILDS)) rmSync(join(folder, name), { recursive: true, force: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  buildProgram();
  buildDashboard();
}
