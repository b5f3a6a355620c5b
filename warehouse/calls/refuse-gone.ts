import type { Engine } from '../engine.ts';
import { knownClosedDays } from '../kpi/closed-days.ts';
import { WarehouseError } from '../warehouse.ts';

/** A range whose rows are all gone is no empty one. @throws WarehouseError `gone`. */
export async function refuseGone(engine: Engine, fromMs: number, toMs: number): Promise<void> {
  const { goneBefore } = (await knownClosedDays(engine)).days;
  if (goneBefore === undefined || toMs <= fromMs || toMs > Date.parse(goneBefore)) return;
  throw new WarehouseError('gone', `Single rows are kept from ${goneBefore} on; of earlier days there are the figures of closed days`);
}
