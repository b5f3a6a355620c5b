import DataLoader from 'dataloader';
import type { Directory } from './directory.ts';
import { createIncidentLoaders, type IncidentLoaders } from './incidents/loaders.ts';
import type { IncidentsPort } from './ports.ts';
import { QUERY_TIMEOUT_MS } from './warehouse-errors.ts';
import { MOST_CALLS_AT_ONCE, type CallDetail, type CallKey, type Scope, type Warehouse } from '../warehouse/warehouse.ts';

/** One set per request: what several fields need is loaded once. */
export interface Loaders {
  call: DataLoader<CallKey, CallDetail | null, string>;
  incidents: IncidentLoaders;
}

export function createLoaders(warehouse: Warehouse, scope: Scope, incidents: IncidentsPort | undefined, directory: Directory): Loaders {
  return {
    incidents: createIncidentLoaders(incidents, directory),
    call: new DataLoader((keys) => warehouse.callDetails([...keys], scope, { timeoutMs: QUERY_TIMEOUT_MS }), {
      maxBatchSize: MOST_CALLS_AT_ONCE,
      cacheKeyFn: (key) => JSON.stringify([key.tenant, key.callId]),
    }),
  };
}
