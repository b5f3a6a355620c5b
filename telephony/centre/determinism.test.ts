import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

/** Changes only when the rows are meant to change: then put here what the test prints. */
const HALF_DAY = '70f13cf597e4adf81e2d7f9a6c68dde9d44fc284e39be710e1af635a8bb49990';

const script = fileURLToPath(new URL('half-day.fixture.ts', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

async function halfDay(env: Record<string, string>): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], { cwd: root, env: { ...process.env, ...env } });
  return stdout.trim();
}

describe('the same seed', () => {
  it('gives the same rows, byte for byte, in any process, zone and locale', async () => {
    const hashes = [
      await halfDay({ TZ: 'Pacific/Auckland', LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' }),
      await halfDay({ TZ: 'America/St_Johns', LANG: 'fr_FR.UTF-8', LC_ALL: 'C' }),
    ];
    expect(hashes).toEqual([HALF_DAY, HALF_DAY]);
  });
});
