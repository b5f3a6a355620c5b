import { expect, test } from 'vitest';
import { prepareValues } from './prepare-values.ts';

test('numbers in the reader’s language, words as they are, no value as a dash', () => {
  expect(prepareValues({ rows: 0, share: 0.123_456, gateway: 'm1', silent: true, last: null, loadError: '', more: { x: 1 } }, 'fr').map(({ name, known, value }) => [name, known, value])).toEqual([
    ['rows', 'rows', '0'], ['share', 'share', '0,123'], ['gateway', 'gateway', 'm1'], ['silent', 'silent', true], ['last', null, '–'], ['loadError', 'loadError', '–'],
  ]);
  expect([prepareValues(null, 'fr'), prepareValues('x', 'fr')]).toEqual([[], []]);
});
