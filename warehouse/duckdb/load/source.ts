import { existsSync, statSync } from 'node:fs';
import type { Engine } from '../../engine.ts';
import type { LoadPlan, LoadSource } from '../../load-plan.ts';
import { WarehouseError } from '../../warehouse.ts';
import { firstKeys, missingColumns, readHeader } from '../../load/header.ts';
import { identifier, list, literal } from './sql-text.ts';

/** A file as a SELECT of `r0, r1 …` (texts, null where there is no value), `unknown` (JSON or null), of JSON lines `valid`, and what `raw` needs. */
export interface SourceSql {
  sql: string;
  /** The row as it was read, as SQL over that SELECT: dear, and needed of few rows only. */
  raw: string;
  /** Whether the line holds nothing, as SQL. */
  blank: string;
  /** Which of the files the row comes from, counted from 0, as SQL. */
  part: string;
  /** SQL name of each column that an expression may read. */
  names: Map<string, string>;
  /** Lines before the first row. */
  headerLines: number;
}

/** Lines that the parser itself refused land here, with their number and text. */
export const REJECTS = 'vigie_rejects';
export const REJECT_SCANS = 'vigie_reject_scans';
/** The same, one row each, with the number of the file. */
export const REFUSED = 'vigie_refused';
const REJECT_OPTIONS = `store_rejects = true, rejects_table = '${REJECTS}', rejects_scan = '${REJECT_SCANS}'`;
const LONGEST_LINE = 16 << 20;
/**
 * Left alone, the engine takes a buffer of sixteen of the longest lines, 256 MB, however small the files are; a file
 * that does not fit into its buffer is read at two thirds of the speed.
 */
const BUFFER = { least: 2 * LONGEST_LINE, most: 16 * LONGEST_LINE };

function readOptions(files: string[]): string {
  const largest = Math.max(...files.map((file) => statSync(file).size));
  return `${REJECT_OPTIONS}, max_line_size = ${LONGEST_LINE}, buffer_size = ${Math.min(BUFFER.most, Math.max(BUFFER.least, largest))}`;
}

export const DROP_REJECTS = `DROP TABLE IF EXISTS ${REJECTS}; DROP TABLE IF EXISTS ${REJECT_SCANS}; DROP TABLE IF EXISTS ${REFUSED}`;

/**
 * Several files only as JSON lines.
 * `strict` refuses lines with too many columns, but cannot read files that mix line ends.
 * @throws WarehouseError `invalid-file` when the file is missing or lacks required columns.
 */
export async function renderSource(engine: Pick<Engine, 'query'>, plan: LoadPlan, files: string[], wanted: string[], strict: boolean): Promise<SourceSql> {
  const missing = files.find((name) => !existsSync(name));
  if (missing !== undefined) throw new WarehouseError('invalid-file', `There is no file ${missing}`);
  const [file = ''] = files;
  switch (plan.source.format) {
    case 'ndjson': return ndjson(plan, files, wanted);
    case 'parquet': return parquet(engine, plan, file, wanted);
    default: return delimited(plan, plan.source, file, wanted, strict);
  }
}

function delimited(plan: LoadPlan, source: LoadSource & { format: 'delimited' }, file: string, wanted: string[], strict: boolean): SourceSql {
  const { names, delimiter } = source.positions === null ? readHeader(file, source)
    : { names: source.positions, delimiter: source.delimiters[0] ?? ',' };
  const columns = names.map((_, index) => `c${index}`);
  const quote = literal(source.quote);
  const read = `read_csv(${path(file)}, auto_detect = false, delim = ${literal(delimiter)}, quote = ${quote}, escape = ${quote}, encoding = ${literal(source.encoding)},
    header = ${source.positions === null}, null_padding = ${source.positions !== null}, columns = {${columns.map((column) => `'${column}': 'VARCHAR'`).join(', ')}}, strict_mode = ${strict}, ${readOptions([file])})`;
  const unknown = names.map((name, index) => ({ name, index })).filter(({ name }) => !wanted.includes(name) && !source.redundant.includes(name));
  const extra = plan.keepUnknown && unknown.length > 0
    ? `to_json({${unknown.map(({ name, index }) => `${literal(name)}: c${index}`).join(', ')}})` : 'NULL';
  const raw = `concat_ws(${literal(delimiter)}, ${columns.map((column) => `coalesce(${column}, '')`).join(', ')})`;
  return {
    sql: `SELECT *, ${wanted.map((name, index) => `${names.includes(name) ? orNull(`c${names.indexOf(name)}`, source.nulls) : 'NULL::VARCHAR'} AS r${index}, `).join('')}${extra} AS unknown FROM ${read}`,
    raw, blank: 'false', part: '0',
    names: new Map(wanted.map((name, index) => [name, `r${index}`])),
    headerLines: source.positions === null ? 1 : 0,
  };
}

/**
 * Lines are read as they are, so that a broken one can be kept; JSON functions stand behind json_valid or
 * one bad line fails all. Looking for unknown keys is dear, so a line with the first line's keys is not searched again.
 */
function ndjson(plan: LoadPlan, files: string[], wanted: string[]): SourceSql {
  const several = files.length > 1;
  const structure = JSON.stringify(Object.fromEntries(wanted.map((name) => [name, 'VARCHAR'])));
  const knownNames = [...wanted, ...plan.source.redundant];
  const known = JSON.stringify(Object.fromEntries(knownNames.map((name) => [name, null])));
  const usual = firstKeys(files[0] ?? '');
  const asUsual = usual.length > 0 && usual.every((key) => knownNames.includes(key)) ? `json_keys(line) = [${list(usual)}]` : 'false';
  const extra = plan.keepUnknown ? `CASE WHEN NOT valid OR ${asUsual} THEN NULL ELSE nullif(json_merge_patch(line, ${literal(known)})::VARCHAR, '{}') END` : 'NULL';
  return {
    sql: `SELECT ${wanted.map((name, index) => `${cleaned(`object[${literal(name)}]`, plan.source.nulls)} AS r${index}`).join(', ')}, line, valid, unknown, part
      FROM (SELECT line, valid, part, CASE WHEN valid THEN from_json(line, ${literal(structure)}) END AS object, ${extra} AS unknown
        FROM (SELECT line, coalesce(json_valid(line) AND starts_with(line, '{'), false) AS valid, ${several ? `list_position([${list(files)}], filename) - 1` : '0'} AS part
          FROM read_csv([${files.map(path).join(', ')}]${several ? ', filename = true' : ''}, auto_detect = false, delim = chr(1), quote = '', escape = '', header = false, columns = {'line': 'VARCHAR'}, strict_mode = false, ${readOptions(files)})))`,
    raw: 'line', blank: "(line IS NULL OR line = '')", part: 'part',
    names: new Map(wanted.map((name, index) => [name, `r${index}`])),
    headerLines: 0,
  };
}

async function parquet(engine: Pick<Engine, 'query'>, plan: LoadPlan, file: string, wanted: string[]): Promise<SourceSql> {
  const described = await engine.query<{ column_name: string }>({ sql: `DESCRIBE SELECT * FROM read_parquet(${path(file)})` }).catch((error: unknown) => {
    throw new WarehouseError('invalid-file', `${file} is no Parquet file`, { cause: error });
  });
  const names = described.map((row) => row.column_name);
  const missing = plan.source.required.filter((name) => !names.includes(name));
  if (missing.length > 0) throw missingColumns(file, missing, names);
  const unknown = names.filter((name) => !wanted.includes(name) && !plan.source.redundant.includes(name));
  const extra = plan.keepUnknown && unknown.length > 0 ? `to_json({${unknown.map((name) => `${literal(name)}: ${identifier(name)}`).join(', ')}})` : 'NULL';
  return {
    sql: `SELECT ${wanted.map((name, index) => `${cleaned(names.includes(name) ? `CAST(${identifier(name)} AS VARCHAR)` : 'NULL::VARCHAR', plan.source.nulls)} AS r${index}`).join(', ')},
      to_json({${names.map((name) => `${literal(name)}: ${identifier(name)}`).join(', ')}})::VARCHAR AS line, ${extra} AS unknown FROM read_parquet(${path(file)})`,
    raw: 'line', blank: 'false', part: '0',
    names: new Map(wanted.map((name, index) => [name, `r${index}`])),
    headerLines: 0,
  };
}

/** DuckDB reads `*`, `?` and `[` in a path as patterns. */
function path(file: string): string {
  return literal(file.replaceAll(/[*?[]/g, '[$&]'));
}

/** Of a delimited column, whose empty texts the parser has made null already. */
function orNull(column: string, nulls: string[]): string {
  return nulls.filter((text) => text !== '').reduce((sql, text) => `nullif(${sql}, ${literal(text)})`, column);
}

function cleaned(sql: string, nulls: string[]): string {
  if (sql.startsWith('NULL')) return sql;
  const texts = nulls.filter((text) => text !== '');
  return texts.length === 0 ? `nullif(${sql}, '')` : `CASE WHEN ${sql} IN ('', ${list(texts)}) THEN NULL ELSE ${sql} END`;
}
