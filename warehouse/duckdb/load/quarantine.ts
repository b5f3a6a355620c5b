import type { Engine } from '../../engine.ts';
import type { LoadJob, QuarantinedRow } from '../../warehouse.ts';
import { REJECTS } from './source.ts';
import { STAGE } from './stage.ts';
import { takeOut } from './load-file.ts';

export interface QuarantineOptions { job: LoadJob; mark: number; headerLines: number; rejects: boolean }

/** Moves what could not be read out of the stage, with its line and text; gives the number of rows. */
export async function writeQuarantine(engine: Pick<Engine, 'query' | 'execute'>, options: QuarantineOptions): Promise<number> {
  const { job, mark } = options;
  const parameters = { source: job.source, loadId: job.loadId, mark, header: options.headerLines };
  const rejected = options.rejects ? await rejectedLines(engine) : 0;
  if (rejected > 0) {
    await engine.execute({
      sql: `INSERT INTO store.quarantine SELECT $source, $loadId, $mark, line, left(any_value(csv_line), 65536), min(lower(error_type::VARCHAR)), current_timestamp::TIMESTAMP FROM ${REJECTS} GROUP BY line`,
      parameters,
    });
  }
  const problems = 'problem IS NOT NULL AND NOT left_out AND NOT blank';
  const [found] = await engine.query<{ n: number; blank: number }>({ sql: `SELECT count(*) FILTER (WHERE ${problems}) AS n, count(*) FILTER (WHERE blank) AS blank FROM ${STAGE}` });
  if (found !== undefined && found.n > 0) {
    // The parser's own rejects are missing from the stage: the n-th row is as many lines further down.
    const shift = rejected === 0 ? '0' : `(SELECT count(*) FROM (SELECT line - row_number() OVER (ORDER BY line) AS rows_before FROM (SELECT DISTINCT line FROM ${REJECTS})) WHERE rows_before < position)`;
    await engine.execute({
      sql: `INSERT INTO store.quarantine SELECT $source, $loadId, $mark, position + ${shift}, left(coalesce(raw, ''), 65536), problem, current_timestamp::TIMESTAMP
        FROM (SELECT rowid - (SELECT min(rowid) FROM ${STAGE}) + 1 + $header AS position, raw, problem FROM ${STAGE} WHERE ${problems})`,
      parameters,
    });
    await takeOut(engine, problems);
  }
  if (found !== undefined && found.blank > 0) await takeOut(engine, 'blank');
  return rejected + (found?.n ?? 0);
}

async function rejectedLines(engine: Pick<Engine, 'query'>): Promise<number> {
  const [row] = await engine.query<{ n: number }>({ sql: `SELECT count(DISTINCT line) AS n FROM ${REJECTS}` });
  return row?.n ?? 0;
}

/** The newest first. */
export async function readQuarantine(engine: Pick<Engine, 'query'>, query: { source?: string; limit: number }): Promise<QuarantinedRow[]> {
  const rows = await engine.query<{ source: string; load_id: string; line: number; raw: string; reason: string; quarantined_at: number }>({
    sql: `SELECT source, load_id, line, raw, reason, quarantined_at FROM store.quarantine WHERE $source IS NULL OR source = $source ORDER BY load_mark DESC, line LIMIT $limit`,
    parameters: { source: query.source ?? null, limit: query.limit },
  });
  return rows.map((row) => ({ source: row.source, loadId: row.load_id, line: row.line, raw: row.raw, reason: row.reason, at: new Date(row.quarantined_at).toISOString() }));
}

/** Numbers of the lines that a load refused, ascending. */
export async function readQuarantinedLines(engine: Pick<Engine, 'query'>, loadId: string): Promise<number[]> {
  const rows = await engine.query<{ line: number }>({ sql: 'SELECT line FROM store.quarantine WHERE load_id = $loadId ORDER BY line', parameters: { loadId } });
  return rows.map(({ line }) => line);
}
