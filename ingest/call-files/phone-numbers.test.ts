import fc from 'fast-check';
import type { CountryCode } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { byLibrary, phoneParser } from './phone-numbers.ts';
import { countryOfZone, zoneNamed, zoneOfCountry } from './zones.ts';

const COUNTRIES: CountryCode[] = ['FR', 'CM', 'BE', 'CH', 'ES', 'SN', 'CI', 'DE', 'PT', 'TN', 'MA', 'RE', 'GB', 'US', 'IT', 'DZ', 'GA', 'LU'];
const CODES = ['33', '237', '32', '41', '34', '221', '225', '49', '351', '216', '212', '262', '44', '1', '39', '213', '241', '352'];

/** Numbers as people write them, right and wrong: prefixes, lengths, groups. */
const written = fc.tuple(
  fc.constantFrom('', '0', '00', '000', '+', '+0', ...CODES.flatMap((code) => [code, `+${code}`, `00${code}`, `+${code}0`, `00${code}0`])),
  fc.oneof(fc.integer({ min: 100_000, max: 9_999_999_999 }), fc.integer({ min: 600_000_000, max: 799_999_999 }), fc.integer({ min: 200_000_000, max: 699_999_999 })),
  fc.constantFrom('', ' ', '.', '-', '/', '  '), fc.integer({ min: 2, max: 4 }), fc.constantFrom('', '', '', ' ', 'x', ' ext 3'),
).map(([prefix, digits, between, group, after]) => prefix + (between === '' ? String(digits) : (String(digits).match(new RegExp(`.{1,${group}}`, 'g')) ?? []).join(between)) + after);

test('the short way says what the library says, for every country', () => {
  for (const country of COUNTRIES) {
    const parse = phoneParser(country);
    fc.assert(fc.property(written, (text) => {
      expect([text, parse(text)]).toEqual([text, byLibrary(text, country)]);
    }), { numRuns: 1000 });
  }
});

test('numbers are E.164; those of nobody are none', () => {
  const parse = phoneParser('FR');
  expect(['06 12 34 56 78', '+33 6.12.34.56.78', '0033612345678', '(0)6 12 34 56 78'].map((text) => parse(text)?.digits)).toEqual([33612345678, 33612345678, 33612345678, 33612345678]);
  expect(parse('+237 6 50 00 00 01')).toEqual({ digits: 237650000001, country: 'CM' });
  expect(parse('0262 12 34 56')).toBeNull();
  for (const text of ['', '12', '0012', 'abc', '=1+1', '06 12 34 56 78 poste 3', '9'.repeat(5000)]) expect(parse(text)).toBeNull();
});

test("a number's zone is its country's; where there are several, it must be a good hour in all", () => {
  expect(zoneOfCountry('RE')).toEqual({ zone: 'Indian/Reunion', places: ['Indian/Reunion'] });
  expect(zoneOfCountry('ES')?.zone).toBe('ES');
  expect(zoneOfCountry('ES')?.places).toContain('Atlantic/Canary');
  expect([zoneNamed('europe/paris')?.zone, zoneNamed('Paris'), zoneNamed('+02:00'), zoneNamed('Mars/Nord')]).toEqual(['Europe/Paris', null, null, null]);
  expect([countryOfZone('Africa/Douala'), countryOfZone('Europe/Paris'), countryOfZone('Mars/Nord')]).toEqual(['CM', 'FR', null]);
});
