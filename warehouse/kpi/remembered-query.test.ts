import { expect, test } from 'vitest';
import { FULL_SCOPE } from '../warehouse.ts';
import type { KpiQuery } from '../warehouse.ts';
import { compiledQuery, resolvedQuery } from './remembered-query.ts';

const query = (more: Partial<KpiQuery> = {}): KpiQuery => ({ measures: ['answered'], by: ['queue'], from: '2026-01-05', to: '2026-01-06', where: {}, ...more });

test('the same question is read once, any other word is another question', () => {
  const first = resolvedQuery(query(), FULL_SCOPE, 'UTC');
  expect(resolvedQuery(query(), FULL_SCOPE, 'UTC')).toBe(first);
  for (const other of [query({ to: '2026-01-07' }), query({ where: { queue: ['101'] } }), query({ targetSeconds: 30 }), query({ by: ['site'] })]) expect(resolvedQuery(other, FULL_SCOPE, 'UTC')).not.toBe(first);
  expect(resolvedQuery(query(), FULL_SCOPE, 'Europe/Paris').fromMs).not.toBe(first.fromMs);
  expect(resolvedQuery(query(), { ...FULL_SCOPE, queues: ['101'] }, 'UTC').scope.queues).toEqual(['101']);
  expect(() => resolvedQuery(query({ measures: ['no-such'] }), FULL_SCOPE, 'UTC')).toThrow('no-such');
});

test('what a caller does with its question afterwards changes nothing', () => {
  const by: KpiQuery['by'] = ['queue'];
  const asked = resolvedQuery(query({ by }), FULL_SCOPE, 'UTC');
  by.push('site');
  expect(resolvedQuery(query(), FULL_SCOPE, 'UTC')).toBe(asked);
  expect(asked.by).toEqual(['queue']);
});

test('a statement holds as long as the same days are closed', () => {
  const asked = resolvedQuery(query(), FULL_SCOPE, 'UTC');
  const [none, closed] = [new Set<string>(), new Set(['2026-01-05'])];
  const rows = compiledQuery(asked, none, 'rows');
  expect(compiledQuery(asked, none, 'rows')).toBe(rows);
  expect(compiledQuery(asked, none, 'totals').sql).not.toBe(rows.sql);
  expect(compiledQuery(asked, closed, 'rows').sql).toContain('legs_by_');
  expect(rows.sql).not.toContain('legs_by_');
});

test('only the youngest are kept', () => {
  const first = resolvedQuery(query(), FULL_SCOPE, 'UTC');
  for (let seconds = 0; seconds < 300; seconds += 1) resolvedQuery(query({ targetSeconds: seconds }), FULL_SCOPE, 'UTC');
  expect(resolvedQuery(query(), FULL_SCOPE, 'UTC')).not.toBe(first);
});
