import DataLoader from 'dataloader';
import type { CallDetail, CallKey, Scope, Warehouse } from '../warehouse/warehouse.ts';

/** One set per request: what several fields need is loaded once. */
export interface Loaders {
  call: DataLoader<CallKey, CallDetail | null, string>;
}

export function createLoaders(warehouse: Warehouse, scope: Scope): Loaders {
  return {
    call: new DataLoader((keys) => Promise.all(keys.map((key) => warehouse.call(key, scope))), {
      cacheKeyFn: (key) => JSON.stringify([key.tenant, key.callId]),
    }),
  };
}
