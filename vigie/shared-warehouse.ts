import { planForMapping } from '../ingest/mapping/plan-for-mapping.ts';
import { openClickHouse } from '../warehouse/clickhouse/engine.ts';
import { openWarehouse } from '../warehouse/open-warehouse.ts';
import type { SharedWarehouse } from './configuration.ts';

export interface SharedWarehouseOptions extends SharedWarehouse {
  /** See `sharedCallerKey`. */
  callerKey: string;
  /** Which process asks: the server's log says it of every statement. */
  origin: string;
}

/** Opens the warehouse that several processes share, in this thread. */
export function openSharedWarehouse({ url, cluster, keepDays, callerKey, origin }: SharedWarehouseOptions): ReturnType<typeof openWarehouse> {
  return openWarehouse({ engine: openClickHouse({ url, cluster, keepDays, origin }), callerKeySecret: callerKey, planFor: planForMapping });
}
