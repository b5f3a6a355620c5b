import { targetText } from './prepare-targets.ts';

/** As the server tells a difference between two versions. */
export interface Difference { path: readonly string[]; before: unknown; after: unknown }

/** A difference as a line: the key of its words, and what goes into them. */
export type HistoryLine =
  | { kind: 'target'; component: string; before: string | null; after: string | null }
  | { kind: 'time'; name: string; before: string; after: string }
  | { kind: 'added' | 'removed' | 'changed'; list: List; name: string; fields: string[] };

const LISTS = ['contacts', 'onCall', 'rules'] as const;
type List = (typeof LISTS)[number];
/** Which part of a setting a card is about. */
export type HistoryPart = 'availability' | 'times' | List;

export function partOf({ path: [first = ''] }: Difference): HistoryPart {
  return LISTS.find((each) => each === first) ?? (first === 'availability' ? 'availability' : 'times');
}

export function historyLine({ path, before, after }: Difference, locale: string): HistoryLine {
  const [first = '', second = ''] = path;
  const list = LISTS.find((each) => each === first);
  if (list) {
    const [was, is] = [fieldsOf(before), fieldsOf(after)];
    const kind = before === null ? 'added' : after === null ? 'removed' : 'changed';
    return { kind, list, name: nameIn(after === null ? was : is, locale) || second, fields: kind === 'changed' ? [...new Set([...was.keys(), ...is.keys()])].filter((name) => JSON.stringify(was.get(name)) !== JSON.stringify(is.get(name))) : [] };
  }
  if (first === 'availability') return { kind: 'target', component: second, before: targetIn(before, locale), after: targetIn(after, locale) };
  return { kind: 'time', name: first, before: timeIn(first, before), after: timeIn(first, after) };
}

function fieldsOf(value: unknown): Map<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function nameIn(fields: ReadonlyMap<string, unknown>, locale: string): string {
  const name = fields.get('name') ?? fields.get('label') ?? fields.get(locale.startsWith('fr') ? 'labelFr' : 'labelEn');
  return typeof name === 'string' ? name : '';
}

/** Null = the usual one. */
function targetIn(value: unknown, locale: string): string | null {
  return typeof value === 'number' ? targetText(value, locale) : null;
}

function timeIn(name: string, value: unknown): string {
  if (name === 'warnShares' && Array.isArray(value)) return value.map((share) => Math.round(Number(share) * 100)).join(', ');
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : '–';
}
