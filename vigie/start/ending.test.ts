import { pino, type Logger } from 'pino';
import { expect, test } from 'vitest';
import type { Echo } from '../threads/fixtures/echo.worker.ts';
import { startThread } from '../threads/start.ts';
import { createEnding } from './ending.ts';

const entry = new URL('../threads/fixtures/echo.worker.ts', import.meta.url);

function logged(): { lines: string[]; logger: Logger } {
  const lines: string[] = [];
  return { lines, logger: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }) };
}

test('the last part ends first, a part that fails holds nobody up, and all of it happens once', async () => {
  const { lines, logger } = logged();
  const ending = createEnding(logger);
  const order: string[] = [];
  for (const name of ['lock', 'store', 'web']) {
    ending.add(name, () => {
      order.push(name);
      if (name === 'store') throw new Error('the store hangs');
    });
  }
  await Promise.all([ending.end(null), ending.end(new Error('later'))]);
  expect(order).toEqual(['web', 'store', 'lock']);
  expect(await ending.ended).toBeNull();
  expect(lines.join('')).toMatch(/the store hangs/);
});

test('a thread that crashes ends the program, with its reason, and the other parts in order', async () => {
  const { logger } = logged();
  const ending = createEnding(logger);
  let released = false;
  ending.add('lock', () => (released = true));
  const healthy = await startThread<Echo>({ entry, name: 'healthy', functions: { ended: () => undefined } });
  ending.watch(healthy);
  const thread = await startThread<Echo>({ entry, name: 'core' });
  ending.watch(thread);
  await thread.remote.crash();
  expect(await ending.ended).toMatchObject({ message: 'the core thread died, and the program with it: crashed on purpose' });
  expect([released, await healthy.ended]).toEqual([true, null]);
});
