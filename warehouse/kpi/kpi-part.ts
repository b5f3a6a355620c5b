import type { Engine } from '../engine.ts';
import type { Warehouse } from '../warehouse.ts';
import { closeDays } from './close-days.ts';
import { kpi, measures } from './kpi.ts';
import { kpiTable } from './kpi-table.ts';

/** The part of a warehouse that measures. The engine must be migrated; the views in it are for readers of SQL, queries read `sql/views/` itself. */
export function openKpiPart(options: { engine: Engine }): Pick<Warehouse, 'measures' | 'kpi' | 'kpiTable' | 'closeDays'> {
  const { engine } = options;
  return {
    measures: async () => measures(),
    kpi: (query, scope, queryOptions) => kpi(engine, query, scope, queryOptions),
    kpiTable: (query, scope, queryOptions) => kpiTable(engine, query, scope, queryOptions),
    closeDays: (now) => closeDays(engine, now),
  };
}
