import { z } from 'zod';
import { WAREHOUSE_ERROR_CODES, WarehouseError } from '../../warehouse/warehouse.ts';

/**
 * Errors that cross a thread. Structured clone keeps neither the class nor added properties, so an
 * error travels as plain data and is made again, with its class, on the other side.
 */
export interface PackedError { name: string; message: string; stack: string; code: string | number | null; cause: PackedError | null }

const warehouseCode = z.enum(WAREHOUSE_ERROR_CODES);

/** Classes of ours that callers tell apart by `instanceof`; others come back as `Error` with name and code. */
const CLASSES: Record<string, (packed: PackedError) => Error | null> = {
  WarehouseError: (packed) => {
    const code = warehouseCode.safeParse(packed.code);
    return code.success ? new WarehouseError(code.data, packed.message) : null;
  },
  TypeError: (packed) => new TypeError(packed.message),
  RangeError: (packed) => new RangeError(packed.message),
};

const CAUSES_KEPT = 5;

/** Anything thrown, as plain data. */
export function packError(thrown: unknown, depth = 0): PackedError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown), stack: '', code: null, cause: null };
  const code = 'code' in thrown && (typeof thrown.code === 'string' || typeof thrown.code === 'number') ? thrown.code : null;
  return {
    name: thrown.name,
    message: thrown.message,
    stack: thrown.stack ?? '',
    code,
    cause: thrown.cause === undefined || depth >= CAUSES_KEPT ? null : packError(thrown.cause, depth + 1),
  };
}

/** The error again, with its class where it is one of ours, its name, code, stack and cause. */
export function unpackError(packed: PackedError): Error {
  const error = CLASSES[packed.name]?.(packed) ?? new Error(packed.message);
  if (error.name !== packed.name) error.name = packed.name;
  if (packed.stack !== '') error.stack = packed.stack;
  if (packed.code !== null && !('code' in error)) Object.assign(error, { code: packed.code });
  if (packed.cause !== null) error.cause = unpackError(packed.cause);
  return error;
}
