import type { LoadPart, WarehouseOptions } from '../open-warehouse.ts';
import type { LoadCounts, LoadJob } from '../warehouse.ts';
import { syncDimensions } from './dimensions.ts';
import { committedCounts } from './load/ledger.ts';
import { loadFile, loadFiles } from './load/load-file.ts';
import type { LoadContext } from './load/load-file.ts';
import { readQuarantine, readQuarantinedLines } from './load/quarantine.ts';

/** Loading, its ledger, the quarantine and the copies of the configuration, on DuckDB. */
export function openLoadPart({ engine, callerKeySecret, planFor }: WarehouseOptions): LoadPart {
  const contextOf = (job: LoadJob): LoadContext => {
    const plan = planFor(job.mapping);
    return { engine, callerKeySecret, plan: plan.target === 'calls' && job.deriveLegs !== undefined ? { ...plan, deriveLegs: job.deriveLegs } : plan };
  };
  return {
    load: (job) => loadFile(contextOf(job), job),
    async loadTogether(jobs) {
      const [first] = jobs;
      if (first === undefined) return [];
      const context = contextOf(first);
      const alike = jobs.every((job) => (['source', 'mapping', 'tenant', 'deriveLegs'] as const).every((name) => job[name] === first[name]));
      if (alike && context.plan.source.format === 'ndjson' && context.plan.group === undefined) return loadFiles(context, jobs);
      const counts: LoadCounts[] = [];
      for (const job of jobs) counts.push(await loadFile(contextOf(job), job));
      return counts;
    },
    loadCounts: async (loadId) => (await committedCounts(engine, [loadId])).get(loadId) ?? null,
    quarantine: (query) => readQuarantine(engine, query),
    quarantinedLines: (loadId) => readQuarantinedLines(engine, loadId),
    syncDimensions: (dimensions) => syncDimensions(engine, dimensions),
  };
}
