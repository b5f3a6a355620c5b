import type { SqlValue } from '../engine.ts';

/** A statement in ClickHouse's words, and the parameters that it names. */
export interface Translated { sql: string; parameters: Record<string, unknown> }

/** Strings, quoted names and comments stay as they are; what follows them in the pattern is ours to say otherwise. */
const WORDS = /'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|\bTIMESTAMP\s+('[^']*')|\bTIMESTAMP\b|=\s*ANY\(\$(\w+)\)|\$(\w+)|\b(store|dim|facts)\.(\w+)|;/gi;
const INSTANT = "DateTime64(3, 'UTC')";

/** The server takes at most 1000 fields of a form, each of at most 128 KiB: what is more stands in the statement, quoted. */
const MOST_BOUND = 500;
const LONGEST_BOUND = 30_000;
/** A statement with parameters may be such a field itself; without any it is the whole body, of any length. */
const LONGEST_WITH_BOUND = 100_000;

/**
 * One statement of `sql/` as ClickHouse takes it:
 * - `store.calls` is the table `store_calls` of the connection's database (schemas are the other engine's);
 * - `$name` is a bound parameter of the type that its value has; `= ANY($list)` is IN;
 * - TIMESTAMP, which here has whole seconds, is a DateTime64 with milliseconds, in UTC.
 * @throws Error naming a parameter without a value.
 */
export function translate(sql: string, values: Record<string, SqlValue> = {}): Translated {
  const parameters: Record<string, unknown> = {};
  const many = Object.keys(values).length > MOST_BOUND || sql.length > LONGEST_WITH_BOUND;
  const bind = (name: string): string => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`The statement's parameter $${name} has no value`);
    if (value === null) return 'NULL';
    const [type, bound] = toClickHouse(value);
    if (many || lengthOf(bound) > LONGEST_BOUND) return `CAST(${literal(bound)} AS ${type})`;
    parameters[name] = bound;
    return `{${name}:${type}}`;
  };
  const text = sql.replaceAll(WORDS, (all: string, instant?: string, list?: string, name?: string, schema?: string, table?: string) => {
    if (instant !== undefined) return `toDateTime64(${instant}, 3, 'UTC')`;
    if (list !== undefined) return `IN ${bind(list)}`;
    if (name !== undefined) return bind(name);
    if (schema !== undefined && table !== undefined) return `${schema}_${table}`;
    return all.toUpperCase() === 'TIMESTAMP' ? INSTANT : all;
  });
  return { sql: text, parameters };
}

/** Several statements, separated by `;`, one by one. */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let start = 0;
  for (const match of sql.matchAll(WORDS)) {
    if (match[0] !== ';') continue;
    statements.push(sql.slice(start, match.index));
    start = match.index + 1;
  }
  statements.push(sql.slice(start));
  // What is left without its comments.
  return statements.map((statement) => statement.trim()).filter((statement) => statement.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim() !== '');
}

/** The type and the text of a parameter. Whole numbers are integers, dates are instants in UTC. */
function toClickHouse(value: Exclude<SqlValue, null>): [type: string, bound: unknown] {
  if (Array.isArray(value)) return [`Array(${listType(value)})`, value];
  if (value instanceof Date) return [INSTANT, value.toISOString().slice(0, -1).replace('T', ' ')];
  switch (typeof value) {
    case 'string': return ['String', value];
    case 'boolean': return ['Bool', value];
    case 'bigint': return ['Int64', String(value)];
    default: return [Number.isSafeInteger(value) ? 'Int64' : 'Float64', value];
  }
}

/** A literal: within the quotes only a backslash and a quote have a meaning. */
function literal(bound: unknown): string {
  if (Array.isArray(bound)) return `[${bound.map(literal).join(', ')}]`;
  return typeof bound === 'string' ? `'${bound.replaceAll(/[\\']/g, String.raw`\$&`)}'` : String(bound);
}

function lengthOf(bound: unknown): number {
  if (Array.isArray(bound)) return bound.reduce((sum: number, item) => sum + lengthOf(item) + 3, 0);
  return typeof bound === 'string' ? bound.length : 20;
}

function listType(values: (string | number)[]): string {
  if (values.length === 0 || !values.every((value) => typeof value === 'number')) return 'String';
  return values.every((value) => Number.isSafeInteger(value)) ? 'Int64' : 'Float64';
}
