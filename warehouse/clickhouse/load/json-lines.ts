import { firstKeys } from '../../load/header.ts';
import type { LoadPlan } from '../../load-plan.ts';
import type { SourceSql } from './source.ts';
import { list, literal } from './sql-text.ts';

/**
 * Lines come as they are, so that a broken one can be kept with its number: format JSONEachRow would fail the statement or drop
 * it silently, and costs more. Most lines of a file have the keys of the first one in the same order: their values are taken by
 * their place, which costs half of looking for each key, and tells at once that nothing unknown is among them. The others
 * are looked through key by key.
 */
export function jsonLines(plan: LoadPlan, file: string, wanted: string[], cleaned: (sql: string) => string): SourceSql {
  const usual = firstKeys(file);
  const places = [...new Set([...usual, ...wanted])];
  const known = [...wanted, ...plan.source.redundant];
  const byKey = `tupleElement(tupleToNameValuePairs(JSONExtract(line, ${literal(`Tuple(${places.map((name) => `${quoted(name)} Nullable(String)`).join(', ')})`)})), 2)`;
  const others = `arrayFilter(pair -> NOT has([${list(known)}], tupleElement(pair, 1)), JSONExtractKeysAndValuesRaw(line))`;
  const rest = `nullif(concat('{', arrayStringConcat(arrayMap(pair -> concat(toJSONString(tupleElement(pair, 1)), ':', tupleElement(pair, 2)), ${others}), ','), '}'), '{}')`;
  // Without any keys nothing is as usual: a line that cannot be read has none either.
  const asUsual = usual.length === 0 ? 'false' : `startsWith(line, '{') AND keys = [${list(usual)}]`;
  const nothingElse = usual.every((name) => known.includes(name)) ? `as_usual OR hasAll([${list(known)}], keys)` : `hasAll([${list(known)}], keys)`;
  return {
    sql: `SELECT ${wanted.map((name, index) => `${cleaned(`texts[${places.indexOf(name) + 1}]`)} AS r${index}`).join(', ')}, line, line_number, valid,
        ${plan.keepUnknown ? `if(NOT valid OR ${nothingElse}, NULL, ${rest})` : 'NULL'} AS unknown
      FROM (SELECT line, line_number, keys, as_usual, if(as_usual, found, ${byKey}) AS texts, as_usual OR (startsWith(line, '{') AND (notEmpty(keys) OR isValidJSON(line))) AS valid
        FROM (SELECT line, line_number, tupleElement(pairs, 1) AS keys, tupleElement(pairs, 2) AS found, ${asUsual} AS as_usual
          FROM (SELECT line, rowNumberInAllBlocks() + 1 AS line_number, JSONExtractKeysAndValues(line, 'Nullable(String)') AS pairs FROM input('line String'))))`,
    raw: 'line', blank: "line IN ('', '\\r')", broken: "if(valid, NULL, 'bad JSON')",
    names: new Map(wanted.map((name, index) => [name, `r${index}`])),
    headerLines: 0, format: 'LineAsString',
    settings: {
      // Merged into one, the steps take the lines apart again for every condition that looks at a part of the rows.
      query_plan_merge_expressions: 0,
      // One thread on blocks that fit its processor's cache took a quarter less than several on large ones; large files come in several ranges.
      input_format_parallel_parsing: 0, max_threads: 1, max_block_size: '8192', max_insert_block_size: '8192',
    },
  };
}

function quoted(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}
