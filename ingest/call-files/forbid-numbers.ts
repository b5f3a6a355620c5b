import type { CountryCode } from 'libphonenumber-js/max';
import type { Contacts } from '../../warehouse/operational/contacts/contacts.ts';
import { phoneParser } from './phone-numbers.ts';
import { readNumbers } from './read-numbers.ts';

/** What became of numbers that were put on a do-not-call list: each row is added, was there before, or is no number. */
export interface Forbidden { rows: number; added: number; known: number; invalid: number }

interface List { tenant: string; country: CountryCode; /** Stands beside the numbers. */ source: string }

/** Puts the numbers of a file on a tenant's list; contacts that wait are excluded at once. @throws CallFileRefused */
export async function forbidFile(contacts: Pick<Contacts, 'forbid'>, { path, column, tenant, country, source }: List & { path: string; column?: string }, onRows?: (rows: number) => void): Promise<Forbidden> {
  const counts = { rows: 0, added: 0, known: 0, invalid: 0 };
  for await (const { numbers, rows } of readNumbers(path, country, column)) {
    const added = await contacts.forbid(tenant, numbers, source);
    counts.rows += rows;
    counts.added += added;
    counts.known += numbers.length - added;
    counts.invalid += rows - numbers.length;
    onRows?.(counts.rows);
  }
  return counts;
}

/** The same for numbers that somebody typed. Gives those back that are none. */
export async function forbidTyped(contacts: Pick<Contacts, 'forbid'>, { texts, tenant, country, source }: List & { texts: readonly string[] }): Promise<Forbidden & { wrong: string[] }> {
  const phone = phoneParser(country);
  const read = texts.map((text) => ({ text, number: phone(text.trim()) }));
  const numbers = read.flatMap(({ number }) => (number === null ? [] : `+${number.digits}`));
  const added = await contacts.forbid(tenant, numbers, source);
  const wrong = read.filter(({ number }) => number === null).map(({ text }) => text);
  return { rows: texts.length, added, known: numbers.length - added, invalid: wrong.length, wrong };
}
