import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OutageSpan } from './facts.ts';
import { OutageBook } from './outage-book.ts';

const PLACES = { tenants: ['ocm', 'sereno'], sites: ['douala'] };
const trouble = fc.record({
  component: fc.constantFrom('sql', 'crm'), tenants: fc.subarray([...PLACES.tenants, 'gone'], { minLength: 1 }), sites: fc.constant(PLACES.sites),
  fromMs: fc.nat(60), length: fc.option(fc.integer({ min: 1, max: 15 }), { freq: 9 }), sharePpm: fc.constantFrom(500_000, 1_000_000),
}).map(({ length, ...rest }) => ({ ...rest, toMs: length === null ? null : rest.fromMs + length }));
const change = fc.record({ incident: fc.integer({ min: 1, max: 8 }), troubles: fc.array(trouble, { maxLength: 2 }) });

const sorted = (spans: readonly OutageSpan[]): string[] => spans.map((span) => JSON.stringify([span.component, span.tenant, span.site, span.fromMs, span.toMs, span.sharePpm])).toSorted();

test('a table in which only the windows of each change are replaced is that of everything', () => {
  fc.assert(fc.property(fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { maxLength: 12 }), (rounds) => {
    const book = new OutageBook();
    let table: OutageSpan[] = [];
    for (const changes of rounds) {
      const windows = book.around(changes.flatMap(({ incident, troubles }) => book.put(incident, troubles)));
      const within = ({ component, fromMs }: OutageSpan): boolean => windows.some((window) => window.component === component && fromMs >= window.fromMs && fromMs <= (window.toMs ?? Infinity));
      const spans = book.spansIn(windows, PLACES);
      expect(spans.every(within)).toBe(true);
      table = [...table.filter((span) => !within(span)), ...spans];
      expect(sorted(table)).toEqual(sorted(book.spans(PLACES)));
    }
  }), { numRuns: 300 });
});

test('what is far away is not told anew', () => {
  const book = new OutageBook();
  const at = (fromMs: number, toMs: number | null) => [{ component: 'sql', ...PLACES, fromMs, toMs, sharePpm: 1_000_000 }];
  for (let incident = 1; incident <= 1000; incident += 1) book.put(incident, at(incident * 100, incident * 100 + 50));
  const windows = book.around(book.put(500, at(50_010, 50_100)));
  // The one that is touched by its new end is told with it.
  expect(windows).toEqual([{ component: 'sql', fromMs: 50_000, toMs: 50_150 }]);
  expect(book.spansIn(windows, { tenants: [], sites: [] }).filter(({ tenant, site }) => tenant === '' && site === '')).toEqual([{ component: 'sql', tenant: '', site: '', fromMs: 50_010, toMs: 50_150, sharePpm: 1_000_000 }]);
  expect(book.put(500, at(50_010, 50_100))).toEqual([]);
});
