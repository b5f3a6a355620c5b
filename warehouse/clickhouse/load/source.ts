import type { ClickHouseSettings } from '@clickhouse/client';
import { existsSync } from 'node:fs';
import type { LoadPlan, LoadSource } from '../../load-plan.ts';
import { readHeader } from '../../load/header.ts';
import { WarehouseError } from '../../warehouse.ts';
import { jsonLines } from './json-lines.ts';
import { list, literal } from './sql-text.ts';

/** A file that is sent as it is, as a SELECT of `r0, r1 …` (texts, null where there is no value), `line_number` and `unknown` (JSON or null). */
export interface SourceSql {
  sql: string;
  /** The row as it was read, as SQL over that SELECT. */
  raw: string;
  /** Whether the line holds nothing, as SQL. */
  blank: string;
  /** Why the line itself is none of its format, as SQL; null = it is one. */
  broken: string;
  /** SQL name of each column that an expression may read. */
  names: Map<string, string>;
  /** Lines before the first row. */
  headerLines: number;
  format: 'LineAsString' | 'CSV' | 'Parquet';
  settings: ClickHouseSettings;
}

/**
 * How the server's own parser reads a file that follows the statement.
 * @throws WarehouseError `invalid-file` when the file is missing or lacks required columns.
 */
export function renderSource(plan: LoadPlan, file: string, wanted: string[]): SourceSql {
  if (!existsSync(file)) throw new WarehouseError('invalid-file', `There is no file ${file}`);
  switch (plan.source.format) {
    case 'ndjson': return jsonLines(plan, file, wanted, (sql) => cleaned(sql, plan.source.nulls));
    case 'parquet': return parquet(plan, wanted);
    default: return delimited(plan, plan.source, file, wanted);
  }
}

/** Columns behind the header's catch lines that are too long (what is longer still is kept without its end); a missing one is NULL where an empty one is ''. */
const BEYOND = ['b0', 'b1', 'b2', 'b3'];

function delimited(plan: LoadPlan, source: LoadSource & { format: 'delimited' }, file: string, wanted: string[]): SourceSql {
  const { names, delimiter } = source.positions === null ? readHeader(file, source)
    : { names: source.positions, delimiter: source.delimiters[0] ?? ',' };
  if (delimiter.length !== 1) throw new WarehouseError('invalid-mapping', `ClickHouse reads files with a delimiter of one character, not ${JSON.stringify(delimiter)}`);
  const columns = names.map((_, index) => `c${index}`);
  const unknown = names.map((name, index) => ({ name, index })).filter(({ name }) => !wanted.includes(name) && !source.redundant.includes(name));
  const extra = plan.keepUnknown && unknown.length > 0
    ? `toJSONString(map(${unknown.map(({ name, index }) => `${literal(name)}, nullif(c${index}, '')`).join(', ')}))` : 'NULL';
  const last = columns.at(-1) ?? 'c0';
  return {
    sql: `SELECT *, ${wanted.map((name, index) => `${names.includes(name) ? cleaned(`c${names.indexOf(name)}`, source.nulls) : 'NULL::VARCHAR'} AS r${index}`).join(', ')}, ${extra} AS unknown
      FROM (SELECT *, rowNumberInAllBlocks() + 1 AS line_number FROM input('${[...columns, ...BEYOND].map((column) => `${column} Nullable(String)`).join(', ')}'))`,
    raw: `arrayStringConcat(arrayFilter(cell -> isNotNull(cell), [${[...columns, ...BEYOND].join(', ')}]), ${literal(delimiter)})`,
    blank: columns.length > 1 ? `(ifNull(c0, '') = '' AND isNull(c1))` : 'false',
    broken: `multiIf(isNotNull(b0), 'too many columns', ${source.positions === null ? `isNull(${last})` : 'false'}, 'missing columns', NULL)`,
    names: new Map(wanted.map((name, index) => [name, `r${index}`])),
    headerLines: source.positions === null ? 1 : 0,
    format: 'CSV',
    settings: {
      format_csv_delimiter: delimiter, format_csv_allow_double_quotes: source.quote === '"' ? 1 : 0, format_csv_allow_single_quotes: source.quote === "'" ? 1 : 0,
      format_csv_null_representation: '\u0001\u0001', input_format_csv_empty_as_default: 0, input_format_csv_trim_whitespaces: 0,
      input_format_csv_allow_variable_number_of_columns: 1, input_format_csv_detect_header: 0, input_format_csv_skip_first_lines: source.positions === null ? '1' : '0',
      ...delimiter === '\t' ? { input_format_csv_allow_whitespace_or_tab_as_delimiter: 1 } : {},
    },
  };
}

/** By the names of the columns; what no expression reads cannot be asked for, because only the server knows what is there. */
function parquet(plan: LoadPlan, wanted: string[]): SourceSql {
  const quoted = wanted.map((name) => `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``);
  return {
    sql: `SELECT ${quoted.map((name, index) => `${cleaned(name, plan.source.nulls)} AS r${index}`).join(', ')}, line_number, NULL AS unknown,
        toJSONString(map(${wanted.map((name, index) => `${literal(name)}, ${quoted[index] ?? ''}`).join(', ')})) AS line
      FROM (SELECT *, rowNumberInAllBlocks() + 1 AS line_number FROM input(${literal(quoted.map((name) => `${name} Nullable(String)`).join(', '))}))`,
    raw: 'line', blank: 'false', broken: 'NULL',
    names: new Map(wanted.map((name, index) => [name, `r${index}`])),
    headerLines: 0, format: 'Parquet', settings: { input_format_parquet_allow_missing_columns: 1 },
  };
}

function cleaned(sql: string, nulls: string[]): string {
  const texts = nulls.filter((text) => text !== '');
  return texts.length === 0 ? `nullif(${sql}, '')` : `if(${sql} IN ('', ${list(texts)}), NULL, ${sql})`;
}
