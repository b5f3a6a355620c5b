import type { LoadPart, WarehouseOptions } from '../open-warehouse.ts';
import { syncDimensions } from './dimensions.ts';
import { committedCounts, loadFile } from './load/load-file.ts';
import { readQuarantine, readQuarantinedLines } from './load/quarantine.ts';

/** Loading, its ledger, the quarantine and the copies of the configuration, on DuckDB. */
export function openLoadPart({ engine, callerKeySecret, planFor }: WarehouseOptions): LoadPart {
  return {
    load: (job) => loadFile({ engine, plan: planFor(job.mapping), callerKeySecret }, job),
    loadCounts: (loadId) => committedCounts(engine, loadId),
    quarantine: (query) => readQuarantine(engine, query),
    quarantinedLines: (loadId) => readQuarantinedLines(engine, loadId),
    syncDimensions: (dimensions) => syncDimensions(engine, dimensions),
  };
}
