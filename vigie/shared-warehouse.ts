import { planForMapping } from '../ingest/mapping/plan-for-mapping.ts';
import { openClickHouse } from '../warehouse/clickhouse/engine.ts';
import { refuseOtherKey } from '../warehouse/load/held-key.ts';
import { openWarehouse } from '../warehouse/open-warehouse.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { SharedWarehouse } from './configuration.ts';

export interface SharedWarehouseOptions extends SharedWarehouse {
  /** See `sharedCallerKey`. */
  callerKey: string;
  /** Which process asks: the server's log says it of every statement. */
  origin: string;
  /** It is there for loading: a key that loads would be refused for is refused at once. */
  loads?: boolean;
}

/** Opens the warehouse that several processes share, in this thread. @throws WarehouseError. */
export async function openSharedWarehouse({ url, cluster, keepDays, callerKey, origin, loads = false }: SharedWarehouseOptions): Promise<Warehouse> {
  const engine = openClickHouse({ url, cluster, keepDays, origin });
  const warehouse = await openWarehouse({ engine, callerKeySecret: callerKey, planFor: planForMapping });
  if (!loads) return warehouse;
  try {
    await refuseOtherKey(engine, callerKey);
    return warehouse;
  } catch (error) {
    await warehouse.close();
    throw error;
  }
}
