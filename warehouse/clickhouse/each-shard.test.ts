import { expect, test } from 'vitest';
import { eachShard } from './each-shard.ts';

const CLUSTER = { cluster: "o'c", database: 'vigie' };
const MERGED = "SELECT * FROM /*{on shards SELECT k0, sum(n) * 100 / count(*) AS share FROM ( *//*{each shard*/ SELECT queue AS k0, count(*) AS n FROM store.legs AS l JOIN dim.queues AS q ON q.queue = l.queue /* all */ GROUP BY k0 /*each shard}*//* ) AS counted GROUP BY k0 HAVING count(*) > 0 on shards}*/ ORDER BY k0";

test('without a cluster a statement stays as it is', () => {
  expect(eachShard(MERGED, { cluster: null, database: 'vigie' })).toBe(MERGED);
});

test('what each shard does stands in a view of its own, and what merges around it, whatever signs both hold', () => {
  expect(eachShard(MERGED, CLUSTER)).toBe("SELECT * FROM SELECT k0, sum(n) * 100 / count(*) AS share FROM ( SELECT * FROM cluster('o\\'c', view(SELECT queue AS k0, count(*) AS n FROM `vigie`.`store_legs_shard` AS l JOIN `vigie`.`dim_queues` AS q ON q.queue = l.queue /* all */ GROUP BY k0)) ) AS counted GROUP BY k0 HAVING count(*) > 0 ORDER BY k0");
});

test('a comment before what merges is left alone', () => {
  expect(eachShard('/* one * two */ SELECT 1 /*{on shards + 2 * */+ 3/* + 4 on shards}*/ /* on */', CLUSTER)).toBe('/* one * two */ SELECT 1 + 2 * + 3 + 4 /* on */');
});
