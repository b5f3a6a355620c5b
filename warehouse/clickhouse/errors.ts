import { ClickHouseError } from '@clickhouse/client';
import { WarehouseError } from '../warehouse.ts';

/** The server's names of errors: https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp */
const MEMORY = ['MEMORY_LIMIT_EXCEEDED', 'CANNOT_ALLOCATE_MEMORY', 'TOO_MANY_ROWS_OR_BYTES', 'TOO_MANY_ROWS', 'TOO_MANY_BYTES', 'QUERY_MEMORY_LIMIT_EXCEEDED', 'MEMORY_RESERVATION_FAILED', 'MEMORY_RESERVATION_KILLED'];
const UNAVAILABLE = [
  'TOO_MANY_SIMULTANEOUS_QUERIES', 'QUOTA_EXCEEDED', 'AUTHENTICATION_FAILED', 'REQUIRED_PASSWORD', 'WRONG_PASSWORD', 'UNKNOWN_USER', 'ACCESS_DENIED', 'UNKNOWN_DATABASE',
  'NETWORK_ERROR', 'SOCKET_TIMEOUT', 'ALL_CONNECTION_TRIES_FAILED', 'ALL_REPLICAS_ARE_STALE', 'TABLE_IS_READ_ONLY', 'KEEPER_EXCEPTION', 'NO_ZOOKEEPER', 'NOT_ENOUGH_SPACE',
  'TOO_MANY_PARTS', 'SERVER_OVERLOADED', 'ATTEMPT_TO_READ_AFTER_EOF', 'ABORTED', 'TOO_FEW_LIVE_REPLICAS', 'UNKNOWN_STATUS_OF_INSERT',
];
/** Of what is read, whatever the format. Their family is no sign: CANNOT_SCHEDULE_TASK and CANNOT_WRITE_TO_FILE_DESCRIPTOR speak of the server. */
const CONTENT = [
  'INCORRECT_DATA', 'CANNOT_PARSE_TEXT', 'CANNOT_PARSE_INPUT_ASSERTION_FAILED', 'CANNOT_PARSE_QUOTED_STRING', 'CANNOT_PARSE_ESCAPE_SEQUENCE', 'CANNOT_PARSE_NUMBER',
  'CANNOT_PARSE_BOOL', 'CANNOT_PARSE_DATE', 'CANNOT_PARSE_DATETIME', 'CANNOT_PARSE_UUID', 'CANNOT_PARSE_IPV4', 'CANNOT_PARSE_IPV6', 'CANNOT_READ_ARRAY_FROM_TEXT',
  'CANNOT_READ_MAP_FROM_TEXT', 'UNEXPECTED_DATA_AFTER_PARSED_VALUE', 'VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE',
];
/** Of files that carry types of their own. Of others these would say that the statement is wrong, or the server's disk. */
const TYPED_CONTENT = ['TYPE_MISMATCH', 'CANNOT_CONVERT_TYPE', 'CANNOT_READ_ALL_DATA'];
const CONNECTION = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_SOCKET'];

/**
 * An error of the client in the warehouse's words; what is not known stays as it is. `where` is the server's address without
 * the password.
 */
export function toWarehouseError(error: unknown, where: string, timeoutMs?: number): unknown {
  const of = (code: WarehouseError['code'], message: string): WarehouseError => new WarehouseError(code, message, { cause: error });
  if (error instanceof ClickHouseError) {
    const type = error.type ?? '';
    if (type === 'TIMEOUT_EXCEEDED') return of('timeout', `The query took longer than ${timeoutMs ?? 'the server allows:'} ms`);
    if (type === 'QUERY_WAS_CANCELLED' || type === 'QUERY_WAS_CANCELLED_BY_CLIENT') return of('cancelled', 'The query was cancelled');
    if (MEMORY.includes(type)) return of('too-large', `The question needs more memory than ClickHouse allows: ask a shorter range, fewer dimensions or a longer interval`);
    if (UNAVAILABLE.includes(type)) return of('unavailable', `ClickHouse at ${where} refused (${type}): ${firstLine(error.message)}`);
    return error;
  }
  if (isConnectionError(error)) return of('unavailable', `ClickHouse at ${where} does not answer: ${error instanceof Error ? error.message || codeOf(error) : String(error)}`);
  return error;
}

/** Whether the statement that read a file failed for what stands in it; else the same file may be read later. */
export function isOfContent(error: unknown, format: 'LineAsString' | 'CSV' | 'Parquet'): boolean {
  const type = error instanceof ClickHouseError ? error.type ?? '' : '';
  return CONTENT.includes(type) || (format === 'Parquet' && TYPED_CONTENT.includes(type));
}

/**
 * Too little memory, for what nobody asks and nobody can ask less of: it waits, also at the limit of a single statement. The rows of
 * streams come in segments of bounded size, so a limit that they do not fit is the server's to be raised. `words` end the sentence.
 */
export function memoryMayCome(error: unknown, work: string, words: string): unknown {
  if (!(error instanceof WarehouseError) || error.code !== 'too-large') return error;
  return new WarehouseError('unavailable', `${work} failed, because ClickHouse has or allows too little memory (${error.cause instanceof Error ? firstLine(error.cause.message) : error.message}): ${words}`, { cause: error.cause });
}

/** The server cannot be reached, or went away. */
export function isConnectionError(error: unknown): boolean {
  return error instanceof Error && (CONNECTION.includes(codeOf(error)) || /socket hang up|Timeout error|AggregateError/i.test(`${error.name} ${error.message}`));
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.slice(0, 300) ?? '';
}

/** Whether a statement names a table that is not there, or not any more. */
export function isUnknownTable(error: unknown): boolean {
  return error instanceof ClickHouseError && error.type === 'UNKNOWN_TABLE';
}
