import { createReadStream, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { columnsRead } from '../../columns-read.ts';
import type { LoadPlan } from '../../load-plan.ts';
import { ExpressionRenderer } from '../../load/expression.ts';
import type { RenderContext } from '../../load/expression.ts';
import { layered } from '../../load/layers.ts';
import { normalisedColumns, REQUIRED } from '../../load/normalise.ts';
import { CONTENT, FROZEN } from '../../load/targets.ts';
import { WarehouseError } from '../../warehouse.ts';
import type { ClickHouseEngine } from '../engine.ts';
import { isOfContent } from '../errors.ts';
import { Slots } from '../slots.ts';
import { CALLER_KEY, KEY_JOIN } from './caller-key.ts';
import { fileBytes, withoutMark } from './file-bytes.ts';
import type { Range } from './file-bytes.ts';
import { followLines } from './follow-lines.ts';
import { frozenJoins, frozenValue } from './freeze.ts';
import { groupLines } from './group-lines.ts';
import { lineRanges } from './line-ranges.ts';
import { FATES, stagedName } from './rows.ts';
import { renderSource } from './source.ts';
import type { SourceSql } from './source.ts';
import { literal } from './sql-text.ts';
import { transcoded } from './transcoded.ts';
import { WORDS } from './words.ts';

export interface StageOptions {
  plan: LoadPlan; file: string; part: number; stage: string; jobTenant: string; tenants: RenderContext['tenants'];
  /** At least so many bytes of a file of lines are one statement. */
  rangeBytes?: number;
  pace: Pace;
}

/** A statement reads its lines one after the other on one of the server's processors: files, and large ones in several ranges, are sent at once. */
export interface Pace { atOnce: number; slots: Slots; failed: AbortController }

const RANGE_BYTES = 64 << 20;
/** This process has to send it all. */
const MOST_AT_ONCE = 8;

/** For one load on a server of so many processors. */
export function paceOf(processors: number): Pace {
  const atOnce = Math.max(1, Math.min(MOST_AT_ONCE, processors));
  return { atOnce, slots: new Slots(atOnce), failed: new AbortController() };
}

/** At most this much of the least goes as one statement. */
const MOST_AS_ONE = 8;

/** Ranges of a file: as few as keep the processors equally busy, for the server takes a tenth of a second to plan each. */
function rangesOf(bytes: number, rangeBytes: number, atOnce: number): number {
  const most = Math.max(1, Math.floor(bytes / rangeBytes));
  return most < atOnce ? most : atOnce * Math.ceil(most / (atOnce * MOST_AS_ONE));
}

/**
 * Sends a file into the server's parser and keeps what its lines say, complete as it will stand in the table: with what the
 * configuration says today, so that whoever completes the load later needs nothing but the stage.
 * @throws WarehouseError `invalid-file` for what the parser cannot read.
 */
export async function stageFile(engine: ClickHouseEngine, options: StageOptions): Promise<void> {
  const { plan, file } = options;
  const source = renderSource(plan, file, columnsRead(plan));
  const rows = plan.follow !== undefined ? followLines(source, plan.follow, new ExpressionRenderer(context(source.names, options)))
    : plan.group !== undefined ? groupLines(source, plan.group, new ExpressionRenderer(context(source.names, options))) : source;
  // Lines that are read together, or that may stand in quotes, come in one.
  const alone = plan.source.format === 'ndjson' && plan.follow === undefined && plan.group === undefined;
  const { size } = statSync(file);
  const { atOnce, slots, failed } = options.pace;
  const ranges = alone ? lineRanges(file, rangesOf(size, options.rangeBytes ?? RANGE_BYTES, atOnce)) : [{ from: 0, to: size }];
  // Whoever takes the stage away after a failure waits for those that still write into it.
  const checked = checkedRows(rows, options);
  await Promise.allSettled(ranges.map((range) => slots.use(() => send(engine, { checked, source, range, options }), failed.signal).catch((error: unknown) => { failed.abort(error); })));
  failed.signal.throwIfAborted();
}

async function send(engine: ClickHouseEngine, { checked, source, range, options }: { checked: string; source: SourceSql; range: Range; options: StageOptions }): Promise<void> {
  const { plan, file, part, stage } = options;
  const columns = CONTENT[plan.target].map(({ name }) => name);
  await engine.send({
    sql: `INSERT INTO ${stagedName(stage)} (${columns.join(', ')}, part, begins, line, fate, problem, raw)
      SELECT ${columns.map((name) => (FROZEN.includes(name) ? `${frozenValue(name)} AS ${name}` : name === 'caller_key' ? `${CALLER_KEY} AS ${name}` : `s.${name}`)).join(', ')},
        ${part}, ${range.from}, line_number + ${range.from + source.headerLines}, fate, ifNull(problem, ''), if(fate = ${FATES.refused}, raw, '')
      FROM (${checked}) s ${columns.includes('caller_key') ? KEY_JOIN : ''}${frozenJoins(plan.target)} FORMAT ${source.format}`,
    // The server takes a mark for a part of the first line.
    ...contentOf(file, source.format === 'LineAsString' ? withoutMark(file, range) : range, plan), settings: {
      // One stream of rows keeps the file's order, which the numbers of lines come from.
      max_insert_threads: '1', max_partitions_per_insert_block: '0', precise_float_parsing: 1, input_format_parallel_parsing: 1,
      ...source.settings,
      // Long lists of checks took the optimiser longer than all the rest of a small load.
      optimize_and_compare_chain: 0, optimize_extract_common_expressions: 0, optimize_min_equality_disjunction_chain_length: '100000', optimize_min_inequality_conjunction_chain_length: '100000',
      // A dead client's half of a file is not worth waiting for.
      cancel_http_readonly_queries_on_client_close: 1,
    },
  }).catch((error: unknown) => {
    if (!isOfContent(error, source.format)) throw error;
    throw new WarehouseError('invalid-file', `Loading ${file} failed: ${error instanceof Error ? error.message.split('\n', 1)[0]?.slice(0, 500) ?? '' : ''}`, { cause: error });
  });
}

function checkedRows(rows: SourceSql, options: StageOptions): string {
  const { plan } = options;
  const renderer = new ExpressionRenderer(context(rows.names, options));
  const rendered = new Map(CONTENT[plan.target].flatMap((column) => {
    const expression = Object.hasOwn(plan.columns, column.name) ? plan.columns[column.name] : undefined;
    return expression === undefined ? [] : [[column.name, renderer.as(expression, column.type, column.name).sql]];
  }));
  const leftOut = plan.leaveOut === undefined ? 'false' : renderer.condition(plan.leaveOut).sql;
  const checks = [...renderer.checks, ...REQUIRED[plan.target].map((name) => ({ failed: missing(rendered.get(name)), reason: literal(`missing ${name}`) }))];
  // Which one failed is asked only of the rows where one did.
  const problem = `if(${checks.map(({ failed }) => `(${failed})`).join(' OR ')}, multiIf(${checks.map(({ failed, reason }) => `${failed}, ${reason}`).join(', ')}, NULL), NULL)`;
  const extra = rendered.get('extra') ?? (plan.keepUnknown ? 'unknown' : 'NULL');
  const values = CONTENT[plan.target].map(({ name }) => `${name === 'extra' ? extra : rendered.get(name) ?? 'NULL'} AS ${name}`);
  return `SELECT ${normalisedColumns(plan.target, 'VARCHAR')}, problem, raw, line_number,
      multiIf(blank, ${FATES.blank}, isNotNull(broken), ${FATES.refused}, left_out, ${FATES.leftOut}, isNotNull(problem), ${FATES.refused}, ${FATES.good}) AS fate
    FROM (SELECT ${values.join(', ')}, broken, coalesce(broken, ${problem}) AS problem, ${leftOut} AS left_out, raw, blank, line_number
      FROM (${layered(`SELECT *, ${rows.broken} AS broken, ${rows.blank} AS blank, ${rows.raw} AS raw FROM (${rows.sql})`, renderer)}))`;
}

function missing(sql: string | undefined): string {
  return sql === undefined ? 'true' : `ifNull(CAST(${sql} AS VARCHAR), '') = ''`;
}

/** The file's bytes: nobody looks at them here. What is not UTF-8 is made so on the way. */
function contentOf(file: string, range: Range, plan: LoadPlan): { body: Readable; bodyBytes?: number } {
  if (plan.source.format !== 'delimited' || plan.source.encoding === 'utf-8') return { body: fileBytes(file, range), bodyBytes: range.to - range.from };
  return { body: transcoded(createReadStream(file, { highWaterMark: 1 << 20 }), plan.source.encoding) };
}

function context(names: Map<string, string>, options: StageOptions): RenderContext {
  return {
    words: WORDS, zone: options.plan.zone, jobTenant: options.jobTenant, tenants: options.tenants,
    column: (name) => {
      const sql = names.get(name);
      if (sql === undefined) throw new WarehouseError('invalid-mapping', `The mapping ${options.plan.name} reads the column ${name}, which the group does not give: known are ${[...names.keys()].join(', ')}`);
      return sql;
    },
  };
}
