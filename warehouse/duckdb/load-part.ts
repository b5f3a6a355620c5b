import type { LoadPart, WarehouseOptions } from '../open-warehouse.ts';
import type { LoadCounts } from '../warehouse.ts';
import { syncDimensions } from './dimensions.ts';
import { committedCounts } from './load/ledger.ts';
import { loadFile, loadFiles } from './load/load-file.ts';
import { readQuarantine, readQuarantinedLines } from './load/quarantine.ts';

/** Loading, its ledger, the quarantine and the copies of the configuration, on DuckDB. */
export function openLoadPart({ engine, callerKeySecret, planFor }: WarehouseOptions): LoadPart {
  return {
    load: (job) => loadFile({ engine, plan: planFor(job.mapping), callerKeySecret }, job),
    async loadTogether(jobs) {
      const [first] = jobs;
      if (first === undefined) return [];
      const context = { engine, plan: planFor(first.mapping), callerKeySecret };
      const alike = jobs.every(({ source, mapping, tenant }) => source === first.source && mapping === first.mapping && tenant === first.tenant);
      if (alike && context.plan.source.format === 'ndjson' && context.plan.group === undefined) return loadFiles(context, jobs);
      const counts: LoadCounts[] = [];
      for (const job of jobs) counts.push(await loadFile({ ...context, plan: planFor(job.mapping) }, job));
      return counts;
    },
    loadCounts: async (loadId) => (await committedCounts(engine, [loadId])).get(loadId) ?? null,
    quarantine: (query) => readQuarantine(engine, query),
    quarantinedLines: (loadId) => readQuarantinedLines(engine, loadId),
    syncDimensions: (dimensions) => syncDimensions(engine, dimensions),
  };
}
