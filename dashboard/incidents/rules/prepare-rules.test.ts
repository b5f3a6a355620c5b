import { expect, test } from 'vitest';
import { inputOf, newId, parseShares, recipientKey, recipientOf, slugFor, stillChanged, withItem, withoutCalendar, withoutContact } from './prepare-rules.ts';
import type { RuleSet } from '../catalogue-query.ts';

const person = (id: string) => ({ id, name: id, email: null, party: 'SITE' as const, role: '', language: 'fr' as const, phone: '', tenant: null, signs: false, conference: false, crisis: false });
const nobody = { contact: null, party: null, calendar: null, webhook: null };
const set: RuleSet = {
  version: 4, contacts: [person('a'), person('b')],
  onCall: [{ id: 'night', label: 'Nuit', zone: 'Africa/Douala', shifts: [{ weekday: 1, from: '20:00', to: '06:00', contact: 'a' }, { weekday: 2, from: '20:00', to: '06:00', contact: 'b' }], exceptions: [{ from: 'x', to: 'y', contact: 'a' }] }],
  rules: [{ id: 'r', label: 'R', labelFr: 'R', labelEn: 'R', on: true, moment: 'OPENED', afterMinutes: 0, level: 1, severities: [], types: [], recipients: [{ ...nobody, kind: 'CONTACT', contact: 'a' }, { ...nobody, kind: 'ON_CALL', calendar: 'night' }, { ...nobody, kind: 'INVOLVED' }] }],
};

test('the set goes back with the version that was read, without words of one language', () => {
  const input = inputOf(set);
  expect(input.version).toBe(4);
  expect(Object.keys(input.rules[0] ?? {})).not.toContain('label');
});

test('who goes is no longer named anywhere', () => {
  const input = withoutContact(inputOf(set), 'a');
  expect([input.contacts.map(({ id }) => id), input.onCall[0]?.shifts.map(({ contact }) => contact), input.onCall[0]?.exceptions, input.rules[0]?.recipients.map(({ kind }) => kind)]).toEqual([['b'], ['b'], [], ['ON_CALL', 'INVOLVED']]);
  expect(withoutCalendar(inputOf(set), 'night').rules[0]?.recipients.map(({ kind }) => kind)).toEqual(['CONTACT', 'INVOLVED']);
});

test('an item is changed where it stands, added at the end, or left out', () => {
  const list = [{ id: 'a', n: 1 }, { id: 'b', n: 2 }];
  expect(withItem(list, 'a', { id: 'a', n: 9 })).toEqual([{ id: 'a', n: 9 }, { id: 'b', n: 2 }]);
  expect(withItem(list, 'c', { id: 'c', n: 3 })).toHaveLength(3);
  expect(withItem(list, 'a', null)).toEqual([{ id: 'b', n: 2 }]);
});

test('recipients as texts and back', () => {
  const recipients = [...(set.rules[0]?.recipients ?? []), { ...nobody, kind: 'PARTY' as const, party: 'CLIENT' as const }, { ...nobody, kind: 'WEBHOOK' as const, webhook: 'teams:ops' }];
  expect(recipients.map((each) => recipientOf(recipientKey(each)))).toEqual(recipients);
  expect(['contact:', 'party:OTHER', 'what', ''].map(recipientOf)).toEqual([null, null, null, null]);
});

test('what was touched stays touched until it is kept so', () => {
  expect(stillChanged({ a: 1, c: 'x' }, { a: 1, b: 2, c: 'y' })).toEqual({ c: 'x' });
  expect(stillChanged({}, { a: 1 })).toEqual({});
});

test('ids and shares', () => {
  expect([slugFor('Équipe de nuit', []), slugFor('Équipe de nuit', ['equipe-de-nuit', 'equipe-de-nuit-2']), slugFor('***', [])]).toEqual(['equipe-de-nuit', 'equipe-de-nuit-3', 'x']);
  expect([parseShares('80; 50 80'), parseShares(''), parseShares('0'), parseShares('a'), parseShares('100')]).toEqual([[0.5, 0.8], [], null, null, null]);
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
