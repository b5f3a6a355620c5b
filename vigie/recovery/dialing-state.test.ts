import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { PacingState } from '../../telephony/dialer/pacing.ts';
import { NuisanceWindows } from '../../telephony/dialer/nuisance-windows.ts';
import { dialingStateOf, keepDialingState } from './dialing-state.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const NOW = Date.parse('2026-03-31T10:00:00Z');
const MINUTE = NOW / MINUTE_MS;

function directory(): string {
  const made = mkdtempSync(join(tmpdir(), 'vigie-dialing-state-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Windows of a campaign that has dialed every day for 35 days: 100 answers a day, 2 of them nuisance calls, 10 on the last. */
function longCampaign(): NuisanceWindows {
  const windows = new NuisanceWindows();
  for (let day = 35; day > 0; day -= 1) for (let answer = 0; answer < 100; answer += 1) {
    const atMs = NOW - day * DAY_MS + answer * MINUTE_MS;
    windows.take([answer < (day === 1 ? 10 : 2) ? { kind: 'nuisance', atMs } : { kind: 'passed', atMs, waitedMs: 0 }]);
  }
  return windows;
}

function keep(made: string, states: () => Record<string, PacingState>, undecided: () => string[] = () => [], everyMs = 5): () => Promise<void> {
  return keepDialingState({ directory: made, states, undecided, nowMs: () => NOW, everyMs, onTrouble: (message) => { throw new Error(message); } });
}

function read(made: string, answers: Record<string, number[]> = {}): { states: Promise<Record<string, PacingState>>; asked: unknown[]; troubles: string[] } {
  const [asked, troubles]: [unknown[], string[]] = [[], []];
  const states = dialingStateOf({ directory: made, nowMs: NOW + MINUTE_MS, onTrouble: (message) => void troubles.push(message), answersSince: (sinceMs, calls) => {
    asked.push([sinceMs, calls]);
    return Promise.resolve(answers);
  } });
  return { states, asked, troubles };
}

/** Of the last 24 hours and 30 days. */
function counts(state: PacingState | undefined, atMs: number): unknown {
  const windows = new NuisanceWindows(state?.['windows']);
  return [windows.counts(atMs, DAY_MS), windows.counts(atMs, 30 * DAY_MS)];
}

test('an orderly end keeps the last word: the windows of a day and of thirty days go on where they were', async () => {
  const made = directory();
  const windows = longCampaign();
  const states = (): Record<string, PacingState> => ({ 9000: { mode: 'predictive', version: 1, learned: [0.2, 8], windows: windows.state() } });
  const end = keep(made, states, () => [], 60_000);
  windows.take([{ kind: 'nuisance', atMs: NOW }]);
  await end();
  const { states: carried, asked, troubles } = read(made);
  const state = (await carried)['9000'];
  expect(state).toMatchObject({ mode: 'predictive', learned: [0.2, 8] });
  expect(counts(state, NOW)).toEqual([{ answers: 101, nuisances: 11 }, { answers: 3001, nuisances: 69 }]);
  // A day later the worst day has left the one window, and the oldest the other.
  expect(counts(state, NOW + DAY_MS - MINUTE_MS)).toEqual([{ answers: 1, nuisances: 1 }, { answers: 2901, nuisances: 67 }]);
  expect([asked, troubles]).toEqual([[[NOW, []]], []]);
});

test('after a kill the file is the one before, and what it lacks comes from the call files, also of dials that rang then', async () => {
  const made = directory();
  const windows = longCampaign();
  let written = false;
  const end = keep(made, () => ({ 9000: { mode: 'predictive', version: 1, windows: windows.state() } }), () => {
    written = true;
    return ['rang'];
  });
  await vi.waitFor(() => expect(written && existsSync(join(made, 'dialing-state.json'))).toBe(true), { timeout: 20_000 });
  const kept = readFileSync(join(made, 'dialing-state.json'), 'utf8');
  await end();
  writeFileSync(join(made, 'dialing-state.json'), kept);
  // One that rang before the last minute of the file, two later ones; another campaign was dialed by another machine.
  const { states, asked } = read(made, { 9000: [MINUTE - DAY_MS / MINUTE_MS + 98, 1, 1, MINUTE, 2, 0], 9001: [MINUTE, 5, 1] });
  const carried = await states;
  expect(asked).toEqual([[NOW, ['rang']]]);
  expect(counts(carried['9000'], NOW + MINUTE_MS)).toEqual([{ answers: 102, nuisances: 10 }, { answers: 3003, nuisances: 69 }]);
  expect(counts(carried['9001'], NOW + MINUTE_MS)).toEqual([{ answers: 5, nuisances: 1 }, { answers: 5, nuisances: 1 }]);
  // In the order of time, a minute once.
  const minutes = new NuisanceWindows(carried['9000']?.['windows']).state().filter((_, i) => i % 3 === 0);
  expect(minutes).toEqual([...new Set(minutes)].toSorted((a, b) => a - b));
});

test.each(['', '{', 'null', '[]', '{"version":3,"campaigns":[]}', '{"atMs":"yesterday","campaigns":{}}', '{"atMs":1,"campaigns":{"9000":{"mode":"fast","version":1}}}',
  '{"atMs":1,"campaigns":{"9000":{"mode":"predictive","version":1,"windows":"many"}}}', '\0\u0001\ufffd'])('a file that is none, %j, is put aside with a word, and all answers come from the call files', async (text) => {
  const made = directory();
  const file = join(made, 'dialing-state.json');
  writeFileSync(file, text);
  const { states, asked, troubles } = read(made, { 9000: [MINUTE, 3, 1] });
  expect(counts((await states)['9000'], NOW + MINUTE_MS)).toEqual([{ answers: 3, nuisances: 1 }, { answers: 3, nuisances: 1 }]);
  expect(asked).toEqual([[NOW + MINUTE_MS - 31 * DAY_MS, []]]);
  expect(troubles).toEqual([expect.stringContaining(`${file}.aside`)]);
  expect([existsSync(file), readFileSync(`${file}.aside`, 'utf8')]).toEqual([false, text]);
  // Where nothing is, nothing is wrong.
  expect(read(made).troubles).toEqual([]);
});
