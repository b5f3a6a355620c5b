import type { Condition, Expression, Operation } from '../load-plan.ts';
import type { ColumnType } from '../tables.ts';
import { WarehouseError } from '../warehouse.ts';
import type { SqlWords } from './words.ts';

/** SQL with the kind of value that it gives. `depth`: how many layers of parsed values it stands on. */
export interface Rendered { sql: string; type: 'text' | 'int' | 'bool' | 'timestamp' | 'null'; depth: number; /** For messages. */ origin: string }

/** A value that is parsed from text once, in a layer below those that use it. */
export interface Leaf { name: string; sql: string; depth: number }

/** Wherever `failed` holds, the row goes to quarantine with `reason`. */
export interface Check { failed: string; reason: string }

export interface RenderContext {
  words: SqlWords;
  /** Gives the SQL name of a source's column, where a null convention has been applied. */
  column(name: string): string;
  zone: string;
  jobTenant: string;
  /** Customer number → tenant. */
  tenants: { customerNumber: number; tenant: string }[];
}

/** Renders expressions to layers of SQL: what parses is computed once, checks look only at its result. */
export class ExpressionRenderer {
  readonly leaves: Leaf[] = [];
  readonly checks: Check[] = [];
  readonly #context: RenderContext;

  constructor(context: RenderContext) {
    this.#context = context;
  }

  /** The expression as a target column's type. */
  as(expression: Expression, type: ColumnType, target: string): Rendered {
    const value = this.render(expression);
    switch (type) {
      case 'text': case 'json': return this.#text(value);
      case 'int': case 'bigint': return this.#integer(value, type === 'int' ? 'INTEGER' : 'BIGINT');
      case 'bool': return this.#bool(value);
      case 'timestamp':
        if (value.type === 'timestamp' || value.type === 'null') return value;
        throw new WarehouseError('invalid-mapping', `The column ${target} is a time: use the operation "timestamp" or "date-time" for it`);
      default: return value;
    }
  }

  render(expression: Expression): Rendered {
    if (expression === null) return { sql: 'NULL', type: 'null', depth: 0, origin: 'null' };
    switch (typeof expression) {
      case 'string': return { sql: this.#context.column(expression), type: 'text', depth: 0, origin: expression };
      case 'number': return { sql: String(Math.trunc(expression)), type: 'int', depth: 0, origin: String(expression) };
      case 'boolean': return { sql: String(expression), type: 'bool', depth: 0, origin: String(expression) };
      default: return this.#operation(expression);
    }
  }

  condition(condition: Condition): { sql: string; depth: number } {
    switch (condition.op) {
      case 'not': {
        const of = this.condition(condition.of);
        return { sql: `(NOT ${of.sql})`, depth: of.depth };
      }
      case 'and': case 'or': {
        const parts = condition.of.map((part) => this.condition(part));
        return { sql: `(${parts.map(({ sql }) => sql).join(condition.op === 'and' ? ' AND ' : ' OR ')})`, depth: deepest(parts) };
      }
      case 'empty': {
        const of = this.render(condition.of);
        return { sql: of.type === 'text' ? `(${of.sql} IS NULL OR ${of.sql} = '')` : `(${of.sql} IS NULL)`, depth: of.depth };
      }
      case 'in': {
        const of = this.#text(this.render(condition.of));
        return { sql: `coalesce(${of.sql} IN (${this.#list(condition.values)}), false)`, depth: of.depth };
      }
      default: {
        const pair = [this.render(condition.left), this.render(condition.right)] as const;
        const numeric = condition.op !== 'equals' || pair.some(({ type }) => type === 'int');
        const [left, right] = pair.some(({ type }) => type === 'timestamp') ? pair
          : [numeric ? this.#integer(pair[0], 'BIGINT') : this.#text(pair[0]), numeric ? this.#integer(pair[1], 'BIGINT') : this.#text(pair[1])];
        const sign = { 'equals': '=', 'greater': '>', 'greater-or-equal': '>=' }[condition.op];
        return { sql: `coalesce(${left.sql} ${sign} ${right.sql}, false)`, depth: deepest([left, right]) };
      }
    }
  }

  #operation(operation: Operation): Rendered {
    const made = (sql: string, type: Rendered['type'], parts: { depth: number }[], origin: string): Rendered => ({ sql, type, depth: deepest(parts), origin });
    switch (operation.op) {
      case 'constant': return typeof operation.value === 'string' ? made(this.#words.literal(operation.value), 'text', [], 'constant') : this.render(operation.value);
      case 'job-tenant': return made(this.#words.literal(this.#context.jobTenant), 'text', [], 'tenant');
      case 'tenant': {
        const of = this.#text(this.render(operation.of));
        const known = this.#context.tenants.map((row): [string, string] => [String(row.customerNumber), this.#words.literal(row.tenant)]);
        return made(known.length === 0 ? of.sql : this.#words.match(of.sql, known, of.sql), 'text', [of], of.origin);
      }
      case 'coalesce': {
        const [same, type] = this.#same(operation.of);
        const parts = type === 'text' ? same.map((part) => `nullif(${part.sql}, '')`) : same.map((part) => part.sql);
        return made(`coalesce(${parts.join(', ')})`, type, same, origins(same));
      }
      case 'concat': {
        const parts = operation.of.map((part) => this.#text(this.render(part)));
        return made(this.#words.concat(parts.map(({ sql }) => sql)), 'text', parts, origins(parts));
      }
      case 'map': return this.#map(operation);
      case 'case': {
        const [same, type] = this.#same([...operation.when.map(({ use }) => use), operation.otherwise]);
        const conditions = operation.when.map((branch) => this.condition(branch.if));
        const branches = conditions.map((condition, index) => `WHEN ${condition.sql} THEN ${same[index]?.sql ?? 'NULL'}`);
        return made(`CASE ${branches.join(' ')} ELSE ${same.at(-1)?.sql ?? 'NULL'} END`, type, [...same, ...conditions], origins(same));
      }
      case 'strip-prefix': {
        const of = this.#text(this.render(operation.of));
        const branches = operation.prefixes.map((prefix) => `WHEN ${this.#words.startsWith(of.sql, prefix)} THEN ${this.#words.substring(of.sql, [...prefix].length + 1)}`);
        return made(`CASE ${branches.join(' ')} ELSE ${of.sql} END`, 'text', [of], of.origin);
      }
      case 'substring': {
        const of = this.#text(this.render(operation.of));
        const length = operation.length === undefined ? undefined : Math.trunc(operation.length);
        return made(this.#words.substring(of.sql, Math.trunc(operation.from), length), 'text', [of], of.origin);
      }
      case 'split': {
        const of = this.#text(this.render(operation.of));
        return made(`nullif(${this.#words.split(of.sql, operation.separator, Math.trunc(operation.part))}, '')`, 'text', [of], of.origin);
      }
      case 'trim': case 'lower': case 'upper': {
        const of = this.#text(this.render(operation.of));
        return made(this.#words[operation.op](of.sql), 'text', [of], of.origin);
      }
      case 'digits': {
        const of = this.#text(this.render(operation.of));
        return made(this.#words.digits(of.sql), 'text', [of], of.origin);
      }
      case 'integer': return this.#integer(this.render(operation.of), 'BIGINT');
      case 'nullif': {
        const of = this.#text(this.render(operation.of));
        return made(`CASE WHEN ${of.sql} IN (${this.#list(operation.values)}) THEN NULL ELSE ${of.sql} END`, 'text', [of], of.origin);
      }
      case 'flag': {
        const of = this.#text(this.render(operation.of));
        return this.#parsed(of, `CASE WHEN ${of.sql} IN (${this.#list(operation.true)}) THEN true WHEN ${of.sql} IN (${this.#list(operation.false)}) THEN false END`, 'bool', 'bad flag');
      }
      case 'timestamp': {
        const of = this.#text(this.render(operation.of));
        const value = `coalesce(${operation.formats.map((format) => this.#words.timestampOf(of.sql, format)).join(', ')})`;
        return this.#parsed(of, operation.zone === 'source' ? this.#words.inUtc(value, this.#context.zone) : value, 'timestamp', 'bad timestamp');
      }
      case 'date-time': return this.#dateTime(operation);
      case 'duration': {
        const of = this.#text(this.render(operation.of));
        const value = this.#parsed(of, this.#words.durationUnits(of.sql, operation.unit, operation.to ?? 's'), 'int', 'bad number');
        return operation.negative === 'zero' ? { ...value, sql: `greatest(${value.sql}, 0)` } : value;
      }
      case 'add': {
        const parts = operation.of.map((part) => this.#integer(this.render(part), 'BIGINT'));
        return made(`(${parts.map(({ sql }) => `coalesce(${sql}, 0)`).join(' + ')})`, 'int', parts, origins(parts));
      }
      case 'seconds-between': {
        const [from, to] = [this.#time(operation.from), this.#time(operation.to)];
        return made(this.#words.secondsBetween(from.sql, to.sql), 'int', [from, to], origins([from, to]));
      }
      case 'plus-seconds': {
        const [time, seconds] = [this.#time(operation.time), this.#integer(this.render(operation.seconds), 'BIGINT')];
        return made(this.#words.plusSeconds(time.sql, seconds.sql), 'timestamp', [time, seconds], time.origin);
      }
      case 'condition': {
        const of = this.condition(operation.of);
        return made(of.sql, 'bool', [of], 'condition');
      }
      default: return operation satisfies never;
    }
  }

  #map(operation: Operation & { op: 'map' }): Rendered {
    const of = this.#text(this.render(operation.of));
    const entries = Object.entries(operation.values);
    const results: Expression[] = entries.map(([, value]) => (typeof value === 'string' ? { op: 'constant', value } : value));
    const [same, type] = this.#same(operation.otherwise === undefined ? results : [...results, operation.otherwise]);
    const branches = entries.map(([key], index): [string, string] => [key, same[index]?.sql ?? 'NULL']);
    if (operation.otherwise !== undefined) {
      return { sql: this.#words.match(of.sql, branches, same.at(-1)?.sql ?? 'NULL'), type, depth: deepest([of, ...same]), origin: of.origin };
    }
    this.checks.push({
      failed: `${of.sql} IS NOT NULL AND ${of.sql} NOT IN (${this.#list(entries.map(([key]) => key))})`,
      reason: this.#reason('unknown value', of),
    });
    return { sql: this.#words.match(of.sql, branches, 'NULL'), type, depth: of.depth, origin: of.origin };
  }

  #dateTime(operation: Operation & { op: 'date-time' }): Rendered {
    const [date, time] = [this.#text(this.render(operation.date)), this.#text(this.render(operation.time))];
    const both: Rendered = { sql: `${date.sql} || ' ' || ${time.sql}`, type: 'text', depth: deepest([date, time]), origin: `${date.origin} and ${time.origin}` };
    const local = this.#words.plusSeconds(this.#words.dateOf(date.sql, operation.format), this.#words.clockSeconds(time.sql));
    const value = this.#parsed(both, operation.zone === 'source' ? this.#words.inUtc(local, this.#context.zone) : local, 'timestamp', 'bad date or time');
    if (operation.notBefore === undefined) return value;
    const earliest = this.#time(operation.notBefore);
    return { ...value, sql: `CASE WHEN ${value.sql} < ${earliest.sql} THEN ${this.#words.plusSeconds(value.sql, '86400')} ELSE ${value.sql} END`, depth: deepest([value, earliest]) };
  }

  /** A leaf that is null although its text was there is a reason for quarantine. */
  #parsed(of: Rendered, sql: string, type: Rendered['type'], complaint: string): Rendered {
    const known = this.leaves.find((leaf) => leaf.sql === sql);
    if (known) return { sql: known.name, type, depth: known.depth + 1, origin: of.origin };
    const leaf: Leaf = { name: `p${this.leaves.length}`, sql, depth: of.depth };
    this.leaves.push(leaf);
    this.checks.push({ failed: `${leaf.name} IS NULL AND ${of.sql} IS NOT NULL`, reason: this.#reason(complaint, of) });
    return { sql: leaf.name, type, depth: leaf.depth + 1, origin: of.origin };
  }

  get #words(): SqlWords {
    return this.#context.words;
  }

  #list(texts: readonly string[]): string {
    return texts.map((text) => this.#words.literal(text)).join(', ');
  }

  #reason(complaint: string, of: Rendered): string {
    return `concat(${this.#words.literal(`${complaint} in ${of.origin}: `)}, ${this.#words.substring(of.sql, 1, 100)})`;
  }

  #text(value: Rendered): Rendered {
    if (value.type === 'text') return value;
    return { ...value, sql: value.type === 'null' ? 'NULL::VARCHAR' : this.#words.text(value.sql), type: 'text' };
  }

  #integer(value: Rendered, sqlType: 'INTEGER' | 'BIGINT'): Rendered {
    if (value.type === 'null' || value.type === 'int') return value;
    if (value.type === 'bool') return { ...value, sql: `CAST(${value.sql} AS INTEGER)`, type: 'int' };
    if (value.type === 'timestamp') throw new WarehouseError('invalid-mapping', `${value.origin} is a time where a number is needed`);
    return this.#parsed(value, this.#words.integer(value.sql, sqlType), 'int', 'bad number');
  }

  #bool(value: Rendered): Rendered {
    if (value.type === 'null' || value.type === 'bool') return value;
    if (value.type === 'int') return { ...value, sql: `(${value.sql} <> 0)`, type: 'bool' };
    return this.#parsed(value, this.#words.bool(value.sql), 'bool', 'bad flag');
  }

  #time(expression: Expression): Rendered {
    const value = this.render(expression);
    if (value.type !== 'timestamp' && value.type !== 'null') throw new WarehouseError('invalid-mapping', `${value.origin} is not a time: use the operation "timestamp" or "date-time" there`);
    return value;
  }

  /** Branches of one type: where they differ, all become text. */
  #same(expressions: Expression[]): [Rendered[], Rendered['type']] {
    const rendered = expressions.map((expression) => this.render(expression));
    const types = new Set(rendered.map(({ type }) => type).filter((type) => type !== 'null'));
    const [only] = types;
    if (types.size === 1 && only !== undefined) return [rendered, only];
    return [rendered.map((value) => (value.type === 'null' ? value : this.#text(value))), 'text'];
  }
}

function deepest(parts: readonly { depth: number }[]): number {
  return Math.max(0, ...parts.map(({ depth }) => depth));
}

function origins(parts: readonly Rendered[]): string {
  return parts.map(({ origin }) => origin).join(', ');
}

