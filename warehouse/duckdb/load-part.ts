import { alike, planOf } from '../load/jobs.ts';
import type { Engine, LoadOptions, LoadPart } from '../engine.ts';
import type { LoadCounts, LoadJob } from '../warehouse.ts';
import { syncDimensions } from './dimensions.ts';
import { syncIncidents } from './incidents.ts';
import { committedCounts } from './load/ledger.ts';
import { loadFile, loadFiles } from './load/load-file.ts';
import type { LoadContext } from './load/load-file.ts';
import { readQuarantine, readQuarantinedLines } from './load/quarantine.ts';

/** Loading, its ledger, the quarantine and the copies of the configuration, on DuckDB. */
export function openLoadPart({ engine, callerKeySecret, planFor }: LoadOptions & { engine: Engine }): LoadPart {
  const contextOf = (job: LoadJob): LoadContext => ({ engine, callerKeySecret, plan: planOf(planFor, job) });
  return {
    load: async (job) => loadFile(contextOf(job), job),
    async loadTogether(jobs) {
      const [first] = jobs;
      if (first === undefined) return [];
      if (alike(planFor, jobs)) return loadFiles(contextOf(first), jobs);
      const counts: LoadCounts[] = [];
      for (const job of jobs) counts.push(await loadFile(contextOf(job), job));
      return counts;
    },
    loadCounts: async (loadId) => (await committedCounts(engine, [loadId])).get(loadId) ?? null,
    quarantine: (query) => readQuarantine(engine, query),
    quarantinedLines: (loadId) => readQuarantinedLines(engine, loadId),
    syncDimensions: (dimensions) => syncDimensions(engine, dimensions),
    syncIncidents: (facts) => syncIncidents(engine, facts),
  };
}
