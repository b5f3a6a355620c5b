import { expect, test } from 'vitest';
import { catalogue } from './catalogue.ts';
import { readSelectList } from './select-list.ts';

test('a SELECT is taken apart at its own commas', () => {
  const list = readSelectList("SELECT\n  c.tenant, coalesce(a, ',', b) AS site, /* FROM, */ (SELECT max(x) FROM y) AS most\nFROM t AS c WHERE d = ' FROM '");
  expect([...list?.columns ?? []]).toEqual([['tenant', 'c.tenant'], ['site', "coalesce(a, ',', b) AS site"], ['most', '/* FROM, */ (SELECT max(x) FROM y) AS most']]);
  expect(list?.from).toBe("FROM t AS c WHERE d = ' FROM '");
});

test('columns of a UNION or of DISTINCT rows stay together', () => {
  expect(readSelectList('SELECT a FROM t UNION ALL SELECT b FROM u')).toBeNull();
  expect(readSelectList('SELECT DISTINCT a, b FROM t')).toBeNull();
});

test('a column without a name is refused', () => {
  expect(() => readSelectList('SELECT a, 1 + 1 FROM t')).toThrow('"1 + 1" has no name');
});

test('every column that a view declares is found', () => {
  const taken = [...catalogue().facts.values()].filter(({ list }) => list);
  expect(taken.map(({ id }) => id)).toEqual(expect.arrayContaining(['calls', 'legs']));
  for (const { list, columns } of taken) expect([...list?.columns.keys() ?? []]).toEqual(expect.arrayContaining([...columns.keys()]));
});
