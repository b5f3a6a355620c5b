import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { planHistory, readHistory, writeHistory } from './history-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-history-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the newest day comes first, today up to the live floor, across a month and a leap day', () => {
  const atMs = Date.parse('2028-03-01T10:30:00Z');
  expect(planHistory(atMs, 2, 7)).toEqual({ seed: 7, liveFromMs: atMs, done: [], days: ['2028-03-01', '2028-02-29', '2028-02-28'] });
  expect(planHistory(atMs, 0, 7).days).toEqual([]);
});

test('what is done is remembered; a damaged file counts as none', () => {
  expect(readHistory(folder)).toBeNull();
  const history = { ...planHistory(Date.parse('2026-01-02T00:00:00Z'), 1, 7), done: ['2026-01-02'] };
  writeHistory(folder, history);
  expect(readHistory(folder)).toEqual(history);
  writeFileSync(join(folder, 'history.json'), '{"seed":');
  expect(readHistory(folder)).toBeNull();
});
