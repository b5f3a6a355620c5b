import type { Engine, SqlValue } from '../engine.ts';
import { forgetNames } from '../kpi/names.ts';
import { dimensionTables } from '../load/dimension-tables.ts';
import type { Dimensions } from '../warehouse.ts';

/** Replaces the copies of the configuration in schema `dim`, in one transaction. An older version than the stored one is ignored. */
export async function syncDimensions(engine: Engine, dimensions: Dimensions): Promise<void> {
  const [stored] = await engine.query<{ version: number | null }>({ sql: 'SELECT max(version) AS version FROM dim.version' });
  if (stored?.version !== null && stored !== undefined && stored.version > dimensions.version) return;
  await engine.transaction(async (inside) => {
    for (const [table, { columns, rows }] of Object.entries(dimensionTables(dimensions))) {
      await inside.execute({ sql: `DELETE FROM dim.${table}` });
      for (let start = 0; start < rows.length; start += 200) {
        const part = rows.slice(start, start + 200);
        const parameters: Record<string, SqlValue> = {};
        const values = part.map((row, index) => `(${row.map((value, column) => {
          parameters[`p${index}_${column}`] = value;
          return `$p${index}_${column}${columns[column]?.endsWith('_from') || columns[column]?.endsWith('_to') ? '::TIMESTAMP' : ''}`;
        }).join(', ')})`);
        await inside.execute({ sql: `INSERT INTO dim.${table} (${columns.join(', ')}) VALUES ${values.join(', ')}`, parameters });
      }
    }
  });
  forgetNames(engine);
}
