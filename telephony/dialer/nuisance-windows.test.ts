import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NuisanceWindows } from './nuisance-windows.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const answers = fc.array(fc.record({ afterMs: fc.integer({ min: 0, max: 4 * HOUR_MS }), nuisance: fc.boolean() }), { minLength: 1, maxLength: 120 });

function lived(list: { afterMs: number; nuisance: boolean }[]): { atMs: number; nuisance: boolean }[] {
  let atMs = Date.UTC(2026, 2, 1);
  return list.map(({ afterMs, nuisance }) => ({ atMs: (atMs += afterMs), nuisance }));
}

function windowsOf(list: { atMs: number; nuisance: boolean }[]): NuisanceWindows {
  const windows = new NuisanceWindows();
  for (const { atMs, nuisance } of list) windows.take([nuisance ? { kind: 'nuisance', atMs } : { kind: 'passed', atMs, waitedMs: 0 }]);
  return windows;
}

test('counts a window to the minute, and survives being written down', () => {
  fc.assert(fc.property(answers, (list) => {
    const all = lived(list);
    const nowMs = (all.at(-1)?.atMs ?? 0) + 1;
    const inside = all.filter(({ atMs }) => Math.floor(atMs / 60_000) * 60_000 + 60_000 > nowMs - DAY_MS);
    const share = inside.filter(({ nuisance }) => nuisance).length / inside.length;
    const windows = windowsOf(all);
    expect(windows.share(nowMs, DAY_MS)).toBeCloseTo(share, 12);
    const stored = new NuisanceWindows(JSON.parse(JSON.stringify(windows.state())));
    expect(stored.share(nowMs, DAY_MS)).toBeCloseTo(share, 12);
    expect(stored.allowance(nowMs, DAY_MS, 0.03, 0)).toBeCloseTo(windows.allowance(nowMs, DAY_MS, 0.03, 0), 9);
  }));
});

test('never allows more than this window or any that ends within two hours has, if nothing more is won', () => {
  fc.assert(fc.property(answers, (list) => {
    const all = lived(list);
    const nowMs = (all.at(-1)?.atMs ?? 0) + 1;
    const allowance = windowsOf(all).allowance(nowMs, DAY_MS, 0.03, 0);
    for (let laterMs = 0; laterMs <= 2 * HOUR_MS; laterMs += 5 * 60_000) {
      const inside = all.filter(({ atMs }) => atMs > nowMs + laterMs - DAY_MS);
      const balance = inside.reduce((sum, { nuisance }) => sum + 0.03 - (nuisance ? 1 : 0), 0);
      // A minute that the window cuts may count whole.
      const cut = all.filter(({ atMs }) => Math.abs(atMs - (nowMs + laterMs - DAY_MS)) <= 60_000).length;
      expect(allowance).toBeLessThanOrEqual(balance + cut + 1e-9);
    }
  }));
});

test('forgets after 31 days', () => {
  const atMs = Date.UTC(2026, 2, 1);
  const windows = windowsOf([{ atMs, nuisance: true }, { atMs: atMs + 32 * DAY_MS, nuisance: false }]);
  expect(windows.answers).toBe(1);
  expect(windows.share(atMs + 32 * DAY_MS, 30 * DAY_MS)).toBe(0);
});

test('thirty days of forty: each hour leaves the window when it is thirty days old, also when all is written down each night', () => {
  const startMs = Date.UTC(2026, 2, 1);
  const lived: { atMs: number; nuisance: boolean }[] = [];
  let windows = new NuisanceWindows();
  for (let hour = 0; hour < 40 * 24; hour += 1) {
    // Dialed from 8 to 20 h, the third day badly.
    if (hour % 24 >= 8 && hour % 24 < 20) for (let minute = 0; minute < 60; minute += 7) {
      const answer = { atMs: startMs + hour * HOUR_MS + minute * 60_000, nuisance: minute === 0 && (hour % 3 === 0 || Math.floor(hour / 24) === 2) };
      lived.push(answer);
      windows.take([answer.nuisance ? { kind: 'nuisance', atMs: answer.atMs } : { kind: 'passed', atMs: answer.atMs, waitedMs: 0 }]);
    }
    if (hour % 24 === 22) windows = new NuisanceWindows(JSON.parse(JSON.stringify(windows.state())));
    const nowMs = startMs + (hour + 1) * HOUR_MS;
    const inside = lived.filter(({ atMs }) => atMs >= nowMs - 30 * DAY_MS);
    expect(windows.counts(nowMs, 30 * DAY_MS)).toEqual({ answers: inside.length, nuisances: inside.filter(({ nuisance }) => nuisance).length });
    // What leaves within two and a half days may not be spent twice.
    const later = lived.filter(({ atMs }) => atMs >= nowMs - 28 * DAY_MS);
    expect(windows.allowance(nowMs, 30 * DAY_MS, 0.03, 0)).toBeLessThanOrEqual(later.reduce((sum, { nuisance }) => sum + 0.03 - (nuisance ? 1 : 0), 0) + 1e-9);
  }
});
