import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowedSpan, parseTarget, targetText, writtenTargets } from './prepare-targets.ts';

test.each([['99,9', 0.999], ['99.9', 0.999], [' 99,95 % ', 0.9995], ['99,9\u202f%', 0.999], ['50', 0.5], ['99,9999', 0.999999], ['99,90000', 0.999], ['0,0001', 0.000001], ['99,', 0.99], ['', null], [' % ', null]])('%o is %o', (text, target) => {
  expect(parseTarget(text)).toBe(target);
});

test.each([
  ['quatre-vingt-dix-neuf', 'availabilityUnread'], ['99,9,9', 'availabilityUnread'], ['99.9.9', 'availabilityUnread'], ['9e1', 'availabilityUnread'], ['1.000,5', 'availabilityUnread'], ['%', null], ['Infinity', 'availabilityUnread'],
  ['100', 'availabilityOutside'], ['0', 'availabilityOutside'], ['-5', 'availabilityOutside'], ['999', 'availabilityOutside'], ['0,0', 'availabilityOutside'],
  ['99,99999', 'availabilityTooFine'], ['99.00001', 'availabilityTooFine'],
])('%o is refused: %s', (text, problem) => {
  expect(parseTarget(text)).toBe(problem);
});

test('property: what is shown in either language is read as what it was', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 999_999 }), (millionths) => {
    for (const locale of ['fr', 'en']) expect(parseTarget(targetText(millionths / 1_000_000, locale))).toBe(millionths / 1_000_000);
  }));
});

test.each([[0.999, '43 min 12 s'], [0.9999, '4 min 19 s'], [0.99999, '26 s'], [0.99, '7 h 12'], [0.5, '360 h 00'], [0.9995, '21 min 36 s'], [1 - 60 / 2_592_000, '1 min']])('%d leaves %s in 30 days', (target, span) => {
  expect(allowedSpan(target)).toBe(span);
});

test('only what differs from the usual is kept, and nothing while a text cannot be read', () => {
  const set = [{ component: 'sql', target: 0.99 }, { component: 'crm', target: 0.95 }];
  expect(writtenTargets(set, {}, 0.999)).toEqual([{ component: 'crm', target: 0.95 }, { component: 'sql', target: 0.99 }]);
  expect(writtenTargets(set, { sql: '', crm: '99,9', power: '99.95' }, 0.999)).toEqual([{ component: 'power', target: 0.9995 }]);
  expect(writtenTargets(set, { sql: '99,5', crm: 'beaucoup' }, 0.999)).toBeNull();
});
