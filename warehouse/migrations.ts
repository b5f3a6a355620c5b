import { WarehouseError } from './warehouse.ts';
import type { SqlFile } from './sql-files.ts';

/**
 * The files that are not applied yet, in their order.
 * @throws WarehouseError `unavailable` when there is one that this program does not know.
 */
export function pendingMigrations(files: readonly SqlFile[], applied: readonly string[]): SqlFile[] {
  const known = new Set(files.map((file) => file.name));
  const newer = applied.filter((name) => !known.has(name)).toSorted();
  if (newer.length > 0) {
    throw new WarehouseError('unavailable',
      `The warehouse was written by a newer program: it has the migrations ${newer.join(', ')} that this one does not know. Install the newer program, or use another data folder or database`);
  }
  const done = new Set(applied);
  return files.filter(({ name }) => !done.has(name));
}

export function migrationFailed(name: string, error: unknown): WarehouseError {
  return new WarehouseError('unavailable', `The migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
}
