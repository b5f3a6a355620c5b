import type { Engine, SqlValue } from '../engine.ts';
import type { IncidentFacts } from '../incidents/facts.ts';
import { changesOf } from '../incidents/incident-tables.ts';
import type { Change } from '../incidents/incident-tables.ts';
import { forgetNames } from '../kpi/names.ts';

const ROWS_A_STATEMENT = 200;

/** Replaces what is known of incidents where it changed, in one transaction. False = facts of more events are stored. */
export async function syncIncidents(engine: Engine, facts: IncidentFacts): Promise<boolean> {
  const changes = await changesOf(engine, facts);
  if (!changes) return false;
  if (changes.length === 0) return true;
  await engine.transaction(async (inside) => {
    for (const change of changes) await write(inside, change);
  });
  forgetNames(engine);
  return true;
}

async function write(inside: Pick<Engine, 'execute'>, { table, key, within, columns, rows }: Change): Promise<void> {
  if (key === null) await inside.execute({ sql: `DELETE FROM ${table}${within === null ? '' : ` WHERE ${within.sql}`}`, parameters: within?.parameters ?? {} });
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    const part = rows.slice(start, start + ROWS_A_STATEMENT);
    if (key !== null) {
      const { sql, parameters } = tuples(part, [...key]);
      await inside.execute({ sql: `DELETE FROM ${table} WHERE (${key.join(', ')}) IN (VALUES ${sql})`, parameters });
    }
    const { sql, parameters } = tuples(part, columns);
    await inside.execute({ sql: `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${sql}`, parameters });
  }
}

function tuples(rows: readonly Record<string, SqlValue>[], columns: string[]): { sql: string; parameters: Record<string, SqlValue> } {
  const parameters: Record<string, SqlValue> = {};
  const sql = rows.map((row, index) => `(${columns.map((column, position) => {
    parameters[`p${index}_${position}`] = row[column] ?? null;
    return `$p${index}_${position}${column.endsWith('_at') ? '::TIMESTAMP' : ''}`;
  }).join(', ')})`).join(', ');
  return { sql, parameters };
}
