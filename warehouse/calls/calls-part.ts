import type { Engine } from '../engine.ts';
import type { Warehouse } from '../warehouse.ts';
import { agentTimeline } from './agent-timeline.ts';
import { findCall } from './find-call.ts';
import { freshness } from './freshness.ts';
import { listCalls } from './list-calls.ts';

/** The part of a warehouse that shows single calls and agents' days. The engine must be migrated. */
export function openCallsPart({ engine }: { engine: Engine }): Pick<Warehouse, 'calls' | 'call' | 'agentTimeline' | 'freshness'> {
  return {
    calls: (query, scope, options) => listCalls(engine, query, scope, options),
    call: (key, scope) => findCall(engine, key, scope),
    agentTimeline: (query, scope) => agentTimeline(engine, query, scope),
    freshness: (scope) => freshness(engine, scope),
  };
}
