import type { OnCall, Rule, RuleSet } from '../catalogue-query.ts';

export type RuleInput = Omit<Rule, 'label'>;

/** The whole set as it is sent back: with the version that was read, so that another's change is not overwritten. */
export function inputOf({ version, contacts, onCall, rules }: RuleSet) {
  return { version, contacts: [...contacts], onCall: onCall.map(calendarInput), rules: rules.map(ruleInput) };
}

export type RulesInput = ReturnType<typeof inputOf>;

export function ruleInput({ id, labelFr, labelEn, on, moment, afterMinutes, level, severities, types, recipients }: Rule | RuleInput): RuleInput {
  return { id, labelFr, labelEn, on, moment, afterMinutes, level, severities, types, recipients };
}

function calendarInput({ id, label, zone, shifts, exceptions }: OnCall): OnCall {
  return { id, label, zone, shifts, exceptions };
}

/** The list with an item changed, added at its end, or – null – left out. */
export function withItem<Item extends { id: string }>(list: readonly Item[], id: string, item: Item | null): Item[] {
  if (item === null) return list.filter((each) => each.id !== id);
  return list.some((each) => each.id === id) ? list.map((each) => (each.id === id ? item : each)) : [...list, item];
}

/** A contact that goes takes its mentions along: a rule or a shift cannot name somebody who is not there. */
export function withoutContact(set: RulesInput, id: string): RulesInput {
  return {
    version: set.version,
    contacts: withItem(set.contacts, id, null),
    onCall: set.onCall.map((calendar) => ({ ...calendar, shifts: calendar.shifts.filter(({ contact }) => contact !== id), exceptions: calendar.exceptions.filter(({ contact }) => contact !== id) })),
    rules: set.rules.map((rule) => ({ ...rule, recipients: rule.recipients.filter(({ contact }) => contact !== id) })),
  };
}

/** The same of an on-call calendar. */
export function withoutCalendar(set: RulesInput, id: string): RulesInput {
  return { ...set, onCall: withItem(set.onCall, id, null), rules: set.rules.map((rule) => ({ ...rule, recipients: rule.recipients.filter(({ calendar }) => calendar !== id) })) };
}

/** A slug out of a name, not taken yet. */
export function slugFor(name: string, taken: readonly string[]): string {
  const plain = name.normalize('NFD').replaceAll(/[\u0300-\u036f]/g, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 50) || 'x';
  if (!taken.includes(plain)) return plain;
  let at = 2;
  while (taken.includes(`${plain}-${at}`)) at += 1;
  return `${plain}-${at}`;
}

/** A recipient as one text, for a field that takes several: `contact:…`, `party:SITE`, `calendar:…`, `involved`. */
export function recipientKey({ kind, contact, party, calendar, webhook }: Rule['recipients'][number]): string {
  switch (kind) {
    case 'CONTACT': return `contact:${contact ?? ''}`;
    case 'PARTY': return `party:${party ?? ''}`;
    case 'ON_CALL': return `calendar:${calendar ?? ''}`;
    case 'WEBHOOK': return `webhook:${webhook ?? ''}`;
    case 'INVOLVED': return 'involved';
  }
}

const NOBODY = { contact: null, party: null, calendar: null, webhook: null };
const PARTIES = ['SITE', 'CLIENT', 'VENDOR'] as const;

export function recipientOf(key: string): Rule['recipients'][number] | null {
  const [kind = '', ...rest] = key.split(':');
  const value = rest.join(':');
  if (key === 'involved') return { ...NOBODY, kind: 'INVOLVED' };
  if (value === '') return null;
  if (kind === 'contact') return { ...NOBODY, kind: 'CONTACT', contact: value };
  if (kind === 'calendar') return { ...NOBODY, kind: 'ON_CALL', calendar: value };
  if (kind === 'webhook') return { ...NOBODY, kind: 'WEBHOOK', webhook: value };
  const party = PARTIES.find((each) => each === value);
  return kind === 'party' && party ? { ...NOBODY, kind: 'PARTY', party } : null;
}

/** Warnings as people type them: `50, 80`. Null = that is no list of shares. */
export function parseShares(text: string): number[] | null {
  const parts = text.split(/[,;\s]+/).filter((part) => part !== '').map(Number);
  return parts.every((part) => Number.isFinite(part) && part >= 1 && part <= 99) && parts.length <= 5 ? [...new Set(parts)].toSorted((a, b) => a - b).map((part) => part / 100) : null;
}

/** A new contact's id. Not `crypto.randomUUID`: it is there on pages of a secure origin only. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const [six = 0, eight = 0] = [bytes[6], bytes[8]];
  bytes[6] = (six & 0x0f) | 0x40;
  bytes[8] = (eight & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Of what was touched in a form, what differs from what is kept now. */
export function stillChanged<Fields extends object>(changed: Partial<Fields>, kept: Fields): Partial<Fields> {
  const left = { ...changed };
  for (const name in left) if (JSON.stringify(left[name]) === JSON.stringify(kept[name])) delete left[name];
  return left;
}
