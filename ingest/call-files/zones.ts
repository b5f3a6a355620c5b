import { z } from 'zod';
import { countriesWithNumbers } from './phone-numbers.ts';

/** A key of `calling_zones`, and the IANA zones in all of which it must be a good hour. */
export interface CallingZone { zone: string; places: readonly string[] }

/** Node gives them as a property, later versions by a method; the compiler's library knows neither. */
function placesOf(country: string): readonly string[] {
  const locale = new Intl.Locale(`und-${country}`);
  const method: unknown = Reflect.get(locale, 'getTimeZones');
  return z.array(z.string()).catch([]).parse(typeof method === 'function' ? Reflect.apply(method, locale, []) : Reflect.get(locale, 'timeZones'));
}

const known = new Map<string, CallingZone | null>();

/** Where people of a country may be: its zone, or the country's code when it has several; null = nobody knows. */
export function zoneOfCountry(country: string): CallingZone | null {
  let found = known.get(country);
  if (found === undefined) {
    const places = placesOf(country);
    const [only] = places;
    found = only === undefined ? null : places.length === 1 ? { zone: only, places } : { zone: country, places };
    known.set(country, found);
  }
  return found;
}

const named = new Map<string, CallingZone | null>();

/** A zone as a file names it, `Europe/Paris`; null when there is none of that name. */
export function zoneNamed(name: string): CallingZone | null {
  let found = named.get(name);
  if (found === undefined) {
    const zone = /^[A-Za-z]+\/[\w+/-]+$|^UTC$/.test(name) ? canonical(name) : null;
    found = zone === null ? null : { zone, places: [zone] };
    if (named.size < 5000) named.set(name, found);
  }
  return found;
}

function canonical(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** The country whose people have this zone, to read numbers without a country code; null = none, or several. */
export function countryOfZone(zone: string): string | null {
  const countries = countriesWithNumbers().filter((country) => placesOf(country).includes(zone));
  return countries.length === 1 ? (countries[0] ?? null) : null;
}
