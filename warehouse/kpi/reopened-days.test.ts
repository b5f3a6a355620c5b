import { expect, test } from 'vitest';
import type { Engine } from '../engine.ts';
import { onEachEngine } from '../test-support/each-engine.ts';
import { FULL_SCOPE } from '../warehouse.ts';
import { closeDays } from './close-days.ts';
import { kpi } from './kpi.ts';
import { fill } from './test-support/fill.ts';
import { aCall, aState, NO_DIMENSIONS, type RawCall } from './test-support/raw-rows.ts';

const at = (day: number, hour: number): number => Date.UTC(2026, 0, day, hour);
const dial = (call_id: string, started_at: number, differs: Partial<RawCall> = {}): RawCall => aCall({ call_id, started_at, direction: 'outbound', campaign: '9000', last_campaign: '9000', first_queue: '', last_queue: '', queued: false, ...differs });
const nuisance = { first_agent: '', last_agent: '', answered: false, abandoned: true, talk_s: 0, status_group: 0, status_num: 89 };
/** The 5th has only inbound calls, the 6th dials, the 7th an agent who prepared calls. */
const HISTORY = {
  calls: [aCall({ call_id: 'in', started_at: at(5, 9) }), dial('a', at(6, 9)), dial('b', at(6, 10), nuisance), aCall({ call_id: 'in 7', started_at: at(7, 9) })],
  states: [aState({ state: 'preview', started_at: at(7, 9), duration_ms: 60_000 })], dimensions: NO_DIMENSIONS,
};
const AFTERWARDS = { utcMs: at(9, 0) };

onEachEngine((tested) => {
  async function days(engine: Engine): Promise<unknown[]> {
    const { rows } = await kpi(engine, { measures: ['offered', 'dial-attempts', 'passed', 'nuisance-calls', 'dialing-time'], by: ['day'], from: '2026-01-05', to: '2026-01-08', zone: 'UTC', where: {} }, FULL_SCOPE);
    return rows.map((row) => ['offered', 'dial-attempts', 'passed', 'nuisance-calls', 'dialing-time'].map((id) => Number(row[id] ?? 0)));
  }
  /** What stands in the rollups, whether or not anybody reads it. */
  async function rolledUp(engine: Engine): Promise<unknown> {
    const [quarter] = await engine.query({ sql: 'SELECT CAST(sum(dial_attempts) AS INTEGER) AS dials, CAST(sum(nuisance_calls) AS INTEGER) AS nuisance FROM store.dials_by_quarter' });
    const [day] = await engine.query({ sql: 'SELECT CAST(sum(dial_attempts) AS INTEGER) AS dials, CAST(sum(nuisance_calls) AS INTEGER) AS nuisance FROM store.dials_by_day' });
    return [quarter, day];
  }
  async function opened(): Promise<Engine> {
    const engine = await tested.open();
    await fill(tested, engine, HISTORY, 1);
    expect((await closeDays(engine, AFTERWARDS)).closed).toEqual(['2026-01-05', '2026-01-06', '2026-01-07']);
    return engine;
  }
  const EXPECTED = [[1, 0, 0, 0, 0], [0, 2, 1, 1, 0], [1, 0, 0, 0, 60]];

  test('days that were closed before dials were measured are opened by the migration, and closed with them', async () => {
    const engine = await opened();
    expect(await days(engine)).toEqual(EXPECTED);
    for (const table of ['dials_by_quarter', 'dials_by_day']) await engine.execute({ sql: `DELETE FROM store.${table} WHERE true` });
    expect((await days(engine))[1]).toEqual([0, 0, 0, 0, 0]);
    await engine.execute({ sql: "DELETE FROM store.migrations WHERE name = '0110_reopen_outbound_days'" });
    expect(await engine.migrate()).toEqual({ applied: ['0110_reopen_outbound_days'] });
    // Read from their rows until they are closed.
    await fill(tested, engine, { calls: [aCall({ call_id: 'later', started_at: at(8, 9) })] }, 3);
    expect(await days(engine)).toEqual(EXPECTED);
    expect((await closeDays(engine, AFTERWARDS)).closed).toEqual(['2026-01-06', '2026-01-07', '2026-01-08']);
    expect([await days(engine), await rolledUp(engine)]).toEqual([EXPECTED, [{ dials: 2, nuisance: 1 }, { dials: 2, nuisance: 1 }]]);
    expect((await closeDays(engine, AFTERWARDS)).closed).toEqual([]);
    await engine.close();
  });

  test('dials that come late into a closed day change its rollups', async () => {
    const engine = await opened();
    await fill(tested, engine, { calls: [dial('late', at(6, 11), nuisance), dial('first', at(5, 11))] }, 2);
    const expected = [[1, 1, 1, 0, 0], [0, 3, 1, 2, 0], [1, 0, 0, 0, 60]];
    expect(await days(engine)).toEqual(expected);
    expect(await rolledUp(engine)).toEqual([{ dials: 2, nuisance: 1 }, { dials: 2, nuisance: 1 }]);
    expect((await closeDays(engine, AFTERWARDS)).closed).toEqual(['2026-01-05', '2026-01-06']);
    expect([await days(engine), await rolledUp(engine)]).toEqual([expected, [{ dials: 4, nuisance: 2 }, { dials: 4, nuisance: 2 }]]);
    await engine.close();
  });
});
