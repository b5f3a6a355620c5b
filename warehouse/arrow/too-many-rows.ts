import { WarehouseError } from '../warehouse.ts';

export function tooManyRows(most: number): WarehouseError {
  return new WarehouseError('too-large', `The answer has more than ${most} rows: ask a shorter range, fewer dimensions or a longer interval`);
}
