import type { Engine } from '../engine.ts';
import type { Warehouse } from '../warehouse.ts';
import { closeDays } from './close-days.ts';
import { kpi, measures } from './kpi.ts';

/** The part of a warehouse that measures. The engine must be migrated; `createViews` is for readers of SQL and for them alone. */
export function openKpiPart(options: { engine: Engine }): Pick<Warehouse, 'measures' | 'kpi' | 'closeDays'> {
  const { engine } = options;
  return {
    measures: async () => measures(),
    kpi: (query, scope, queryOptions) => kpi(engine, query, scope, queryOptions),
    closeDays: (now) => closeDays(engine, now),
  };
}
