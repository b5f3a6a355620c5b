import type { Engine } from './engine.ts';
import type { LoadPlan } from './load-plan.ts';
import { openCallsPart } from './calls/calls-part.ts';
import { openLoadPart } from './duckdb/load-part.ts';
import { createViews } from './kpi/create-views.ts';
import { openKpiPart } from './kpi/kpi-part.ts';
import type { Warehouse } from './warehouse.ts';

export interface WarehouseOptions {
  engine: Engine;
  /** Keys the hashes of callers' numbers; the same for the whole life of a warehouse. */
  callerKeySecret: string;
  /** Name or content of a mapping → plan; ingest's `planForMapping`. */
  planFor: (mapping: string | object) => LoadPlan;
}

/** The parts that a warehouse is made of; each answers for some of its methods. */
export type LoadPart = Pick<Warehouse, 'syncDimensions' | 'load' | 'loadTogether' | 'loadCounts' | 'quarantine' | 'quarantinedLines'>;

/** Migrates the engine's schema, writes its views and puts the parts together. */
export async function openWarehouse(options: WarehouseOptions): Promise<Warehouse> {
  const { engine } = options;
  await engine.migrate();
  await createViews(engine);
  return {
    ...openLoadPart(options),
    ...openKpiPart(options),
    ...openCallsPart(options),
    cancel: (queryId) => engine.cancel(queryId),
    checkpoint: () => engine.checkpoint(),
    close: () => engine.close(),
  };
}
