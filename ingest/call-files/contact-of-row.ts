import type { ContactLine } from '../../warehouse/operational/contacts/call-files.ts';
import type { Field, Mapping } from './columns.ts';
import { LIMITS } from './limits.ts';
import type { PhoneParser } from './phone-numbers.ts';
import { zoneNamed, zoneOfCountry, type CallingZone } from './zones.ts';

/** Why a row becomes no contact; the words for it are in `words.ts`. The last two are found by comparing with what is stored. */
export const REASONS = [
  'no-number', 'invalid-number', 'invalid-second-number', 'unknown-zone', 'no-zone', 'invalid-priority', 'invalid-call-from', 'too-many-cells', 'cell-too-long', 'duplicate-in-file', 'duplicate-in-campaign', 'do-not-call',
] as const;
export type Reason = (typeof REASONS)[number];

export type RowOutcome = { contact: ContactLine; zone: CallingZone; priority: number } | { reason: Reason; detail: string };

export interface RowRules {
  header: readonly string[];
  mapping: Mapping & { number: string };
  phone: PhoneParser;
  /** Of a date without a zone. */
  zone: string;
}

/** Makes the function that reads one row: a contact, or the first thing that is wrong with it. */
export function rowReader({ header, mapping, phone, zone: ownZone }: RowRules): (cells: readonly string[]) => RowOutcome {
  const at = (field: Field): number => (mapping[field] === undefined ? -1 : header.indexOf(mapping[field]));
  const [numberAt, secondAt, nameAt, languageAt, zoneAt, priorityAt, fromAt] = [at('number'), at('second-number'), at('name'), at('language'), at('zone'), at('priority'), at('call-from')];
  const mapped = new Set([numberAt, secondAt, nameAt, languageAt, zoneAt, priorityAt, fromAt]);
  const free = header.map((name, index) => ({ name, key: JSON.stringify(name), index })).filter(({ index }) => !mapped.has(index));
  const wrong = (reason: Reason, detail: string): RowOutcome => ({ reason, detail: detail.slice(0, 200) });
  return (cells) => {
    const cell = (index: number): string => (index === -1 ? '' : withoutGuard((cells[index] ?? '').trim()));
    if (cells.length > header.length && cells.slice(header.length).some((extra) => extra !== '')) return wrong('too-many-cells', String(cells.length));
    for (const text of cells) if (text.length > LIMITS.cell) return wrong('cell-too-long', String(text.length));
    const text = cell(numberAt);
    if (text === '') return wrong('no-number', '');
    const number = phone(text);
    if (number === null) return wrong('invalid-number', text);
    const secondText = cell(secondAt);
    const second = secondText === '' ? null : phone(secondText);
    if (second === null && secondText !== '') return wrong('invalid-second-number', secondText);
    const zoneText = cell(zoneAt);
    const zone = zoneText === '' ? (number.country === null ? null : zoneOfCountry(number.country)) : zoneNamed(zoneText);
    if (zone === null) return wrong(zoneText === '' ? 'no-zone' : 'unknown-zone', zoneText === '' ? text : zoneText);
    const priorityText = cell(priorityAt);
    if (priorityText !== '' && !/^\d$/.test(priorityText)) return wrong('invalid-priority', priorityText);
    const fromText = cell(fromAt);
    const dueMs = fromText === '' ? null : instantOf(fromText, zone.places[0] ?? ownZone);
    if (Number.isNaN(dueMs)) return wrong('invalid-call-from', fromText);
    let fields = '';
    for (const { key, index } of free) {
      const value = cell(index);
      if (value !== '') fields += `${fields === '' ? '{' : ','}${key}:${JSON.stringify(value)}`;
    }
    const contact = {
      number: number.digits, secondNumber: second?.digits ?? null, name: cell(nameAt) || null, language: cell(languageAt).slice(0, 35) || null,
      dueMs, fields: fields === '' ? null : `${fields}}`,
    };
    return { contact, zone, priority: Number(priorityText) };
  };
}

/** Programs, and our own file of rejected rows, put an apostrophe before what a sheet would take for a formula. */
function withoutGuard(text: string): string {
  return text.startsWith("'") && /^'[=+@-]/.test(text) ? text.slice(1) : text;
}

const DATE = /^(?:(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)|(?<frenchDay>\d\d)\/(?<frenchMonth>\d\d)\/(?<frenchYear>\d{4}))(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::\d\d(?:\.\d+)?)?(?<offset>Z|[+-]\d\d:?\d\d)?)?$/;

/** A date or a time of day, ISO or French, told where the contact lives; NaN when it is none. */
export function instantOf(text: string, zone: string): number {
  const groups = DATE.exec(text)?.groups;
  if (!groups) return Number.NaN;
  const day = `${groups['year'] ?? groups['frenchYear']}-${groups['month'] ?? groups['frenchMonth']}-${groups['day'] ?? groups['frenchDay']}`;
  const local = `${day}T${groups['hour'] ?? '00'}:${groups['minute'] ?? '00'}:00`;
  const offset = groups['offset'];
  const utc = Date.parse(`${local}${offset ?? 'Z'}`);
  // The 31st of February is the 3rd of March to the parser.
  if (Number.isNaN(utc) || (offset === undefined && new Date(utc).toISOString().slice(0, 10) !== day)) return Number.NaN;
  if (offset !== undefined) return utc;
  const guess = utc - offsetMs(zone, utc);
  return utc - offsetMs(zone, guess);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetMs(zone: string, utcMs: number): number {
  let format = formats.get(zone);
  if (!format) formats.set(zone, format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }));
  const parts = Object.fromEntries(format.formatToParts(utcMs).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'] ?? 1, parts['hour'] ?? 0, parts['minute'] ?? 0, parts['second'] ?? 0) - Math.floor(utcMs / 1000) * 1000;
}
