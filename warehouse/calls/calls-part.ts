import type { Engine } from '../engine.ts';
import type { Warehouse } from '../warehouse.ts';
import { agentTimeline } from './agent-timeline.ts';
import { findCalls } from './find-calls.ts';
import { freshness, loadMark } from './freshness.ts';
import { callsTable } from './calls-table.ts';
import { listCalls } from './list-calls.ts';
import { storedDials } from './stored-dials.ts';
import { unfinished } from './unfinished.ts';

/** The part of a warehouse that shows single calls and agents' days. The engine must be migrated. */
export function openCallsPart({ engine }: { engine: Engine }): Pick<Warehouse, 'calls' | 'callsTable' | 'call' | 'callDetails' | 'agentTimeline' | 'unfinished' | 'dials' | 'freshness' | 'loadMark'> {
  return {
    calls: (query, scope, options) => listCalls(engine, query, scope, options),
    callsTable: (query, scope, options) => callsTable(engine, query, scope, options),
    call: async (key, scope, options) => (await findCalls(engine, [key], scope, options))[0] ?? null,
    callDetails: (keys, scope, options) => findCalls(engine, keys, scope, options),
    agentTimeline: (query, scope, options) => agentTimeline(engine, query, scope, options),
    unfinished: (source) => unfinished(engine, source),
    dials: (query) => storedDials(engine, query),
    freshness: (scope) => freshness(engine, scope),
    loadMark: () => loadMark(engine),
  };
}
