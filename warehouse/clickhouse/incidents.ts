import { Readable } from 'node:stream';
import type { SqlValue } from '../engine.ts';
import type { IncidentFacts } from '../incidents/facts.ts';
import { changesOf } from '../incidents/incident-tables.ts';
import { forgetNames } from '../kpi/names.ts';
import { replace, textOf } from './dimensions.ts';
import type { ClickHouseEngine } from './engine.ts';

/**
 * Replaces what is known of incidents where it changed: a newer version of a row stands in the place of the older, what has no rows of its own is
 * replaced at one stroke. The incidents come last: what was cut off is done again. False = facts of more events are stored.
 */
export async function syncIncidents(engine: ClickHouseEngine, facts: IncidentFacts): Promise<boolean> {
  const changes = await changesOf(engine, facts);
  for (const { table, key, within, columns, rows } of changes ?? []) {
    if (key === null) await replace(engine, table, columns, rows.map((row) => columns.map((column) => row[column] ?? null)), within);
    else {
      const lines = rows.map((row) => `${JSON.stringify(Object.fromEntries(columns.map((column): [string, SqlValue] => [column, textOf(row[column] ?? null)])))}\n`);
      await engine.send({ sql: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT JSONEachRow`, body: Readable.from([lines.join('')], { objectMode: false }) });
    }
    forgetNames(engine);
  }
  return changes !== null;
}
