import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDuckDb } from '../duckdb/engine.ts';
import type { Engine } from '../engine.ts';
import { forgetClosedDays, holds, knownClosedDays } from './closed-days.ts';

let engine: Engine;
beforeEach(async () => {
  engine = openDuckDb({ path: ':memory:', threads: 1 });
  await engine.migrate();
  await engine.execute({ sql: "UPDATE store.state SET load_mark = 5; INSERT INTO store.closed_days (day, load_mark) VALUES (DATE '2026-01-01', 5), (DATE '2026-01-02', 5)" });
});
afterEach(() => engine.close());

const load = (mark: number, day: string): Promise<void> => engine.execute({ sql: `UPDATE store.state SET load_mark = ${mark}; INSERT INTO store.touched_days VALUES ('calls', DATE '${day}', ${mark})` });
const close = (mark: number, day: string): Promise<void> => engine.execute({ sql: `DELETE FROM store.touched_days WHERE day = DATE '${day}'; DELETE FROM store.closed_days WHERE day = DATE '${day}'; INSERT INTO store.closed_days (day, load_mark) VALUES (DATE '${day}', ${mark})` });

test('a load into an open day leaves the list as it is', async () => {
  const known = await knownClosedDays(engine);
  expect([...known.days].toSorted()).toEqual(['2026-01-01', '2026-01-02']);
  await load(6, '2026-01-03');
  expect(await holds(engine, known, 6)).toBe(true);
  expect(await knownClosedDays(engine)).toBe(known);
  await load(7, '2026-01-02');
  expect(await holds(engine, known, 7)).toBe(false);
  expect([...(await knownClosedDays(engine)).days]).toEqual(['2026-01-01']);
});

test('a day that was opened and closed again before anybody looked did not hold', async () => {
  const known = await knownClosedDays(engine);
  await load(6, '2026-01-02');
  await close(6, '2026-01-02');
  expect(await holds(engine, known, 6)).toBe(false);
});

test('a day that was closed since is only not yet in the list', async () => {
  const known = await knownClosedDays(engine);
  await load(6, '2026-01-03');
  await close(6, '2026-01-03');
  expect(await holds(engine, known, 6)).toBe(true);
  forgetClosedDays(engine);
  expect((await knownClosedDays(engine)).days.size).toBe(3);
});
