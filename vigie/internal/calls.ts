import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { PackedError } from '../threads/errors.ts';

/** What a command may ask of the running server, over `POST /internal/warehouse/<method>` with the arguments as a JSON list. */
export const INTERNAL_METHODS = ['measures', 'kpi', 'kpiTable', 'freshness', 'load', 'loadCounts', 'quarantine', 'closeDays', 'syncDimensions', 'syncIncidents'] as const satisfies readonly (keyof Warehouse)[];
export type InternalWarehouse = Pick<Warehouse, (typeof INTERNAL_METHODS)[number]>;
export const INTERNAL_PATH = '/internal/warehouse/';

/** What the telephony core asks of ingest in another process: what earlier runs left, and the day's figures. */
export const CORE_METHODS = ['kpi', 'freshness', 'unfinished', 'dials', 'callDetails', 'waiting'] as const;
export interface CoreQuestions extends Pick<Warehouse, Exclude<(typeof CORE_METHODS)[number], 'waiting'>> {
  /** Segments of the core's rows that are acknowledged and not loaded. */
  waiting(): Promise<number>;
}
export const CORE_PATH = '/internal/core/';

export type InternalAnswer = { ok: true; result: unknown } | { ok: false; error: PackedError };

/** Where another process of the program answers, and what it wants to see. */
export interface Place { address: string; token: string }
