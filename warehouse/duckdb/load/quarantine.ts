import type { Engine } from '../../engine.ts';
import type { LoadJob, QuarantinedRow } from '../../warehouse.ts';
import { REFUSED, REJECTS, REJECT_SCANS } from './source.ts';
import { STAGE } from './stage.ts';
import { byPart } from './upsert.ts';

export interface QuarantineOptions { jobs: LoadJob[]; mark: number; headerLines: number; rejects: boolean }
export interface StagedPart { good: number; leftOut: number; quarantined: number }

const PROBLEM = 'problem IS NOT NULL AND NOT left_out AND NOT blank';

/**
 * Takes out of the stage what is not to be written: what could not be read, with its line and text, into the
 * quarantine; what the mapping leaves out; blank lines. Gives the counts of each part.
 */
export async function takeUnwanted(engine: Pick<Engine, 'query' | 'execute'>, options: QuarantineOptions): Promise<StagedPart[]> {
  const rejected = options.rejects ? await takeRejects(engine, options) : [];
  const staged = await engine.query<{ part: number; n: number; problems: number; left_out: number; blank: number }>({
    sql: `SELECT part, count(*) AS n, count(*) FILTER (WHERE ${PROBLEM}) AS problems, count(*) FILTER (WHERE left_out AND NOT blank) AS left_out, count(*) FILTER (WHERE blank) AS blank FROM ${STAGE} GROUP BY part`,
  });
  if (staged.some(({ problems }) => problems > 0)) await quarantineProblems(engine, options, rejected.length > 0);
  if (staged.some(({ problems, left_out, blank }) => problems + left_out + blank > 0)) await engine.execute({ sql: `DELETE FROM ${STAGE} WHERE problem IS NOT NULL OR left_out OR blank` });
  return options.jobs.map((_, part) => {
    const { n, problems, left_out, blank } = staged.find((row) => row.part === part) ?? { n: 0, problems: 0, left_out: 0, blank: 0 };
    return { good: n - problems - left_out - blank, leftOut: left_out, quarantined: problems + (rejected[part] ?? 0) };
  });
}

/** Lines that the parser itself refused; gives their number by part, an empty list where there are none. */
async function takeRejects(engine: Pick<Engine, 'query' | 'execute'>, { jobs, mark }: QuarantineOptions): Promise<number[]> {
  const [some] = await engine.query<{ there: boolean }>({ sql: `SELECT EXISTS (SELECT 1 FROM ${REJECTS}) AS there` });
  if (some?.there !== true) return [];
  const files = jobs.map(({ file }) => file);
  await engine.execute({
    sql: `CREATE TEMP TABLE ${REFUSED} AS SELECT ${jobs.length === 1 ? '0' : 'list_position($files, s.file_path) - 1'} AS part, r.line, any_value(r.csv_line) AS raw, min(lower(r.error_type::VARCHAR)) AS reason
      FROM ${REJECTS} r JOIN ${REJECT_SCANS} s ON s.scan_id = r.scan_id AND s.file_id = r.file_id GROUP BY ALL`,
    parameters: { files },
  });
  await engine.execute({
    sql: `INSERT INTO store.quarantine SELECT $source, $loadIds[part + 1], $mark, line, left(raw, 65536), reason, current_timestamp::TIMESTAMP FROM ${REFUSED}`,
    parameters: { source: jobs[0]?.source ?? '', loadIds: jobs.map(({ loadId }) => loadId), mark },
  });
  return byPart(await engine.query<{ part: number; n: number }>({ sql: `SELECT part, count(*) AS n FROM ${REFUSED} GROUP BY part` }), ({ n }) => n);
}

async function quarantineProblems(engine: Pick<Engine, 'execute'>, { jobs, mark, headerLines }: QuarantineOptions, rejected: boolean): Promise<void> {
  // The parser's own rejects are missing from the stage: the n-th row is as many lines further down.
  const shift = rejected
    ? `(SELECT count(*) FROM (SELECT part, line - row_number() OVER (PARTITION BY part ORDER BY line) AS rows_before FROM ${REFUSED}) r WHERE r.part = p.part AND r.rows_before < p.position)` : '0';
  await engine.execute({
    sql: `INSERT INTO store.quarantine SELECT $source, $loadIds[part + 1], $mark, position + ${shift}, left(coalesce(raw, ''), 65536), problem, current_timestamp::TIMESTAMP
      FROM (SELECT part, rowid - start + 1 + $header AS position, raw, problem
        FROM ${STAGE} JOIN (SELECT part, min(rowid) AS start FROM ${STAGE} GROUP BY part) USING (part) WHERE ${PROBLEM}) p`,
    parameters: { source: jobs[0]?.source ?? '', loadIds: jobs.map(({ loadId }) => loadId), mark, header: headerLines },
  });
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
