import { inTurn } from '../load/in-turn.ts';
import type { LoadOptions, LoadPart } from '../engine.ts';
import { alike, planOf } from '../load/jobs.ts';
import type { LoadCounts, LoadJob } from '../warehouse.ts';
import { syncDimensions } from './dimensions.ts';
import type { ClickHouseEngine } from './engine.ts';
import { memoryMayCome } from './errors.ts';
import { syncIncidents } from './incidents.ts';
import { committedCounts } from './load/ledger.ts';
import { loadFiles } from './load/load-file.ts';
import { readQuarantine, readQuarantinedLines } from './load/quarantine.ts';

/** Loading, its ledger, the quarantine and the copies of the configuration, on ClickHouse. */
export function openLoadPart({ engine, callerKeySecret, planFor }: LoadOptions & { engine: ClickHouseEngine }): LoadPart {
  const load = (jobs: LoadJob[]): Promise<LoadCounts[]> => {
    const [first] = jobs;
    if (first === undefined) return Promise.resolve([]);
    // A load compares with what is there: two at once would not see each other.
    return inTurn(engine, () => loadFiles({ engine, callerKeySecret, plan: planOf(planFor, first) }, jobs));
  };
  const one = async (job: LoadJob): Promise<LoadCounts> => {
    const [counts] = await load([job]);
    if (counts === undefined) throw new Error(`the load ${job.loadId} gave no counts`);
    return counts;
  };
  return {
    load: one,
    async loadTogether(jobs) {
      if (alike(planFor, jobs)) return load(jobs);
      const counts: LoadCounts[] = [];
      for (const job of jobs) counts.push(await one(job));
      return counts;
    },
    loadCounts: async (loadId) => (await committedCounts(engine, [loadId])).get(loadId) ?? null,
    quarantine: (query) => readQuarantine(engine, query),
    quarantinedLines: (loadId) => unasked(`Reading what was quarantined of ${loadId}`, readQuarantinedLines(engine, loadId)),
    syncDimensions: (dimensions) => unasked('Copying the configuration', inTurn(engine, () => syncDimensions(engine, dimensions))),
    syncIncidents: (facts) => unasked('Copying the incidents', inTurn(engine, () => syncIncidents(engine, facts))),
  };
}

/** The program's own work, which is tried again. */
function unasked<T>(work: string, done: Promise<T>): Promise<T> {
  return done.catch((error: unknown) => { throw memoryMayCome(error, work, 'it is tried again'); });
}
