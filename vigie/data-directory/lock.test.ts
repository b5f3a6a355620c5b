import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { DirectoryLockedError, lockDirectory, lockHolder } from './lock.ts';
import { processStart } from './process-start.ts';

const root = mkdtempSync(join(tmpdir(), 'vigie-lock-'));
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(root, 'data-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const hold = (pid: number, start: string): void => writeFileSync(join(directory, 'lock'), JSON.stringify({ pid, start, what: 'test', nonce: 'n' }));

test('one holder at a time, named to the second; released, it is free and clean', async () => {
  const lock = await lockDirectory(directory, 'vigie start');
  await expect(lockDirectory(directory, 'vigie import')).rejects.toThrow(`process ${process.pid} (vigie start)`);
  lock.release();
  expect(lockHolder(directory)).toBeNull();
  (await lockDirectory(directory, 'vigie import')).release();
  expect(readdirSync(directory)).toEqual([]);
});

test('the lock of a process that was killed is broken', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  hold(pid, processStart(pid) ?? '');
  await expect(lockDirectory(directory, 'x')).rejects.toBeInstanceOf(DirectoryLockedError);
  child.kill('SIGKILL');
  await once(child, 'exit');
  (await lockDirectory(directory, 'x')).release();
});

test.skipIf(process.platform === 'win32')('a number that another process has got since does not hold the lock', async () => {
  hold(process.pid, 'another start');
  expect(lockHolder(directory)).toBeNull();
  (await lockDirectory(directory, 'x')).release();
});

test('a lock that was cut off while it was written is broken', async () => {
  writeFileSync(join(directory, 'lock'), '{"pid":');
  const lock = await lockDirectory(directory, 'x');
  expect(lockHolder(directory)?.what).toBe('x');
  lock.release();
});

test('many who find a stale lock at once: one takes it', async () => {
  hold(999_999_999, 'gone');
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockDirectory(directory, 'x')));
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect(existsSync(join(directory, 'lock'))).toBe(true);
  expect(readdirSync(directory)).toEqual(['lock']);
});
