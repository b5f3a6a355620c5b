import type { Engine, LoadOptions } from './engine.ts';
import { openCallsPart } from './calls/calls-part.ts';
import { createViews } from './kpi/create-views.ts';
import { openKpiPart } from './kpi/kpi-part.ts';
import type { Warehouse } from './warehouse.ts';

export interface WarehouseOptions extends LoadOptions {
  engine: Engine;
}

/** Migrates the engine's schema, writes its views and puts the parts together. */
export async function openWarehouse(options: WarehouseOptions): Promise<Warehouse> {
  const { engine } = options;
  await engine.migrate();
  await createViews(engine);
  return {
    ...engine.loads(options),
    ...openKpiPart(options),
    ...openCallsPart(options),
    cancel: (queryId) => engine.cancel(queryId),
    checkpoint: () => engine.checkpoint(),
    close: () => engine.close(),
  };
}
