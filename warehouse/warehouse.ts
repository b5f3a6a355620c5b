import type { AgentState, RowKind } from '../telephony/rows.ts';
import type { IncidentFacts } from './incidents/facts.ts';
import type { DialsQuery, StoredDial, Unfinished } from './unfinished.ts';

/**
 * The only door to the facts. Every method takes and gives plain data (structured clone; a stream of bytes passes from thread to thread), so that the
 * same interface serves in one thread, across a worker and across HTTP. The rules behind the numbers
 * are in `sql/`.
 */
export interface Warehouse {
  /** All measures, in the order of their ids. */
  measures(): Promise<MeasureInfo[]>;
  /** @throws WarehouseError `invalid-query` naming the value and what is allowed; `timeout`; `cancelled`. */
  kpi(query: KpiQuery, scope: Scope, options?: QueryOptions): Promise<KpiAnswer>;
  /**
   * The groups of a question as a table, without what belongs to all of them (totals, comparison, names). Keys: texts, the
   * start of an interval as an instant (`1min` to `60min`) or a local date, `hour` and `weekday` as numbers.
   * @throws WarehouseError as `kpi`; `too-large` beyond {@link MOST_TABLE_ROWS}, also in the middle of the stream.
   */
  kpiTable(query: KpiQuery, scope: Scope, options?: QueryOptions): Promise<TableAnswer>;
  /** All calls of a range as a table, by their start; columns as in `sql/questions/calls_table.sql`. @throws as `kpiTable`. */
  callsTable(query: CallsTableQuery, scope: Scope, options?: QueryOptions): Promise<TableAnswer>;
  calls(query: CallsQuery, scope: Scope, options?: QueryOptions): Promise<CallsPage>;
  call(key: CallKey, scope: Scope, options?: QueryOptions): Promise<CallDetail | null>;
  /** Several at once, in the order of the keys, at most {@link MOST_CALLS_AT_ONCE}. */
  callDetails(keys: CallKey[], scope: Scope, options?: QueryOptions): Promise<(CallDetail | null)[]>;
  agentTimeline(query: AgentTimelineQuery, scope: Scope, options?: QueryOptions): Promise<AgentLane[]>;
  /** Calls and legs of a source whose newest row says "in progress". */
  unfinished(source: string): Promise<Unfinished>;
  /** Outbound calls of a source that began in a range, the oldest first: what its call files may not have heard. Bounds: instants, the first inclusive. */
  dials(query: DialsQuery): Promise<StoredDial[]>;
  /** Age of the data and the range of history. */
  freshness(scope: Scope): Promise<Freshness>;
  /** {@link Freshness.loadMark} alone: one row is read, so that it can be asked several times a second. */
  loadMark(): Promise<number>;
  /** Ends a running query that was started with this id; unknown ids are ignored. */
  cancel(queryId: string): Promise<void>;
  /** Replaces the copies of the configuration (names, targets, memberships) that queries join and loads freeze. */
  syncDimensions(dimensions: Dimensions): Promise<void>;
  /**
   * Puts the incidents as they are now in the place of what is known of them: all, or those that have changed.
   * @returns false = facts of more events are known, and nothing was done.
   */
  syncIncidents(facts: IncidentFacts): Promise<boolean>;
  /**
   * Loads a file through a mapping, in one transaction with its mark. A job whose `loadId` was
   * committed before returns the counts of that time and changes nothing.
   */
  load(job: LoadJob): Promise<LoadCounts>;
  /**
   * Loads files of one source through one mapping, in their order, in one transaction with one mark where the
   * engine can; gives the counts of each. A job that was committed before keeps its counts and changes nothing.
   */
  loadTogether(jobs: LoadJob[]): Promise<LoadCounts[]>;
  /** Counts of an earlier load, null if it never committed; those of streams are forgotten after an hour. */
  loadCounts(loadId: string): Promise<LoadCounts | null>;
  quarantine(query: { source?: string; limit: number }): Promise<QuarantinedRow[]>;
  /** Numbers of a load's quarantined lines, ascending: tells which of a file's batches they belong to. */
  quarantinedLines(loadId: string): Promise<number[]>;
  /** Rolls up days that are over and were not closed, or re-opened. Called from time to time. */
  closeDays(now: { utcMs: number }): Promise<{ closed: string[] }>;
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}

/** What a viewer may see. `'all'` or an allow-list of ids; an empty list shows nothing. */
export interface Scope {
  tenants: 'all' | string[];
  sites: 'all' | string[];
  queues: 'all' | string[];
  teams: 'all' | string[];
}
export const FULL_SCOPE: Scope = { tenants: 'all', sites: 'all', queues: 'all', teams: 'all' };

export interface QueryOptions {
  queryId?: string;
  timeoutMs?: number;
  /** What counts as now for what is not over yet, epoch milliseconds; default: the clock. */
  nowMs?: number;
}

export const DIMENSIONS = ['tenant', 'site', 'campaign', 'queue', 'team', 'agent', 'medium', 'incident-type', 'severity', 'component', 'hour', 'weekday'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
/** `1min` and `5min` serve short ranges (the live board): they read rows, never rollups. */
export const INTERVALS = ['1min', '5min', '15min', '30min', '60min', 'day', 'week', 'month'] as const;
export type Interval = (typeof INTERVALS)[number];
export const COMPARISONS = ['previous-period', 'previous-day', 'previous-week', 'previous-year'] as const;
export type Comparison = (typeof COMPARISONS)[number];
export const GRAINS = ['calls', 'legs', 'agent-states', 'incidents', 'component-time'] as const;
export type Grain = (typeof GRAINS)[number];
/** `factor`: how many times as much. */
export const UNITS = ['count', 'ratio', 'seconds', 'per-hour', 'minutes-per-hour', 'factor'] as const;
export type Unit = (typeof UNITS)[number];

export interface MeasureInfo {
  /** kebab-case, e.g. `service-level`. */
  id: string;
  /** Changes when the formula changes. */
  version: number;
  nameFr: string; nameEn: string;
  /** Short labels for tiles and table heads. */
  shortFr: string; shortEn: string;
  /** The formula in words. */
  formulaFr: string; formulaEn: string;
  unit: Unit;
  /** The first grain that carries all asked dimensions and filters is taken. */
  grains: Grain[];
  dimensions: Dimension[];
  better: 'up' | 'down' | 'none';
  /** What an interval without rows shows. */
  empty: 'zero' | 'gap';
}

export interface KpiQuery {
  measures: string[];
  /** Dimensions, and at most one interval. */
  by: (Dimension | Interval)[];
  /** Local date `2026-01-01` (midnight in `zone`) or an instant `2026-01-01T08:00:00Z`. Inclusive. */
  from: string;
  /** Exclusive. */
  to: string;
  /** IANA; default: the only site's zone, else the only tenant's, else UTC. */
  zone?: string;
  /** Ids; several values of one dimension are alternatives. */
  where: Partial<Record<Dimension, string[]>>;
  /** Overrides T, S of the queue: reads rows instead of rollups. */
  targetSeconds?: number;
  shortAbandonSeconds?: number;
  compareTo?: Comparison;
  /**
   * Like with like while a range still runs: the earlier period ends where this instant of the asked one lies on the
   * earlier calendar (the same time of day). An instant outside the range changes nothing.
   */
  compareUntil?: string;
  /** Adds a row over everything (also a ratio: Σ/Σ, never a mean of rows). */
  totals?: boolean;
}

/**
 * One group. Keys: the dimensions and the interval of `by` (text; `hour` '0'…'23', `weekday` '1' = Monday … '7';
 * `1min`…`60min` local ISO time with offset `2026-01-01T08:15:00+01:00`, `day` `2026-01-01`, `week` its Monday,
 * `month` `2026-01`), then the measures (ratio as a fraction; null = no value).
 */
export type KpiRow = Record<string, string | number | null>;

export interface KpiAnswer {
  rows: KpiRow[];
  totals: KpiRow | null;
  /** Same keys as `rows`, the interval shifted to the asked period; null without `compareTo`. */
  comparison: { rows: KpiRow[]; totals: KpiRow | null; from: string; to: string } | null;
  zone: string;
  /** Bounds as instants. */
  fromUtc: string; toUtc: string;
  /** The newest event that is loaded; null = the warehouse is empty. */
  dataAt: string | null;
  /** Grows with every committed load: the answer can be made again from it. */
  loadMark: number;
  /** Names of the ids that appear, by dimension, valid at the end of the range. */
  names: Partial<Record<Dimension, Record<string, string>>>;
}

export interface CallsQuery {
  from: string; to: string; zone?: string;
  where: {
    tenant?: string[]; site?: string[]; campaign?: string[]; queue?: string[]; team?: string[]; agent?: string[];
    direction?: ('inbound' | 'outbound')[];
    /** Fate of the call. */
    fate?: CallFate[];
    /** Of outbound calls: others have none. */
    result?: DialResult[];
    /** Digits, matched as a prefix of the other party's number: the caller's, or the dialed one. */
    caller?: string;
    minWaitSeconds?: number; maxWaitSeconds?: number;
    callId?: string;
  };
  order: 'newest' | 'oldest' | 'longest-wait' | 'longest-talk';
  /** 1..500 */
  first: number;
  /** Opaque, from the page before. */
  after?: string;
}
export type CallsTableQuery = Pick<CallsQuery, 'from' | 'to' | 'zone' | 'where'>;

/** Whoever wants more asks several ranges. */
export const MOST_TABLE_ROWS = 1_000_000;

/** An answer of many rows. */
export interface TableAnswer {
  /** The bytes of an Arrow stream: they are computed as they are read, and not any more when it is cancelled. */
  stream: ReadableStream<Uint8Array>;
  zone: string;
  /** Bounds as instants. */
  fromUtc: string; toUtc: string;
  /** As in {@link KpiAnswer}; a load may come in between. */
  loadMark: number;
}

export const CALL_FATES = ['in-progress', 'answered', 'abandoned', 'overflowed', 'no-agent', 'closed', 'ivr-only', 'interrupted', 'not-reached'] as const;
export type CallFate = (typeof CALL_FATES)[number];

/** Of outbound calls: what `ATTEMPT_RESULTS` says, and those that ring. */
export const DIAL_RESULTS = ['passed', 'nuisance', 'machine', 'busy', 'invalid', 'no-answer', 'cancelled', 'interrupted', 'in-progress'] as const;
export type DialResult = (typeof DIAL_RESULTS)[number];

export interface CallSummary {
  tenant: string; callId: string; startedAt: string;
  direction: 'inbound' | 'outbound'; medium: string;
  site: string; siteZone: string; campaign: string; campaignName: string;
  queue: string; queueName: string; agent: string; agentName: string;
  caller: string; fate: CallFate;
  /** Of an outbound call: the number, what became of the attempt (null = inbound), and whether the message for nuisance calls was played. */
  dialed: string; result: DialResult | null; messagePlayed: boolean;
  waitSeconds: number; talkSeconds: number; wrapupSeconds: number; durationSeconds: number;
  inTarget: boolean | null; targetSeconds: number | null; transferred: boolean;
  statusGroup: number | null; statusNum: number | null; statusDetail: number | null;
  statusFr: string; statusEn: string;
}
export interface CallsPage { calls: CallSummary[]; endCursor: string | null; hasNextPage: boolean; totalCount: number }

/** `startedAt`, where it is known from a list, spares the search through the days. */
export const MOST_CALLS_AT_ONCE = 500;
export interface CallKey { tenant: string; callId: string; startedAt?: string }

export interface CallLeg {
  leg: number; visit: number; queue: string; queueName: string; agent: string; agentName: string;
  enteredAt: string; startedAt: string; answeredAt: string | null; leftAt: string | null; outcome: string;
  waitSeconds: number; ringSeconds: number; talkSeconds: number; holdSeconds: number; wrapupSeconds: number;
}
export interface CallDetail extends CallSummary {
  ivrSeconds: number; firstIvr: string; lastIvr: string; called: string; endedByAgent: boolean;
  legs: CallLeg[];
  /** Agent states that carry this call. */
  states: AgentStateSpan[];
  /** Every column of the row by its Hermes name, and the unknown ones that were kept. */
  row: Record<string, string | number | boolean | null>;
}

export interface AgentTimelineQuery { from: string; to: string; zone?: string; where: { tenant?: string[]; site?: string[]; team?: string[]; agent?: string[] } }
export interface AgentStateSpan { agent: string; state: AgentState; reason: string; startedAt: string; endedAt: string; callId: string; queue: string; sessionId: string }
export interface AgentLane {
  tenant: string; agent: string; agentName: string; teams: string[]; site: string;
  spans: AgentStateSpan[];
  /** Seconds by state inside the range. */
  totals: Partial<Record<AgentState, number>>;
  loggedSeconds: number;
}

export interface Freshness { dataAt: string | null; loadMark: number; historyFrom: string | null; calls: number }

/** Copies of the configuration. Validity: UTC ISO, from inclusive, to exclusive, null = open. */
export interface Dimensions {
  version: number;
  tenants: { tenant: string; customerNumber: number; name: string; zone: string }[];
  sites: { site: string; name: string; zone: string }[];
  queues: { tenant: string; queue: string; name: string; medium: string; targetSeconds: number; shortAbandonSeconds: number; validFrom: string | null; validTo: string | null }[];
  campaigns: { tenant: string; campaign: string; name: string; site: string; direction: string; validFrom: string | null; validTo: string | null }[];
  teams: { team: string; name: string; site: string; tenant: string }[];
  agents: { tenant: string; agent: string; name: string; site: string; validFrom: string | null; validTo: string | null }[];
  teamMembers: { team: string; tenant: string; agent: string; validFrom: string | null; validTo: string | null }[];
  statuses: { tenant: string; group: number; num: number; detail: number; labelFr: string; labelEn: string; outcome: 'none' | 'not-argued' | 'argued' | 'positive' | 'appointment' }[];
  pauseReasons: { code: string; labelFr: string; labelEn: string; productive: boolean }[];
}

export interface LoadJob {
  /** Unique for ever: a spool segment's number with its stream, or a file's hash with its mapping. */
  loadId: string;
  /** Who sent it: shown in quarantine and counted apart. */
  source: string;
  /** Absolute path of the file; its SHA-256 where the caller already knows it. */
  file: string;
  /** Name of a shipped mapping, or a mapping's content (checked against its schema before). */
  mapping: string | object;
  /** For rows that name no tenant. */
  tenant?: string;
  /** Whether calls get one derived leg each, where the mapping's word does not hold for this source. */
  deriveLegs?: boolean;
  /** What the rows are when the mapping is one of the shipped ones for streams. */
  kind?: RowKind;
}
export interface LoadCounts {
  /** New rows. */ accepted: number;
  /** Newer versions of known rows. */ updated: number;
  /** Already there, or older than what is there. */ unchanged: number;
  /** Left out by the mapping's rule. */ leftOut: number;
  quarantined: number;
}
export interface QuarantinedRow { source: string; loadId: string; line: number; raw: string; reason: string; at: string }

export const WAREHOUSE_ERROR_CODES = ['invalid-query', 'timeout', 'cancelled', 'unavailable', 'invalid-mapping', 'invalid-file', 'too-large', 'gone'] as const;

export class WarehouseError extends Error {
  readonly code: (typeof WAREHOUSE_ERROR_CODES)[number];
  constructor(code: WarehouseError['code'], message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'WarehouseError';
    this.code = code;
  }
}
