import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { openClickHouse } from '../../../warehouse/clickhouse/engine.ts';
import { openDuckDb } from '../../../warehouse/duckdb/engine.ts';
import type { Engine } from '../../../warehouse/engine.ts';
import { forgetClosedDays } from '../../../warehouse/kpi/closed-days.ts';
import { rowMeasures } from '../../../warehouse/kpi/test-support/row-measures.ts';
import { agree } from '../../../warehouse/kpi/test-support/agree.ts';
import { openWarehouse } from '../../../warehouse/open-warehouse.ts';
import { FULL_SCOPE } from '../../../warehouse/warehouse.ts';
import type { Dimension, Interval, KpiAnswer, KpiQuery, Scope, Warehouse } from '../../../warehouse/warehouse.ts';
import { planForMapping } from '../../mapping/plan-for-mapping.ts';

/** A question as the oracle takes it too. */
export type Asked = KpiQuery & { zone: string };

/** DuckDB and a ClickHouse server beside each other: whatever is done is done to both, and must give the same. */
export class BothEngines {
  readonly duck: Warehouse;
  readonly click: Warehouse;
  readonly #engines: readonly Engine[];

  private constructor(engines: readonly Engine[], duck: Warehouse, click: Warehouse) {
    this.#engines = engines;
    this.duck = duck;
    this.click = click;
  }

  static async open(url: string): Promise<BothEngines> {
    const engines = [openDuckDb({ path: ':memory:', threads: 1 }), openClickHouse({ url, origin: 'tests' })] as const;
    const open = (engine: Engine): Promise<Warehouse> => openWarehouse({ engine, callerKeySecret: 'secret', planFor: planForMapping });
    return new BothEngines(engines, await open(engines[0]), await open(engines[1]));
  }

  async do<T>(work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
    const [done, doneToo] = await Promise.all([work(this.duck), work(this.click)]);
    alike(doneToo, done);
    return done;
  }

  async load(file: string, text: string, mapping: object): ReturnType<Warehouse['load']> {
    writeFileSync(file, text);
    return this.do((warehouse) => warehouse.load({ loadId: file, source: 'parity', file, mapping }));
  }

  /** DuckDB's answer, after ClickHouse's was the same. */
  async ask(query: Asked, scope: Scope = FULL_SCOPE): Promise<KpiAnswer> {
    const [duck, click] = await Promise.all([this.duck.kpi(query, scope), this.click.kpi(query, scope)]);
    alike([click.fromUtc, click.toUtc, click.names, click.totals === null], [duck.fromUtc, duck.toUtc, duck.names, duck.totals === null]);
    agree(click, duck, query.by);
    return duck;
  }

  /** From now on everything is read from rows. */
  async openAllDays(): Promise<void> {
    for (const engine of this.#engines) {
      await engine.execute({ sql: 'DELETE FROM store.closed_days WHERE 1 = 1' });
      forgetClosedDays(engine);
    }
  }

  async close(): Promise<void> {
    await this.duck.close();
    await this.click.close();
  }
}

function alike(actual: unknown, expected: unknown): void {
  expect(actual).toEqual(expected);
}

/** All measures that can be asked by these dimensions and this interval at once. */
export function measuresBy(dimensions: readonly Dimension[], interval: Interval | null): string[] {
  const short = interval === '1min' || interval === '5min';
  return rowMeasures().filter((one) => dimensions.every((dimension) => one.dimensions.includes(dimension)) && (!short || one.grains.some((grain) => grain !== 'agent-states'))).map(({ id }) => id);
}
