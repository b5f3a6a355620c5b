import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { CopiedColumn, CopyEnd } from '../copy/copy-end.ts';
import { parseAddress } from './address.ts';
import { openClickHouse } from './engine.ts';
import type { ClickHouseOptions } from './engine.ts';
import { fillPlaceholders } from './placeholders.ts';

const TYPES = { String: 'text', Int32: 'int', UInt8: 'int', Int64: 'bigint', Bool: 'bool', Date: 'date' } as const;
const typeSchema = z.enum(['String', 'Int32', 'UInt8', 'Int64', 'Bool', 'Date']).transform((type) => TYPES[type]);
/** Of the engine's own tables: a row's tombstone, and what makes a table hold one row. */
const OWN_COLUMNS = ['is_deleted', 'one'];
/** Each shard holds a part of their rows and is told by itself; the others' replicas tell each other. */
const SHARDED = ['store.calls', 'store.legs', 'store.agent_states'];

/** A ClickHouse server or cluster as one end of a copy. */
export function clickHouseEnd(options: ClickHouseOptions): CopyEnd {
  // Counting a month of a large centre takes what it takes; whether the server still works at it is asked all the while.
  const engine = openClickHouse({ ...options, patienceMs: null });
  const { address, database } = parseAddress(options.url);
  const local = (table: string): string => (SHARDED.includes(table) ? fillPlaceholders(`${table}{shard}{on_cluster}`, engine) : table);
  return {
    engine,
    label: `clickhouse:${address}/${database}`,
    async columns(table) {
      const found = await engine.query<{ name: string; type: string }>({
        sql: "SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = $table AND default_kind <> 'MATERIALIZED' ORDER BY position", parameters: { table: table.replace('.', '_') },
      });
      return found.filter(({ name }) => !OWN_COLUMNS.includes(name)).map((column): CopiedColumn => ({ name: column.name, type: typeOf(column.name, column.type), nullable: column.type.includes('Nullable(') }));
    },
    textHash: (sql) => `reinterpretAsUInt64(substring(MD5(${sql}), 9, 8))`,
    unload: (select, file) => engine.receive({ sql: `${select} FORMAT Parquet` }, (rows) => pipeline(rows, createWriteStream(file, { mode: 0o600 }))),
    async replace({ table, columns, where, note }, file) {
      if (where === null) await engine.execute({ sql: `TRUNCATE TABLE ${local(table)}` });
      else if ((await engine.ask({ sql: `SELECT 1 AS there FROM ${table} WHERE ${where} LIMIT 1`, settings: { final: 0 } })).length > 0) await engine.execute({ sql: `DELETE FROM ${local(table)} WHERE ${where}` });
      if (file !== null) {
        await engine.send({
          sql: `INSERT INTO ${table} (${columns.map(({ name }) => name).join(', ')}) FORMAT Parquet`,
          body: createReadStream(file),
          // What was taken away just before may come again: it is no duplicate.
          settings: { insert_deduplication_token: randomUUID(), max_partitions_per_insert_block: '0', input_format_null_as_default: 1, distributed_foreground_insert: 1 },
        });
      }
      if (note) await engine.execute({ sql: 'INSERT INTO store.copied SELECT $source, $part, $fingerprint, now64(3)', parameters: { ...note } });
    },
    async unrest() {
      const [decided] = await engine.query<{ n: number }>({ sql: 'SELECT count(*) AS n FROM store.decided_loads' });
      return decided && decided.n > 0 ? `${decided.n} loads are under way or were cut off: let \`vigie ingest\` complete them and stop it` : null;
    },
  };
}

function typeOf(name: string, type: string): CopiedColumn['type'] {
  const inner = /^(?:Nullable\(|LowCardinality\(|SimpleAggregateFunction\(\w+, )(.*)\)$/s.exec(type)?.[1];
  if (inner !== undefined) return typeOf(name, inner);
  // JSON is kept as text; the other engine knows it as JSON.
  return type.startsWith('DateTime') ? 'timestamp' : name === 'extra' ? 'json' : typeSchema.parse(type);
}
