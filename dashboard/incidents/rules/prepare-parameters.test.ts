import { expect, test } from 'vitest';
import { changedParameters, valueIn } from './prepare-parameters.ts';

const parameters = [{ name: 'minutes', value: 7, usual: 5 }, { name: 'share', value: 0.5, usual: 0.5 }, { name: 'on', value: true, usual: true }];

test('only what differs from the usual is kept; an emptied value goes back to it', () => {
  expect(changedParameters(parameters, {})).toEqual([{ name: 'minutes', value: 7 }]);
  expect(changedParameters(parameters, { minutes: null, share: 0.6, on: false })).toEqual([{ name: 'share', value: 0.6 }, { name: 'on', value: false }]);
  expect(changedParameters(parameters, { minutes: 5 })).toEqual([]);
});

test('a value that is none', () => {
  expect([valueIn({}), valueIn(undefined), valueIn(0), valueIn('')]).toEqual([null, null, 0, '']);
});
