import { CallFileRefused } from './refusal.ts';

/** What a column of a file may be; every other column is kept as a free field. */
export const FIELDS = ['number', 'second-number', 'name', 'language', 'zone', 'priority', 'call-from'] as const;
export type Field = (typeof FIELDS)[number];
export type Mapping = Partial<Record<Field, string>>;

/** Usual names, without accents, blanks and signs; the first that a file has is taken. */
const NAMES: Record<Field, readonly string[]> = {
  number: ['number', 'numero', 'numerotelephone', 'numerodetelephone', 'telephone', 'tel', 'phone', 'phonenumber', 'phone1', 'tel1', 'telephone1', 'numero1', 'mobile', 'portable', 'telephonemobile', 'gsm', 'msisdn'],
  'second-number': ['secondnumber', 'secondenumero', 'numero2', 'telephone2', 'tel2', 'phone2', 'autrenumero', 'fixe', 'telephonefixe', 'mobile', 'portable', 'telephonemobile'],
  name: ['name', 'nom', 'nomcomplet', 'fullname', 'contact', 'nomprenom', 'prenomnom', 'client', 'customer', 'lastname'],
  language: ['language', 'langue', 'lang'],
  zone: ['zone', 'timezone', 'fuseau', 'fuseauhoraire', 'tz'],
  priority: ['priority', 'priorite', 'prio'],
  'call-from': ['callfrom', 'callafter', 'rappel', 'daterappel', 'datederappel', 'rappelerle', 'appelerapres', 'notbefore', 'earliest', 'callback', 'callbackat'],
};

/** Which column is what, by the names of the header. */
export function guessMapping(header: readonly string[]): Mapping {
  const plain = new Map(header.map((name) => [plainName(name), name]));
  const mapping: Mapping = {};
  for (const field of FIELDS) {
    const column = NAMES[field].map((name) => plain.get(name)).find((name) => name !== undefined && !Object.values(mapping).includes(name));
    if (column !== undefined) mapping[field] = column;
  }
  return mapping;
}

/** What was guessed with what is said instead; an empty column takes a guess back. @throws CallFileRefused for columns that are not there. */
export function completeMapping(header: readonly string[], said: Readonly<Partial<Record<Field, string>>> = {}): Mapping & { number: string } {
  const given = new Set(Object.values(said));
  const guessed = Object.entries(guessMapping(header)).filter(([, column]) => !given.has(column));
  const mapping: Mapping = Object.fromEntries(Object.entries({ ...Object.fromEntries(guessed), ...said }).filter(([, column]) => column !== ''));
  for (const column of Object.values(mapping)) if (!header.includes(column)) throw new CallFileRefused('unknown-column', `${column}: ${header.join(', ')}`);
  const columns = Object.values(mapping);
  const twice = columns.find((column, index) => columns.indexOf(column) < index);
  if (twice !== undefined) throw new CallFileRefused('column-twice', twice);
  if (mapping.number === undefined) throw new CallFileRefused('no-number-column', header.join(', '));
  return { ...mapping, number: mapping.number };
}

function plainName(name: string): string {
  return name.normalize('NFD').replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}
