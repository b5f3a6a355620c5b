import { expect, test } from 'vitest';
import { chooseLanguage } from './languages.ts';

test.each([
  ['the cookie wins', 'en', 'fr-FR,fr;q=0.9', 'en'],
  ['the browser’s first choice', undefined, 'fr-CM,fr;q=0.9,en;q=0.8', 'fr'],
  ['by weight, not by place', undefined, 'fr;q=0.3,en-GB;q=0.9', 'en'],
  ['a language we do not speak is passed over', undefined, 'de,en;q=0.5', 'en'],
  ['a wrong cookie is ignored', 'xx', 'en', 'en'],
  ['nothing said', undefined, null, 'fr'],
])('%s', (_name, cookie, accept, expected) => {
  expect(chooseLanguage(cookie, accept)).toBe(expected);
});
