import type { LoadTarget } from '../../load-plan.ts';
import { CONTENT } from '../../load/targets.ts';
import type { ColumnType } from '../../tables.ts';

/** The time that a table is cut and sorted by. A row whose place in the table's key changed stands at two places: the old one is taken away. */
export const PLACE: Record<LoadTarget, 'started_at' | 'entered_at'> = { calls: 'started_at', legs: 'entered_at', agent_states: 'started_at' };

/** What a row did: written, left out by the mapping, refused, nothing in it. */
export const FATES = { good: 0, leftOut: 1, refused: 2, blank: 3 } as const;

const TYPES: Record<ColumnType, string> = {
  text: 'String', int: 'Nullable(Int32)', bigint: 'Nullable(Int64)', bool: 'Nullable(Bool)', timestamp: "Nullable(DateTime64(3, 'UTC'))", json: 'Nullable(String)',
};

/**
 * The tables of one load: its rows in the file's order, and what was known of them. A row's `line` is its number within the range of
 * the file that it came in, beyond the byte at which that `begins`: alone and in order, though not its number in the file.
 */
export function stageTables(stage: string, target: LoadTarget): { staged: string; known: string } {
  const columns = CONTENT[target].map(({ name, type }) => `${name} ${name === 'row_state' ? 'Int32' : name === 'source_sequence' ? 'Int64' : TYPES[type]}`);
  return {
    staged: `CREATE TABLE ${stagedName(stage)} (${columns.join(', ')}, part Int32, begins Int64, line Int64, fate UInt8, problem String, raw String) ENGINE = MergeTree ORDER BY tuple()`,
    known: `CREATE TABLE ${knownName(stage)} (part Int32, line Int64, newer Int8, old_row_state Int32, old_source_sequence Int64,
      old_started_at DateTime64(3, 'UTC'), old_entered_at DateTime64(3, 'UTC'), old_duration_ms Int64) ENGINE = MergeTree ORDER BY (part, line)`,
  };
}

export function stagedName(stage: string): string {
  return `store.staged_${stage}`;
}

export function knownName(stage: string): string {
  return `store.known_${stage}`;
}

/** Rows of the stage that are to be written: the good ones without those that say nothing new. */
export function writtenRows(stage: string): string {
  return `fate = ${FATES.good} AND (part, line) NOT IN (SELECT part, line FROM ${knownName(stage)} GROUP BY part, line HAVING max(newer) < 1)`;
}
