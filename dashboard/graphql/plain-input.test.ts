import { expect, test } from 'vitest';
import { plainFields } from './plain-input.ts';

test('an answer that is sent back has no `__typename` in it, however deep', () => {
  const settings = { __typename: 'Settings', shares: [0.5], contacts: [{ __typename: 'Contact', id: 'a', email: null, of: { __typename: 'Party', id: 1 } }], at: undefined };
  expect(plainFields({ settings, language: 'fr', many: [[{ __typename: 'X', on: true }]] })).toEqual({ settings: { shares: [0.5], contacts: [{ id: 'a', email: null, of: { id: 1 } }] }, language: 'fr', many: [[{ on: true }]] });
});
