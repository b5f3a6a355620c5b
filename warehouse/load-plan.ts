/**
 * What a load does, in words of no engine: a mapping is parsed into this, an engine renders it to its
 * SQL. Everything that a file may decide is in here; there is no free SQL text in it.
 */
export interface LoadPlan {
  /** Name of the mapping, for the ledger and messages. */
  name: string;
  target: LoadTarget;
  source: LoadSource;
  /** IANA zone of local times in the file. */
  zone: string;
  /** Rows that the mapping leaves out (counted, not quarantined). */
  leaveOut?: Condition;
  /** For event logs: many lines make one row. The columns then speak of the group's values. */
  group?: Group;
  /** For logs of what somebody did, a state a line: the columns also read what came before and comes next. Not with `group`. */
  follow?: Follow;
  /** Target column → expression. Absent columns are empty. */
  columns: Record<string, Expression>;
  /** Makes one leg per queued call, because the source writes none. Only with target `calls`. */
  deriveLegs: boolean;
  /** Keeps columns that no expression reads in `extra`. */
  keepUnknown: boolean;
  /**
   * How far a known row's start may lie from the file's own times, in days; null looks everywhere.
   * Streams set it: the look-up then stays cheap however long the history is.
   */
  keyHorizonDays: number | null;
}

export const LOAD_TARGETS = ['calls', 'legs', 'agent_states'] as const;
export type LoadTarget = (typeof LOAD_TARGETS)[number];

/** The columns that name a row, besides its start. */
export const KEYS: Record<LoadTarget, readonly string[]> = {
  calls: ['tenant', 'call_id'],
  legs: ['tenant', 'call_id', 'leg'],
  agent_states: ['tenant', 'agent', 'started_at', 'state'],
};

export const ENCODINGS = ['utf-8', 'utf-16', 'latin-1'] as const;
export type LoadSource = {
  /** Texts that stand for "no value" in every column, besides the empty one. */
  nulls: string[];
  /** Columns that say again what another one says: neither read nor kept. */
  redundant: string[];
  /** Columns that must be there; a file without them is refused, naming what was found. */
  required: string[];
} & (
  | {
    format: 'delimited';
    /** Tried in this order: the first one that finds the required columns in the header wins. */
    delimiters: string[];
    quote: string;
    encoding: (typeof ENCODINGS)[number];
    /** Names by position for files without a header line; null = the first line names them. */
    positions: string[] | null;
  }
  | { format: 'ndjson' }
  | { format: 'parquet' }
);

export interface Group {
  by: Expression;
  /** Lines that belong to a group at all; the others are left out. */
  where?: Condition;
  values: Record<string, Aggregate>;
}
export const AGGREGATES = ['first', 'last', 'min', 'max', 'sum', 'count'] as const;
/** `first` and `last` go by the order of lines, the others by number; `where` chooses lines. */
export interface Aggregate { take: (typeof AGGREGATES)[number]; of: Expression; where?: Condition }

/** Lines of the same `by`, in the order of `at` (a number) and of the file, each with values of its neighbours. */
export interface Follow {
  by: Expression;
  at: Expression;
  /** Lines that count at all; the others are left out. */
  where?: Condition;
  values: Record<string, Following>;
}
/** `next`: of the line that follows, empty after the last. `latest` and `count`: of the lines so far, this one too; `where` chooses lines. */
export const FOLLOWED = ['latest', 'count'] as const;
export type Following = { take: 'next'; of: Expression } | { take: (typeof FOLLOWED)[number]; of: Expression; where?: Condition };

export const TIMESTAMP_FORMATS = [
  /** `2026-01-31 23:59:59.123`, also with `T`, `Z` or an offset */
  'iso',
  'yyyyMMddHHmmss', 'yyyyMMddHHmmssfff', 'dd/MM/yyyy HH:mm:ss',
  'epoch-seconds', 'epoch-milliseconds',
] as const;
export type TimestampFormat = (typeof TIMESTAMP_FORMATS)[number];
export const DATE_FORMATS = ['yyyy-MM-dd', 'yyyyMMdd', 'yyMMdd', 'dd/MM/yyyy'] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];
/** `clock` is `h:mm:ss` or `m:ss`. */
export const DURATION_UNITS = ['s', 'ms', 'cs', 'min', 'clock'] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number];

/** A text names a column of the source; numbers, booleans and null are themselves. */
export type Expression = string | number | boolean | null | Operation;
export type Operation =
  | { op: 'constant'; value: string | number | boolean }
  /** The tenant that the load names; for a number of a platform's customer see `tenant`. */
  | { op: 'job-tenant' }
  /** Hermes' CustomerID → our tenant, by the configuration; an unknown number stays as text. */
  | { op: 'tenant'; of: Expression }
  /** The first that is neither null nor empty. */
  | { op: 'coalesce'; of: Expression[] }
  | { op: 'concat'; of: Expression[] }
  /** Without `otherwise` an unknown value is quarantined. */
  | { op: 'map'; of: Expression; values: Record<string, string | number | boolean | null>; otherwise?: Expression }
  | { op: 'case'; when: { if: Condition; use: Expression }[]; otherwise: Expression }
  | { op: 'strip-prefix'; of: Expression; prefixes: string[] }
  /** `from` counts from 1. */
  | { op: 'substring'; of: Expression; from: number; length?: number }
  /** The part between separators; `part` counts from 1. */
  | { op: 'split'; of: Expression; separator: string; part: number }
  | { op: 'trim' | 'lower' | 'upper' | 'digits' | 'integer'; of: Expression }
  | { op: 'nullif'; of: Expression; values: string[] }
  | { op: 'flag'; of: Expression; true: string[]; false: string[] }
  /** `zone` tells what the text means: UTC, or the mapping's zone. The first format that fits is taken. */
  | { op: 'timestamp'; of: Expression; formats: TimestampFormat[]; zone: 'utc' | 'source' }
  /** A date and a time in two columns, local; `notBefore`: an earlier result is of the next day. */
  | { op: 'date-time'; date: Expression; time: Expression; format: DateFormat; zone: 'utc' | 'source'; notBefore?: Expression }
  /** Whole units, floored. `to` defaults to seconds. A negative one becomes 0 or stays. */
  | { op: 'duration'; of: Expression; unit: DurationUnit; to?: 's' | 'ms'; negative: 'zero' | 'keep' }
  | { op: 'add'; of: Expression[] }
  /** Whole seconds from one time to another. */
  | { op: 'seconds-between'; from: Expression; to: Expression }
  | { op: 'plus-seconds'; time: Expression; seconds: Expression }
  | { op: 'condition'; of: Condition };

export type Condition =
  | { op: 'equals' | 'greater' | 'greater-or-equal'; left: Expression; right: Expression }
  | { op: 'in'; of: Expression; values: string[] }
  /** Null or ''. */
  | { op: 'empty'; of: Expression }
  | { op: 'not'; of: Condition }
  | { op: 'and' | 'or'; of: Condition[] };
