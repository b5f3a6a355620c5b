import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { failureReason } from './failure-reason.ts';

const thrown = (work: () => unknown): Promise<unknown> => Promise.resolve().then(work).then(() => null, (error: unknown) => error);

test('what a real machine throws is told by a code, with the folder that it is about', async () => {
  expect(failureReason(await thrown(() => readdir('/no/such/folder')))).toEqual({ code: 'folder-missing', path: '/no/such/folder' });
  expect(failureReason(await thrown(() => readdir(import.meta.filename)))).toEqual({ code: 'folder-missing', path: import.meta.filename });
  expect(failureReason(new Error('the warehouse does not answer', { cause: await thrown(() => once(connect(1, '127.0.0.1'), 'connect')) }))).toEqual({ code: 'not-reached' });
  expect(failureReason(await thrown(() => pause(10_000, undefined, { signal: AbortSignal.timeout(1) })))).toEqual({ code: 'too-slow' });
  expect(failureReason(await thrown(() => z.object({ holdSeconds: z.number() }).parse({})))).toEqual({ code: 'wrong-settings' });
});

test.each([[new Error('something else')], ['a text'], [null], [Object.assign(new Error('no path'), { code: 'ENOENT' })]])('%s is told as a failure that nobody foresaw', (error) => {
  expect(failureReason(error)).toEqual({ code: 'failed' });
});
