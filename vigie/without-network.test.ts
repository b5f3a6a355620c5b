import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../dashboard/e2e/browser.ts';
import { projectRoot } from '../warehouse/sql-files.ts';
import { withoutNetwork } from './fixtures/no-network.ts';
import { boardMoves, killStarted, LONGEST_START_MS, serverOf, startProgram } from './fixtures/start-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-no-network-'));
const network = withoutNetwork(join(folder, 'trace'));
if (network.impossible) process.stderr.write('SKIPPED: neither a network namespace nor strace can be had, a run without network is not seen\n');
// Builds what is not built, which is not what is looked at.
beforeAll(() => void spawnSync(process.execPath, [join(projectRoot(), 'vigie', 'build.js')]), LONGEST_START_MS);
afterAll(async () => {
  await killStarted();
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(network.impossible)('whoever does call somebody outside is seen, or cannot', () => {
  const caller = withoutNetwork(join(folder, 'trace of a caller'));
  const [command = '', ...args] = [...caller.through, process.execPath, '-e', "require('node:net').connect(9, '192.0.2.1').setTimeout(500, () => process.exit()).on('error', ({ code }) => process.stdout.write(code))"];
  const { stdout } = spawnSync(command, args, { encoding: 'utf8' });
  expect(caller.called() ?? [stdout]).toContain(caller.called() ? '192.0.2.1' : 'ENETUNREACH');
});

/** Neither leaves the machine: its own loopback, sockets that are files, and the kernel. */
const AT_HOME = /^(127\.\d+\.\d+\.\d+|::1|AF_UNIX|AF_NETLINK|AF_UNSPEC)$/;
const PAGES = [['/', 'board'], ['/kpi', 'totals'], ['/calls', 'total'], ['/agents', 'lanes']] as const;

test.skipIf(network.impossible)('without a network everything starts, pages load, the board moves; nobody outside is called', async () => {
  const data = join(folder, 'data');
  const program = await startProgram({ data, historyDays: 1, through: network.through });
  const { address, pid } = serverOf(data);
  expect(pid).toBe(program.pid);
  expect(await boardMoves(data, network.enter(pid))).toBe(true);

  const browser = await launchBrowser((executable) => enteredBy(network.enter(pid), executable));
  try {
    const page = await browser.newPage();
    const elsewhere = new Set<string>();
    const complaints: string[] = [];
    page.on('request', (request) => { if (!request.url().startsWith(`${address}/`) && !request.url().startsWith('data:')) elsewhere.add(request.url()); });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
    for (const [path, sign] of PAGES) {
      await page.goto(`${address}${path}`);
      await page.getByTestId(sign).first().waitFor({ timeout: 30_000 });
    }
    await page.goto(address);
    const board = page.getByTestId('board');
    await board.waitFor({ timeout: 30_000 });
    const first = await board.getAttribute('data-at');
    await page.waitForFunction((before) => document.querySelector('[data-testid=board]')?.getAttribute('data-at') !== before, first, { timeout: 20_000 });
    expect(await page.evaluate(() => document.fonts.check('16px "Inter Variable"'))).toBe(true);
    expect([[...elsewhere], complaints]).toEqual([[], []]);
  } finally {
    await browser.close();
  }

  program.kill('SIGTERM');
  expect(await once(program, 'exit')).toEqual([0, null]);
  const called = network.called();
  // It calls itself: the pages are drawn once, and the embedded store is behind a socket.
  expect(['127.0.0.1', 'AF_UNIX'].filter((each) => called?.includes(each) === false)).toEqual([]);
  expect(called?.filter((each) => !AT_HOME.test(each)) ?? []).toEqual([]);
}, LONGEST_START_MS);

/** A program of its own that starts the browser inside the network. */
function enteredBy(enter: readonly string[], executable: string): string {
  const file = join(folder, 'browser.sh');
  writeFileSync(file, `#!/bin/sh\nexec ${enter.join(' ')} '${executable}' "$@"\n`, { mode: 0o755 });
  return file;
}
