import type { QuarantinedRow } from '../../warehouse.ts';
import type { ClickHouseEngine } from '../engine.ts';

/** The newest first. */
export async function readQuarantine(engine: ClickHouseEngine, query: { source?: string; limit: number }): Promise<QuarantinedRow[]> {
  const rows = await engine.query<{ source: string; load_id: string; line: number; raw: string; reason: string; quarantined_at: number }>({
    sql: `SELECT source, load_id, line, raw, reason, quarantined_at FROM store.quarantine WHERE $everyone OR source = $source ORDER BY load_mark DESC, line LIMIT $limit`,
    parameters: { everyone: query.source === undefined, source: query.source ?? '', limit: query.limit },
  });
  return rows.map((row) => ({ source: row.source, loadId: row.load_id, line: row.line, raw: row.raw, reason: row.reason, at: new Date(row.quarantined_at).toISOString() }));
}

/** Numbers of the lines that a load refused, ascending. */
export async function readQuarantinedLines(engine: ClickHouseEngine, loadId: string): Promise<number[]> {
  const rows = await engine.query<{ line: number }>({ sql: 'SELECT line FROM store.quarantine WHERE load_id = $loadId ORDER BY line', parameters: { loadId } });
  return rows.map(({ line }) => line);
}
