import DataLoader from 'dataloader';
import { MOST_CALLS_AT_ONCE, type CallDetail, type CallKey, type Scope, type Warehouse } from '../warehouse/warehouse.ts';

/** One set per request: what several fields need is loaded once. */
export interface Loaders {
  call: DataLoader<CallKey, CallDetail | null, string>;
}

export function createLoaders(warehouse: Warehouse, scope: Scope): Loaders {
  return {
    call: new DataLoader((keys) => warehouse.callDetails([...keys], scope), {
      maxBatchSize: MOST_CALLS_AT_ONCE,
      cacheKeyFn: (key) => JSON.stringify([key.tenant, key.callId]),
    }),
  };
}
