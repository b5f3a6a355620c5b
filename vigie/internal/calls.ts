import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { PackedError } from '../threads/errors.ts';

/** What a command may ask of the running server, over `POST /internal/warehouse/<method>` with the arguments as a JSON list. */
export const INTERNAL_METHODS = ['measures', 'kpi', 'freshness', 'load', 'loadCounts', 'quarantine', 'closeDays', 'syncDimensions'] as const satisfies readonly (keyof Warehouse)[];
export type InternalMethod = (typeof INTERNAL_METHODS)[number];
export type InternalWarehouse = Pick<Warehouse, InternalMethod>;

export const INTERNAL_PATH = '/internal/warehouse/';
export type InternalAnswer = { ok: true; result: unknown } | { ok: false; error: PackedError };
