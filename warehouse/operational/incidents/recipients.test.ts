import { describe, expect, test } from 'vitest';
import { person } from './fixtures/events.ts';
import { recipientsOf } from './recipients.ts';
import { ruleSetSchema, type Rule } from './rules.ts';

const [awa, bello, dsi, editor] = [person('Awa', { email: 'awa@site.example' }), person('Bello', { email: 'bello@site.example' }), person('DSI', { party: 'client', email: 'it@ocm.example' }), person('Éditeur', { party: 'vendor' })];
const BOOK = ruleSetSchema.parse({
  contacts: [awa, bello, dsi, editor], rules: [],
  // In Paris; the clocks go forward in the night to the 29th.
  onCall: [{ id: 'nuits', label: 'Nuits', zone: 'Europe/Paris', shifts: [{ weekday: 7, from: '20:00', to: '08:00', contact: awa.id }], exceptions: [{ from: '2026-04-05T18:00:00Z', to: '2026-04-06T06:00:00Z', contact: bello.id }] }],
});
const at = (text: string): number => Date.parse(text);
const told = (recipients: Rule['recipients'], atMs = 0, persons = [editor]): string[] => {
  const { people, webhooks } = recipientsOf({ recipients }, BOOK, { persons }, atMs);
  return [...people.map(({ name }) => name), ...webhooks];
};

describe('whom a rule tells', () => {
  test('a contact, all of a party, those of the incident, webhooks by name', () => {
    expect(told([{ kind: 'contact', contact: bello.id }])).toEqual(['Bello']);
    expect(told([{ kind: 'party', party: 'site' }, { kind: 'party', party: 'client' }])).toEqual(['Awa', 'Bello', 'DSI']);
    expect(told([{ kind: 'involved' }, { kind: 'webhook', name: 'salle' }, { kind: 'webhook', name: 'salle' }])).toEqual(['Éditeur', 'salle']);
  });

  test('who is on call then, by the clock on the wall of the calendar, and whoever stands in', () => {
    const nights: Rule['recipients'] = [{ kind: 'on-call', calendar: 'nuits' }];
    const instants = ['2026-03-22T18:59:00Z', '2026-03-22T19:00:00Z', '2026-03-23T06:59:00Z', '2026-03-23T07:00:00Z', '2026-03-29T18:00:00Z', '2026-03-30T05:59:00Z', '2026-03-30T06:00:00Z', '2026-04-05T18:00:00Z', '2026-04-06T05:59:00Z'];
    expect(instants.map((text) => told(nights, at(text)).join())).toEqual(['', 'Awa', 'Awa', '', 'Awa', 'Awa', '', 'Bello', 'Bello']);
  });

  test('nobody of a client hears of what touches other clients alone', () => {
    const [ocm, sereno, both] = (['ocm', 'sereno', null] as const).map((tenant) => ({ ...person(tenant ?? 'tous', { party: 'client' }), tenant }));
    const book = ruleSetSchema.parse({ contacts: [awa, ocm, sereno, both], onCall: [], rules: [] });
    const toldOf = (touched: 'all' | string[]): string[] => recipientsOf({ recipients: [{ kind: 'party', party: 'site' }, { kind: 'party', party: 'client' }, { kind: 'contact', contact: ocm?.id ?? '' }] }, book, { persons: [] }, 0, touched).people.map(({ name }) => name);
    expect([toldOf(['sereno']), toldOf(['ocm', 'sereno']), toldOf('all')]).toEqual([['Awa', 'sereno', 'tous'], ['Awa', 'ocm', 'sereno', 'tous'], ['Awa', 'ocm', 'sereno', 'tous']]);
  });

  test('each once, however many ways lead to somebody, and two with one address are one', () => {
    const twin = person('Awa N.', { email: 'AWA@site.example' });
    expect(told([{ kind: 'contact', contact: awa.id }, { kind: 'party', party: 'site' }, { kind: 'involved' }, { kind: 'on-call', calendar: 'nuits' }], at('2026-03-22T20:00:00Z'), [twin, awa])).toEqual(['Awa', 'Bello']);
    expect(told([])).toEqual([]);
  });
});
