import { getCountries, isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/metadata.max.json';
import { z } from 'zod';

/** A number that may exist, by its country's numbering plan. */
export interface PhoneNumber {
  /** E.164 without its plus. */
  digits: number;
  /** ISO code; null where the number belongs to none, or several share it. */
  country: string | null;
}

export type PhoneParser = (text: string) => PhoneNumber | null;

/** @returns null when it is no ISO code of a country with telephone numbers. */
export function countryOf(code: string): CountryCode | null {
  const upper = code.toUpperCase();
  return isSupportedCountry(upper) ? upper : null;
}

export { getCountries as countriesWithNumbers };

/**
 * Reads numbers as libphonenumber does, those without a country code as numbers of `country`. The library takes thirty
 * microseconds each; numbers as people usually write them are held against the library's own patterns directly.
 */
export function phoneParser(country: CountryCode): PhoneParser {
  const usual = usualNumbers(country);
  return (text) => {
    const known = usual(text);
    return known === null ? byLibrary(text, country) : { digits: known, country };
  };
}

/** @returns null also for what is a number by its length only. */
export function byLibrary(text: string, country: CountryCode): PhoneNumber | null {
  const number = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
  // An extension is dialed by a person: there is no such contact for a dialer.
  if (!number?.isValid() || number.ext !== undefined) return null;
  return { digits: Number(number.number.slice(1)), country: number.country ?? null };
}

const type = z.tuple([z.string()]).rest(z.unknown()).transform(([pattern, lengths]) => ({ pattern, lengths: z.array(z.number()).nullable().catch(null).parse(lengths) }));
/** A numbering plan as the library's metadata packs it; 0 stands for nothing. */
const planSchema = z.array(z.unknown()).transform((plan) => ({
  callingCode: z.string().parse(plan[0]), exit: plan[1], national: z.string().parse(plan[2]), prefix: plan[5], prefixForParsing: plan[7], transform: plan[8], leadingDigits: plan[10],
  types: z.array(z.unknown()).catch([]).parse(plan[11]).flatMap((entry) => (type.safeParse(entry).data ?? [])),
}));

/** Digits of a valid number in a usual form, else null: then it is for the library to say. */
function usualNumbers(country: CountryCode): (text: string) => number | null {
  const plan = planSchema.parse(metadata.countries[country]);
  const { callingCode, exit, national, prefix, prefixForParsing, transform, leadingDigits } = plan;
  const simple = exit === '00' && (prefix === 0 || prefix === '0') && !prefixForParsing && !transform && !leadingDigits && metadata.country_calling_codes[callingCode as keyof typeof metadata.country_calling_codes]?.length === 1;
  if (!simple) return () => null;
  const general = new RegExp(`^(?:${national})$`);
  const types = plan.types.filter(({ pattern }) => pattern !== '').map(({ pattern, lengths }) => ({ pattern: new RegExp(`^(?:${pattern})$`), lengths }));
  const valid = (digits: string): boolean => general.test(digits) && types.some(({ pattern, lengths }) => (lengths === null || lengths.includes(digits.length)) && pattern.test(digits));
  return (text) => {
    const digits = USUAL.test(text) ? text.replaceAll(/[ .-]/g, '') : text;
    if (!/^\+?\d{7,15}$/.test(digits)) return null;
    const rest = digits.startsWith(`+${callingCode}`) ? digits.slice(callingCode.length + 1)
      : digits.startsWith(`00${callingCode}`) ? digits.slice(callingCode.length + 2)
      : prefix === '0' ? (digits.startsWith('0') ? digits.slice(1) : '')
      : digits.startsWith(callingCode) ? '' : digits;
    return rest !== '' && !/^[0+]/.test(rest) && valid(rest) ? Number(callingCode + rest) : null;
  };
}

/** Groups of digits with one blank, dot or dash between them. */
const USUAL = /^\+?\d+(?:[ .-]\d+)+$/;
