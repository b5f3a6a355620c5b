import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../warehouse/sql-files.ts';
import { boardMoves, killStarted, LONGEST_START_MS, serverOf, spawnProgram, startProgram } from './fixtures/start-program.ts';

/** On every system a user without rights; tests that do not run as root are without rights themselves. */
const NOBODY = 65_534;
const self = process.getuid?.();
const as = self === 0 ? { uid: NOBODY, gid: NOBODY } : undefined;

const folder = mkdtempSync(join(tmpdir(), 'vigie-rights-'));
const home = join(folder, 'home');
const common = { cwd: home, environment: { HOME: home }, ...(as && { as }) };

/** The project where that user can read it: a clone may lie where only root may enter. */
function readableProject(): string {
  const root = projectRoot();
  const reads = spawnSync(process.execPath, ['--check', join(root, 'vigie', 'bin.cjs')], { ...as, cwd: '/' });
  if (reads.status === 0) return root;
  const copy = join(folder, 'project');
  mkdirSync(copy);
  const entries = readdirSync(root).filter((name) => !['.git', 'data'].includes(name)).map((name) => join(root, name));
  // Links where the folders share a disk.
  if (spawnSync('cp', ['-al', ...entries, copy]).status !== 0) spawnSync('cp', ['-a', ...entries, copy]);
  return copy;
}

describe.skipIf(self === undefined)('a user without rights', () => {
  let root = '';
  beforeAll(() => {
    chmodSync(folder, 0o755);
    mkdirSync(home);
    if (as) chownSync(home, as.uid, as.gid);
    // Builds what is not built, as whoever owns the clone.
    spawnSync(process.execPath, [join(projectRoot(), 'vigie', 'build.js')]);
    root = readableProject();
  }, LONGEST_START_MS);
  afterAll(async () => {
    await killStarted();
    for (const closed of ['closed', 'unbuilt'].map((name) => join(folder, name)).filter((path) => existsSync(path))) chmodSync(closed, 0o755);
    rmSync(folder, { recursive: true, force: true });
  });

  test('starts a built clone, sees the board move and ends it in order', async () => {
    const data = join(home, 'data');
    const program = await startProgram({ ...common, data, root });
    expect(statSync(join(data, 'server.json'))).toMatchObject({ uid: as?.uid ?? self });
    expect((await fetch(new URL('/ready', serverOf(data).address))).status).toBe(200);
    for (const page of ['/', '/kpi', '/calls', '/agents']) expect([page, (await fetch(new URL(page, serverOf(data).address))).status]).toEqual([page, 200]);
    expect(await boardMoves(data)).toBe(true);
    program.kill('SIGTERM');
    expect(await once(program, 'exit')).toEqual([0, null]);
  }, LONGEST_START_MS);

  const refused = async (start: { data: string; root: string }): Promise<{ code: unknown; said: string }> => {
    const program = spawnProgram({ ...common, ...start });
    let said = '';
    program.stderr?.on('data', (part: Buffer) => (said += part.toString('utf8')));
    const [code] = await once(program, 'close');
    return { code, said };
  };

  test('is told which directory it may not write to, and what to do', async () => {
    mkdirSync(join(folder, 'closed'), { mode: 0o555 });
    for (const data of [join(folder, 'closed'), join(folder, 'closed', 'data')]) {
      const { code, said } = await refused({ data, root });
      expect(said).toContain(`vigie: cannot write to the data directory ${data}: EACCES`);
      expect(said).toContain('This user may not read or write there: choose another directory with --data or VIGIE_DATA');
      expect([code, said.trimEnd().split('\n').length]).toEqual([1, 2]);
    }
  });

  test('is told that a clone of somebody else must be built by its owner', async () => {
    const unbuilt = join(folder, 'unbuilt');
    mkdirSync(unbuilt);
    for (const name of ['package.json', 'vigie/bin.cjs', 'vigie/build.js']) cpSync(join(projectRoot(), name), join(unbuilt, name));
    chmodSync(unbuilt, 0o555);
    const { code, said } = await refused({ data: join(home, 'other'), root: unbuilt });
    expect([code, said]).toEqual([1, `vigie: the program is not built here, and this user may not write to ${join(unbuilt, 'dist')} (EACCES): let the owner run "npm run build" in ${unbuilt} once\n`]);
  });
});
