import { z } from 'zod';
import type { CopiedColumn, CopyEnd } from '../copy/copy-end.ts';
import { openDuckDb } from './engine.ts';
import type { DuckDbOptions } from './engine.ts';

const TYPES = { VARCHAR: 'text', JSON: 'json', INTEGER: 'int', BIGINT: 'bigint', BOOLEAN: 'bool', TIMESTAMP: 'timestamp', DATE: 'date' } as const;
const typeSchema = z.enum(['VARCHAR', 'JSON', 'INTEGER', 'BIGINT', 'BOOLEAN', 'TIMESTAMP', 'DATE']).transform((type) => TYPES[type]);
const NAMES = Object.fromEntries(Object.entries(TYPES).map(([name, type]) => [type, name]));

/** A DuckDB file as one end of a copy. */
export function duckDbEnd(options: DuckDbOptions, label: string): CopyEnd {
  const engine = openDuckDb(options);
  return {
    engine,
    label,
    async columns(table) {
      const [schema = '', name = ''] = table.split('.');
      const found = await engine.query<{ name: string; type: string; nullable: boolean }>({
        sql: 'SELECT column_name AS name, data_type AS type, is_nullable AS nullable FROM duckdb_columns() WHERE schema_name = $schema AND table_name = $name ORDER BY column_index', parameters: { schema, name },
      });
      return found.map((column): CopiedColumn => ({ ...column, type: typeSchema.parse(column.type) }));
    },
    textHash: (sql) => `md5_number_lower(${sql})`,
    unload: (select, file) => engine.execute({ sql: `COPY (${select}) TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd)` }),
    replace: ({ table, columns, where, note }, file) => engine.transaction(async (inside) => {
      await inside.execute({ sql: `DELETE FROM ${table}${where === null ? '' : ` WHERE ${where}`}` });
      const names = columns.map(({ name }) => name).join(', ');
      if (file !== null) {
        // Times of ClickHouse carry their zone, UTC, as this session's.
        const values = columns.map(({ name, type }) => `CAST(${name} AS ${NAMES[type] ?? ''})`).join(', ');
        await inside.execute({ sql: `INSERT INTO ${table} (${names}) SELECT ${values} FROM read_parquet(${literal(file)})` });
      }
      if (!note) return;
      const { source, part, fingerprint } = note;
      await inside.execute({ sql: 'DELETE FROM store.copied WHERE source = $source AND part = $part', parameters: { source, part } });
      await inside.execute({ sql: 'INSERT INTO store.copied VALUES ($source, $part, $fingerprint, current_timestamp::TIMESTAMP)', parameters: { source, part, fingerprint } });
    }),
    // A load is one transaction.
    unrest: async () => null,
  };
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
