import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('testing/small-scenario.ts', import.meta.url));

/** Changes only when the automaton's behaviour or its rows change on purpose. */
const COMMITTED = { rows: 6519, hash: '2358f21ab2d6730004d0c64a19573da15036ff144c65870cfc519c2a03d4e8e6' };

async function rowsOf(seed: number, TZ: string, LANG: string): Promise<unknown> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', SCRIPT, `${seed}`], { env: { ...process.env, TZ, LANG, LC_ALL: LANG } });
  return JSON.parse(stdout);
}

test('one seed gives the same rows, byte for byte, in any process, zone and locale', async () => {
  const [a, b, other] = await Promise.all([rowsOf(7, 'Pacific/Apia', 'fr_FR.UTF-8'), rowsOf(7, 'America/St_Johns', 'ar_EG.UTF-8'), rowsOf(8, 'UTC', 'C')]);
  expect(a).toEqual(COMMITTED);
  expect(b).toEqual(a);
  expect(other).not.toEqual(a);
});
