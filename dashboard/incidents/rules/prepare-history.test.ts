import { expect, test } from 'vitest';
import { historyLine, partOf } from './prepare-history.ts';

const line = (path: string[], before: unknown, after: unknown, locale = 'fr') => historyLine({ path, before, after }, locale);

test('targets and times, before and after', () => {
  expect(line(['availability', 'sql'], null, 0.9995)).toEqual({ kind: 'target', component: 'sql', before: null, after: '99,95' });
  expect(line(['availability', 'sql'], 0.99, null, 'en')).toEqual({ kind: 'target', component: 'sql', before: '99', after: null });
  expect(line(['warnShares'], [0.5, 0.8], [0.5])).toEqual({ kind: 'time', name: 'warnShares', before: '50, 80', after: '50' });
  expect(line(['conferencePlace'], '', 'pont 42')).toEqual({ kind: 'time', name: 'conferencePlace', before: '–', after: 'pont 42' });
});

test('who and what was added, removed or changed, by its name and fields', () => {
  expect(line(['contacts', 'a'], null, { id: 'a', name: 'Awa' })).toEqual({ kind: 'added', list: 'contacts', name: 'Awa', fields: [] });
  expect(line(['onCall', 'nuit'], { id: 'nuit', label: 'Nuit', exceptions: [] }, { id: 'nuit', label: 'Nuit', exceptions: [{ from: 'x' }] })).toEqual({ kind: 'changed', list: 'onCall', name: 'Nuit', fields: ['exceptions'] });
  expect(line(['rules', 'r'], { id: 'r', labelFr: 'Ouvert', labelEn: 'Opened' }, null, 'en-GB')).toEqual({ kind: 'removed', list: 'rules', name: 'Opened', fields: [] });
  expect(line(['rules', 'r'], null, 7)).toEqual({ kind: 'added', list: 'rules', name: 'r', fields: [] });
});

test('each card has its own part', () => {
  expect([['availability', 'sql'], ['rexDays'], ['contacts', 'a'], ['onCall', 'n'], ['rules', 'r']].map((path) => partOf({ path, before: null, after: null }))).toEqual(['availability', 'times', 'contacts', 'onCall', 'rules']);
});
