import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withPatch } from '../../url/use-params.ts';
import { dialerFixture } from '../fixtures/campaign.ts';
import { parseStudy, questionOf, RULES, STUDY_MODES, toPatch, toVariables } from './question.ts';

test('the address holds the question', () => {
  const question = { ...parseStudy(''), contacts: 5000, agents: 12, modes: [STUDY_MODES[3] ?? 'MANUAL', 'PREDICTIVE' as const], answerPercent: 12.5, seed: 0 };
  const address = withPatch('', toPatch(question));
  expect(address).toContain('modes=vicidial-hard-limit,predictive');
  expect(parseStudy(address)).toEqual(question);
});

test('whatever stands in the address, the question can be asked', () => {
  fc.assert(fc.property(fc.dictionary(fc.constantFrom(...Object.values(RULES).map(({ param }) => param), 'modes'), fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String))), (params) => {
    const question = parseStudy(new URLSearchParams(params).toString());
    for (const [field, { least, most }] of Object.entries(RULES)) {
      const value = Object.entries(question).find(([name]) => name === field)?.[1];
      expect(Number(value)).toBeGreaterThanOrEqual(least);
      expect(Number(value)).toBeLessThanOrEqual(most);
    }
    expect(question.modes.length).toBeGreaterThan(0);
  }), { numRuns: 200 });
});

test('a running campaign asks with its own figures, within bounds', () => {
  expect(questionOf(dialerFixture(), 20)).toMatchObject({ contacts: 8000, agents: 20, answerPercent: 19.8, limitPercent: 3, talkSeconds: 150, wrapupSeconds: 30 });
  expect(questionOf(dialerFixture({ contactsOpen: 4_000_000, why: null, recent: null }), 0)).toMatchObject({ contacts: 300_000, agents: 20, answerPercent: 20, talkSeconds: 150 });
  expect(toVariables(parseStudy('answers=30&limit=2.9'))).toMatchObject({ answerShare: 0.3, nuisanceShare: 0.029 });
});
