import { ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { ClickHouseSettings } from '@clickhouse/client';
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { pulled } from '../arrow/pulled.ts';
import type { Engine, QueryRequest } from '../engine.ts';
import { WarehouseError } from '../warehouse.ts';
import { parseAddress } from './address.ts';
import { AnswerWatch } from './answer-watch.ts';
import { rowsOfArrow } from './arrow-values.ts';
import { splitStatements, translate } from './dialect.ts';
import { eachShard } from './each-shard.ts';
import { withoutEmptyGroups } from './no-empty-groups.ts';
import { isConnectionError, toWarehouseError } from './errors.ts';
import { keptDays } from './keep.ts';
import type { KeepDays } from './keep.ts';
import { applyMigrations, pendingFiles } from './migrate.ts';
import { quietly } from './quietly.ts';
import { fillPlaceholders } from './placeholders.ts';
import { alone } from './load/turn.ts';
import { openLoadPart } from './load-part.ts';
import { ALONE_SETTINGS, ARROW, CLUSTER_SETTINGS, SETTINGS } from './settings.ts';
import { Slots } from './slots.ts';
import { handTable, tableSettings } from './table.ts';
import { rowsOf } from './values.ts';
import { viewSql } from './view-sql.ts';
import type { PlainValue } from './values.ts';

export interface ClickHouseOptions {
  /** `http://user:password@host:8123/database` */
  url: string;
  /** Of `remote_servers`: tables are sharded over it; null = one server. */
  cluster?: string | null;
  /** False: the cluster has no Keeper, see `Placement`. */
  replicated?: boolean;
  /** Statements at once. */
  connections?: number;
  /** For how long rows are kept. */
  keepDays?: KeepDays;
  /** Stands in `log_comment` of every statement: which process asked. */
  origin?: string;
  /** How often the server is asked whether it still works at a statement that has no answer yet; after two misses the statement fails. */
  watchMs?: number;
  /** How long a question that names no limit may take; null = as long as the server works at it. Default five minutes. */
  patienceMs?: number | null;
}

export interface SendRequest extends QueryRequest {
  /** What follows the statement's `FORMAT`; without it the statement is complete. */
  body?: Readable;
  /** How long the body is, where that is known: what goes unpacked then goes in one piece, not in chunks, which costs a third less here and there. */
  bodyBytes?: number;
  settings?: ClickHouseSettings;
}

/** What only this engine's own folder uses. */
export interface ClickHouseEngine extends Engine {
  readonly name: 'clickhouse';
  readonly cluster: string | null;
  readonly replicated: boolean;
  readonly database: string;
  /** One statement with settings of its own, such as an INSERT with a deduplication token; gives the rows that were written. */
  send(request: SendRequest): Promise<{ writtenRows: number }>;
  /** One SELECT with its FORMAT, whose answer is handed on as it comes. */
  receive(request: SendRequest, take: (answer: Readable) => Promise<void>): Promise<void>;
  databaseExists(): Promise<boolean>;
  createDatabase(): Promise<void>;
  /** As `query`, with settings of its own. */
  ask<Row extends Record<string, unknown>>(request: QueryRequest & { settings?: ClickHouseSettings }): Promise<Row[]>;
}

const LONGEST_MS = 3_600_000;
/** A question that names no limit: a server that took it and never answers must not be waited for. */
const PATIENCE_MS = 300_000;
/** Of the first question of all, and of the word that a statement is to end. */
const WORD_MS = 10_000;
const KILL_MS = 2000;
const WATCH_MS = 15_000;
let engines = 0;

/**
 * A ClickHouse server or cluster. Connects with the first statement.
 *
 * - Parameters are `$name`, bound by the server; names of tables and types are written as for DuckDB (see `dialect.ts`).
 * - Answers are the same plain data as DuckDB's (see `values.ts`).
 * - Rows of versioned tables are read as their newest version (`final`).
 * - There are no transactions: `transaction` runs its statements one after the other, each is whole by itself. What must not
 *   happen in part is ordered so that the statement that makes it visible comes last.
 * - There are no snapshots: each statement sees what was written before it. `snapshot` asks all again when a load came between,
 *   a few times; while loads never pause, the answers may be of states some loads apart.
 */
export function openClickHouse(options: ClickHouseOptions): ClickHouseEngine {
  const { address, database, username, password } = parseAddress(options.url);
  const connections = options.connections ?? 8;
  const cluster = options.cluster ?? null;
  const packed = !isHere(address);
  const { patienceMs = PATIENCE_MS } = options;
  const comment = (query?: string): string => JSON.stringify({ program: 'vigie', origin: options.origin ?? 'vigie', query });
  const client = createClient({
    url: address, username, password, database,
    max_open_connections: connections + 2, request_timeout: LONGEST_MS, use_multipart_params_auto: true,
    compression: { request: packed, response: packed }, log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: { ...SETTINGS, ...cluster === null ? ALONE_SETTINGS : CLUSTER_SETTINGS, log_comment: comment() },
  });
  const slots = new Slots(connections);
  const instance = `vigie-${process.pid}-${Date.now().toString(36)}-${++engines}`;
  const running = new Map<string, Set<Running>>();
  const all = new Set<Running>();
  let statements = 0;
  let closed = false;

  /** The connection's end alone does not end a statement that writes. What is over cannot be killed, nor on a server that is gone. */
  const kill = async (serverId: string): Promise<void> => {
    await client.command({ query: 'KILL QUERY WHERE query_id = {id:String} ASYNC', query_params: { id: serverId }, abort_signal: AbortSignal.timeout(KILL_MS) }).catch(() => {});
  };

  const watch = new AnswerWatch({
    everyMs: options.watchMs ?? WATCH_MS, withinMs: options.watchMs ?? WATCH_MS,
    async runningOf(ids, signal) {
      const answer = await client.query({ query: 'SELECT query_id FROM system.processes WHERE query_id IN {ids:Array(String)}', query_params: { ids }, format: 'JSONCompact', abort_signal: signal });
      return rowsOf(await answer.text()).map((row) => String(row['query_id']));
    },
    lost(serverId) {
      for (const one of all) if (one.serverId === serverId) void stop(one, 'lost');
    },
  });

  /** Runs one statement in its turn, cancellable from the beginning. */
  async function run<T>(request: SendRequest, work: (call: Call, alive: () => void) => Promise<T>): Promise<T> {
    if (closed) throw closedError();
    const { queryId, timeoutMs } = request;
    const one: Running = { serverId: `${instance}-${++statements}`, abort: new AbortController(), reason: null };
    const group = queryId === undefined ? null : running.get(queryId) ?? new Set<Running>();
    if (queryId !== undefined && group) running.set(queryId, group.add(one));
    all.add(one);
    // The time in which it waits for its turn is its asker's too.
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => void stop(one, 'timeout'), timeoutMs);
    try {
      return await slots.use(async () => {
        const { sql, parameters } = translate(withoutEmptyGroups(eachShard(request.sql, { cluster, database })), request.parameters);
        one.sent = true;
        watch.begin(one.serverId);
        return work({
          query: sql, query_params: parameters, query_id: one.serverId, abort_signal: one.abort.signal,
          clickhouse_settings: {
            log_comment: comment(queryId),
            ...timeoutMs === undefined ? {} : { max_execution_time: Math.ceil(timeoutMs / 1000) },
            ...request.settings,
          },
        }, () => void timer?.refresh());
      }, one.abort.signal);
    } catch (error) {
      if (one.reason === 'lost') throw new WarehouseError('unavailable', `ClickHouse at ${address}/${database} took a statement and gives no answer, nor does it say that it works at it`, { cause: error });
      if (one.reason !== null) throw stopped(one, timeoutMs, error);
      throw toWarehouseError(error, `${address}/${database}`, timeoutMs);
    } finally {
      clearTimeout(timer);
      watch.end(one.serverId);
      all.delete(one);
      group?.delete(one);
      if (queryId !== undefined && group?.size === 0) running.delete(queryId);
    }
  }

  async function stop(one: Running, reason: Running['reason']): Promise<void> {
    one.reason ??= reason;
    one.abort.abort();
    if (one.sent) await kill(one.serverId);
  }

  /** Once an answer begins the statement is over for the server, and whoever reads takes as long as he likes. */
  const begun = <T>({ query_id }: Call, answer: T): T => {
    watch.end(query_id);
    return answer;
  };

  /** A connection that was kept may have ended unseen, as when the server started anew. Asking again changes nothing. */
  const asked = <T>(call: Call, read: () => Promise<T>): Promise<T> => read().catch((error: unknown) => {
    if (call.abort_signal.aborted || !isConnectionError(error)) throw error;
    return read();
  });

  async function ask<Row extends Record<string, unknown>>(request: QueryRequest & { settings?: ClickHouseSettings }): Promise<Row[]> {
    const limited = { ...request, timeoutMs: request.timeoutMs ?? patienceMs ?? undefined };
    if (!request.large) return typed(await run(limited, async (call) => rowsOf(await asked(call, async () => begun(call, await client.query({ ...call, format: 'JSONCompact' })).text()))));
    const arrow = { ...limited, sql: `${request.sql}\nFORMAT ArrowStream`, settings: { ...ARROW, ...request.settings } };
    return typed(await run(arrow, async (call) => rowsOfArrow(await asked(call, async () => buffer(begun(call, await client.exec(call)).stream)))));
  }

  async function send(request: SendRequest): Promise<{ writtenRows: number }> {
    return run(request, async (call) => {
      const { body, bodyBytes } = request;
      const result = await client.exec({ ...call, ...body === undefined ? {} : { values: body }, ...bodyBytes === undefined || packed ? {} : { http_headers: { 'Content-Length': String(bodyBytes) } } });
      // Errors that come late stand in the body.
      await text(result.stream);
      return { writtenRows: Number(result.summary?.written_rows ?? 0) };
    });
  }

  async function execute(request: QueryRequest, settings?: ClickHouseSettings): Promise<void> {
    const several = request.parameters === undefined || Object.keys(request.parameters).length === 0 ? splitStatements(request.sql) : [request.sql];
    for (const sql of several) await send({ ...request, sql: viewSql(sql, engine), ...settings === undefined ? {} : { settings } });
  }

  const engine: ClickHouseEngine = {
    name: 'clickhouse',
    cluster, replicated: options.replicated ?? true,
    database,
    query: ask, ask, send,
    execute: (request) => execute(request),
    table(request) {
      const identified = { ...request, queryId: request.queryId ?? randomUUID(), sql: `${request.sql}\nFORMAT ArrowStream`, settings: tableSettings(request, isHere(address)) };
      return pulled((give) => run(identified, async (call, alive) => {
        await handTable(await asked(call, async () => begun(call, await client.exec(call)).stream), { give, alive, signal: call.abort_signal });
      }), () => void engine.cancel(identified.queryId));
    },
    receive: (request, take) => run(request, async (call) => { await take(begun(call, await client.exec(call)).stream); }),
    snapshot: (work) => quietly(ask, () => work({ query: ask })),
    alone: (what, work) => alone(engine, what, work),
    // Taken away and written again, the same rows are not the ones that were sent before.
    transaction: (work) => work({ query: ask, execute: (request) => execute(request, { insert_deduplicate: 0 }) }),
    migrate: () => applyMigrations(engine, undefined, options.keepDays),
    pendingMigrations: () => pendingFiles(engine, undefined, options.keepDays),
    keptDays: () => keptDays(engine),
    // Its TTL does.
    forget: async () => {},
    async databaseExists() {
      try {
        return (await ask({ sql: 'SELECT 1 AS n', timeoutMs: WORD_MS })).length === 1;
      } catch (error) {
        if (error instanceof WarehouseError && error.code === 'timeout') throw new WarehouseError('unavailable', `ClickHouse at ${address}/${database} takes connections and does not answer: nothing came for ${WORD_MS / 1000} s`, { cause: error });
        if (error instanceof Error && error.cause instanceof ClickHouseError && error.cause.type === 'UNKNOWN_DATABASE') return false;
        throw error;
      }
    },
    async createDatabase() {
      if (await engine.databaseExists()) return;
      const anywhere = createClient({ url: address, username, password, log: { level: ClickHouseLogLevel.OFF }, clickhouse_settings: { log_comment: comment() } });
      try {
        // Only letters, digits and "_" are in its name.
        await anywhere.command({ query: fillPlaceholders(`CREATE DATABASE IF NOT EXISTS ${database}{on_cluster}`, engine) });
      } catch (error) {
        throw toWarehouseError(error, `${address}/${database}`);
      } finally {
        await anywhere.close();
      }
    },
    loads: (loadOptions) => openLoadPart({ engine, ...loadOptions }),
    cancel: async (queryId) => { await Promise.all([...running.get(queryId) ?? []].map((one) => stop(one, 'cancelled'))); },
    // The server makes its own parts whole.
    checkpoint: async () => {},
    async close() {
      if (closed) return;
      closed = true;
      await Promise.all([...all].map((one) => stop(one, 'closed')));
      await client.close();
    },
  };
  return engine;
}

interface Running { serverId: string; abort: AbortController; reason: 'timeout' | 'cancelled' | 'closed' | 'lost' | null; sent?: boolean }
interface Call { query: string; query_params: Record<string, unknown>; query_id: string; abort_signal: AbortSignal; clickhouse_settings: ClickHouseSettings }

function stopped({ reason }: Running, timeoutMs: number | undefined, cause?: unknown): WarehouseError {
  if (reason === 'timeout') return new WarehouseError('timeout', `The query took longer than ${timeoutMs} ms`, { cause });
  return reason === 'closed' ? closedError() : new WarehouseError('cancelled', 'The query was cancelled', { cause });
}

function closedError(): WarehouseError {
  return new WarehouseError('unavailable', 'The warehouse is closed');
}

/** On the same machine packing costs more than sending: it was most of what a load cost here. */
function isHere(address: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);
}

/** The caller names the columns of its own statement: this is where SQL meets types. */
function typed<Row extends Record<string, unknown>>(rows: Record<string, PlainValue>[]): Row[] {
  return rows as Row[];
}
