import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { projectRoot } from '../warehouse/sql-files.ts';

/** A project of its own with the real builder; the tools that it calls only do what a test can follow. */
const root = mkdtempSync(join(tmpdir(), 'vigie-build-'));
const TOOLS = {
  'typescript/bin/tsc': "require('node:fs').mkdirSync(process.argv[process.argv.indexOf('--outDir') + 1], { recursive: true });",
  // Writes its number, and stays as long as it may.
  'next/dist/bin/next': "const fs = require('node:fs'); fs.appendFileSync('builds', process.pid + '\\n'); if (fs.existsSync('slow')) setInterval(() => {}, 1000);",
};
/** A file that is there may be empty for a moment. */
const builds = (): number[] => (existsSync(join(root, 'builds')) ? [...readFileSync(join(root, 'builds'), 'utf8').matchAll(/^\d+$/gm)].map(Number) : []);
const build = () => spawn(process.execPath, [join(root, 'vigie', 'build.js')], { stdio: 'ignore' });

beforeAll(() => {
  for (const file of ['package.json', 'vigie/build.js', 'vigie/end-with-parent.js']) cpSync(join(projectRoot(), file), join(root, file));
  for (const [tool, text] of Object.entries(TOOLS)) {
    const file = join(root, 'node_modules', tool);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test.skipIf(process.platform === 'win32').each(['SIGTERM', 'SIGKILL'] as const)('a build ends with whoever asked for it: %s', async (signal) => {
  rmSync(join(root, 'builds'), { force: true });
  writeFileSync(join(root, 'slow'), '');
  const asked = build();
  await vi.waitFor(() => expect(builds()).toHaveLength(1), { timeout: 30_000 });
  const [tool = 0] = builds();
  expect(isAlive(tool)).toBe(true);
  asked.kill(signal);
  await once(asked, 'exit');
  await vi.waitFor(() => expect(isAlive(tool)).toBe(false), { timeout: 10_000 });

  // The next one does not wait for it, and builds.
  rmSync(join(root, 'slow'));
  expect(await once(build(), 'exit')).toEqual([0, null]);
  expect(builds()).toHaveLength(2);
  rmSync(join(root, 'dashboard'), { recursive: true });
});

test('what is built is not built again', async () => {
  rmSync(join(root, 'builds'), { force: true });
  for (let time = 0; time < 2; time++) expect(await once(build(), 'exit')).toEqual([0, null]);
  expect(builds()).toHaveLength(1);
});

test.skipIf(process.platform === 'win32')('a program that keeps its data to itself leaves its build readable', async () => {
  rmSync(join(root, 'dashboard'), { recursive: true, force: true });
  rmSync(join(root, 'builds'), { force: true });
  const script = `process.umask(0o022); import(${JSON.stringify(pathToFileURL(join(root, 'vigie', 'build.js')).href)}).then(({ buildDashboard }) => { process.umask(0o077); buildDashboard(); process.exit(process.umask(0) === 0o077 ? 0 : 3); })`;
  expect(await once(spawn(process.execPath, ['-e', script], { stdio: 'ignore' }), 'exit')).toEqual([0, null]);
  const modes = ['builds', 'dashboard/.next', 'dashboard/.next/built-from'].map((name) => statSync(join(root, name)).mode & 0o777);
  expect(modes).toEqual([0o644, 0o755, 0o644]);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
