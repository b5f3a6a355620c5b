import { expect, test } from 'vitest';
import { prepareValues } from './prepare-values.ts';

test('numbers in the reader’s language, words as they are, no value as a dash', () => {
  expect(prepareValues({ rows: 0, share: 0.123_456, gateway: 'm1', silent: true, last: null, more: { x: 1 } }, 'fr').map(({ name, value }) => `${name}=${value}`)).toEqual(['rows=0', 'share=0,123', 'gateway=m1', 'silent=true', 'last=–']);
  expect([prepareValues(null, 'fr'), prepareValues('x', 'fr')]).toEqual([[], []]);
});
