import { readSqlFolder } from '../sql-files.ts';
import { WarehouseError } from '../warehouse.ts';
import type { CopiedColumn, CopyEnd } from './copy-end.ts';
import type { CopiedTable } from './copied-tables.ts';

/**
 * Both ends must have this program's schema; a target without any gets it.
 * @throws WarehouseError `unavailable` naming the end and what to do.
 */
export async function checkSchemas(from: CopyEnd, to: CopyEnd): Promise<void> {
  for (const end of [from, to]) {
    const pending = await end.engine.pendingMigrations().catch((error: unknown) => {
      if (!(error instanceof WarehouseError) || !/newer program/.test(error.message)) throw error;
      throw new WarehouseError('unavailable', `${end.label}: ${error.message}`, { cause: error });
    });
    if (pending.length === 0) continue;
    const untouched = pending.length === readSqlFolder(`migrations/${end.engine.name}`).length;
    if (end === to && untouched) await end.engine.migrate();
    else throw new WarehouseError('unavailable', untouched ? `${end.label} holds no warehouse`
      : `${end.label} has an older schema than this program: ${pending.map(({ name }) => name).join(', ')} ${pending.length === 1 ? 'is' : 'are'} missing. Bring it up to date with \`vigie migrate\``);
  }
}

/** A column is nullable where both ends can hold NULL in it. @throws WarehouseError `unavailable` when the ends do not hold the same columns. */
export async function sameColumns(from: CopyEnd, to: CopyEnd, table: CopiedTable): Promise<CopiedColumn[]> {
  const [there, here] = [await from.columns(table.name), await to.columns(table.name)];
  const names = (columns: CopiedColumn[]): string => columns.map(({ name }) => name).toSorted().join(', ');
  if (there.length === 0 || names(there) !== names(here)) throw new WarehouseError('unavailable', `${table.name} is another table in ${from.label} (${names(there)}) than in ${to.label} (${names(here)})`);
  const empty = new Set(here.filter(({ nullable }) => nullable).map(({ name }) => name));
  return there.map((column) => ({ ...column, nullable: column.nullable && empty.has(column.name) }));
}
