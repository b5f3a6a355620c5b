import { describe, expect, test } from 'vitest';
import { PredictivePacing } from '../pacing-predictive.ts';
import type { PacingState } from '../pacing.ts';
import { contactFuture } from './contact-future.ts';
import { worstWindowShare } from './observed.ts';
import { afterDisturbance, disturbedSetting, live, livePaced, shiftsSetting, standardSetting } from './scenarios.ts';
import { STANDARD_CAMPAIGN } from './standard-campaign.ts';

describe('the standard campaign', () => {
  test('has the shares and durations that it says', () => {
    const futures = Array.from({ length: 100_000 }, (_, index) => contactFuture(STANDARD_CAMPAIGN, 5, index, 0));
    const share = (outcome: string): number => futures.filter((future) => future.outcome === outcome).length / futures.length;
    // Of those who would answer, e^(-23/8) would after the end of ringing.
    const inTime = 1 - Math.exp(-23 / 8);
    expect(share('person')).toBeCloseTo(0.2 * 0.98 * inTime, 2);
    expect(share('machine')).toBeCloseTo(0.15 * inTime, 2);
    expect(share('refused')).toBeCloseTo(0.1, 2);
    const mean = futures.reduce((sum, { talkMs }) => sum + talkMs, 0) / futures.length;
    const deviation = Math.sqrt(futures.reduce((sum, { talkMs }) => sum + (talkMs - mean) ** 2, 0) / futures.length);
    expect(mean / 150_000).toBeCloseTo(1, 1);
    expect(deviation / mean).toBeCloseTo(0.8, 1);
    expect(futures.reduce((sum, { wrapupMs }) => sum + wrapupMs, 0) / futures.length / 30_000).toBeCloseTo(1, 1);
  });

  test('is lived again exactly', () => {
    expect(live(standardSetting(8, 4, 0.5), 'predictive')).toEqual(live(standardSetting(8, 4, 0.5), 'predictive'));
  });

  test('ranks the pacings: clairvoyant, predictive, VICIdial and progressive, preview, manual', () => {
    const setting = standardSetting(30, 2, 2);
    const talk = (['clairvoyant', 'predictive', 'vicidial', 'preview', 'manual'] as const).map((studied) => live(setting, studied).talkMinutesPerHour);
    expect(talk).toEqual(talk.toSorted((a, b) => b - a));
    expect(live(setting, 'clairvoyant').busyShare).toBeGreaterThan(0.995);
    expect(live(setting, 'progressive')).toMatchObject({ nuisances: 0, cancelled: 0 });
  });

  test('has three shifts around the clock', () => {
    const { agentsAt } = shiftsSetting(50, 1);
    expect([0, 8, 16, 24].map((hour) => agentsAt(hour * 3_600_000))).toEqual([50, 35, 10, 50]);
  });

  test('ends with its contacts', () => {
    for (const studied of ['manual', 'progressive', 'vicidial', 'predictive', 'clairvoyant'] as const) {
      const { dials, hours, contactsPerHour } = live(standardSetting(10, 1, 1.5, 300), studied);
      expect([studied, dials, hours < 1.5]).toEqual([studied, 300, true]);
      expect(contactsPerHour * hours).toBeCloseTo(300, 6);
    }
  });
});

describe('predictive', () => {
  test.each([10, 30])('keeps %i agents busy and the limit in every window', (agents) => {
    const result = live(standardSetting(agents, 11, 5), 'predictive');
    expect(result.worstDayShare).toBeLessThanOrEqual(0.03);
    expect(result.busyShare).toBeGreaterThan(agents === 10 ? 0.82 : 0.89);
  });

  test('stands a jump of the answer rate', () => {
    const { worstShare, backMinutes } = afterDisturbance(live({ ...disturbedSetting(30, 2, 'answers'), hours: 6 }, 'predictive'));
    expect(worstShare).toBeLessThanOrEqual(0.035);
    expect(backMinutes).toBeLessThanOrEqual(30);
  });

  test('carries its windows over days: written down each evening, read each morning', () => {
    let state: PacingState | undefined;
    const answers = [];
    for (let day = 0; day < 3; day += 1) {
      const pacing = new PredictivePacing(state);
      const startMs = day * 24 * 3_600_000;
      const result = livePaced({ ...standardSetting(20, day + 1, 3), startMs }, pacing);
      state = JSON.parse(JSON.stringify(pacing.state()));
      answers.push(...result.answers.map(({ atMs, nuisance }) => ({ atMs: atMs + startMs, nuisance })));
    }
    expect(worstWindowShare(answers, 200, 30 * 24 * 3_600_000)).toBeLessThanOrEqual(0.03);
  });
});

test('the worst window is found by the slow way too', () => {
  const answers = Array.from({ length: 400 }, (_, index) => ({ atMs: index * 600_000 + (index % 7) * 1000, nuisance: index % 37 === 0 || (index > 250 && index < 260) }));
  let worst = 0;
  for (let end = 50; end < answers.length; end += 1) {
    const lastMs = answers[end]?.atMs ?? 0;
    // The window that ends at this answer, and those that end until the next one, as old answers leave them.
    for (const { atMs } of [{ atMs: lastMs - 24 * 3_600_000 }, ...answers]) {
      if (atMs < lastMs - 24 * 3_600_000 || atMs > (answers[end + 1]?.atMs ?? lastMs + 1) - 24 * 3_600_000) continue;
      const inside = answers.slice(0, end + 1).filter((answer) => answer.atMs > atMs);
      worst = Math.max(worst, inside.filter(({ nuisance }) => nuisance).length / inside.length);
    }
  }
  expect(worstWindowShare(answers, 50)).toBeCloseTo(worst, 12);
});
