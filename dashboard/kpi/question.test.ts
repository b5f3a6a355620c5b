import { expect, test } from 'vitest';
import { withPatch } from '../url/use-params.ts';
import { reference } from '../graphql/fixtures/reference.ts';
import { allowedGroupings, byPatch, conflictOf, parseQuestion, toVariables } from './question.ts';

const page = { from: '2026-03-02', to: '2026-03-09', zone: 'Africa/Douala', tenant: ['ocm'], site: [], now: '2026-03-05T09:30:00Z' };

test('an empty address asks something useful', () => {
  const question = parseQuestion('');
  expect(question).toMatchObject({ measures: ['service-level', 'abandonment-rate', 'queued'], groupings: [], interval: 'day', comparison: null, drawn: 'service-level' });
});

test('the whole sentence is in the address', () => {
  const question = parseQuestion('?measures=asa,queued&by=queue,30min&vs=previous-week&queue=101,102&target=15&view=heat&drawn=queued');
  expect(toVariables(question, page)).toEqual({
    measures: ['asa', 'queued'], by: ['queue', '30min'], from: '2026-03-02', to: '2026-03-09', zone: 'Africa/Douala',
    where: [{ dimension: 'tenant', ids: ['ocm'] }, { dimension: 'queue', ids: ['101', '102'] }], targetSeconds: 15, compareTo: 'PREVIOUS_WEEK', compareUntil: '2026-03-05T09:30:00Z',
  });
  expect([question.view, question.drawn]).toEqual(['heat', 'queued']);
});

test('what it does not understand is left out', () => {
  const question = parseQuestion("?measures=asa,';drop&by=planet,queue,agent,site,5s&vs=toString&target=-3&drawn=nothing");
  expect(question).toMatchObject({ measures: ['asa'], groupings: ['site', 'queue'], interval: null, comparison: null, targetSeconds: null, drawn: 'asa' });
});

test('no grouping and no interval stay so after a reload', () => {
  expect(parseQuestion(withPatch('', byPatch([], null)))).toMatchObject({ groupings: [], interval: null });
  expect(parseQuestion(withPatch('', byPatch(['queue'], 'week')))).toMatchObject({ groupings: ['queue'], interval: 'week' });
});

test('incidents are grouped by what is theirs, where every chosen measure knows it', () => {
  const of = (id: 'incidents' | 'availability', dimensions: (typeof reference)['measures'][number]['dimensions']) => ({ id, name: id, short: id, formula: '', unit: 'COUNT' as const, dimensions, better: 'DOWN' as const, empty: 'ZERO' as const });
  const incidents = of('incidents', ['tenant', 'incident_type', 'severity', 'hour']);
  expect(allowedGroupings([incidents])).toEqual(['tenant', 'incident-type', 'severity', 'hour']);
  expect(allowedGroupings([incidents, of('availability', ['component', 'tenant'])])).toEqual(['tenant']);
  const question = parseQuestion('?measures=incidents&by=severity,incident-type,week');
  expect(toVariables(question, page).by).toEqual(['incident-type', 'severity', 'week']);
  expect(conflictOf(question, [incidents])).toBeNull();
  expect(conflictOf(question, [incidents, ...reference.measures])).toMatchObject({ measure: { id: 'service-level' }, grouping: 'incident-type' });
});

test('a measure that does not know a grouping or a filter is named', () => {
  const { measures } = reference;
  expect(conflictOf(parseQuestion('?by=queue'), measures)).toMatchObject({ measure: { id: 'occupancy' }, grouping: 'queue' });
  expect(conflictOf(parseQuestion('?by=day&agent=1001'), measures)).toMatchObject({ measure: { id: 'service-level' }, grouping: 'agent' });
  expect(conflictOf(parseQuestion('?by=tenant,day'), measures)).toBeNull();
});
