import type { Engine } from '../engine.ts';
import type { Column, ColumnType } from '../tables.ts';

/** A warehouse as one end of a copy: rows leave it and come in as Parquet files, which the engines themselves write and read. */
export interface CopyEnd {
  readonly engine: Engine;
  /** Which warehouse it is, in messages and in the record of the copy: without user and password. */
  readonly label: string;
  /** The columns that a row is made of, in the table's order; not those that the engine computes. */
  columns(table: string): Promise<CopiedColumn[]>;
  /** A whole number of a text, as SQL; the same on all engines. */
  textHash(sql: string): string;
  /** Writes the rows of a SELECT into a Parquet file. */
  unload(select: string, file: string): Promise<void>;
  /** Puts the file's rows in the place of the part's; null = none. What was cut off may be done again. */
  replace(part: ReplacedPart, file: string | null): Promise<void>;
  /** Why this warehouse is not at rest; null = it is. */
  unrest(): Promise<string | null>;
}

export interface CopiedColumn {
  name: Column['name'];
  type: ColumnType | 'date';
  /** Whether it can hold NULL here. */
  nullable: boolean;
}

export interface ReplacedPart {
  table: string;
  columns: CopiedColumn[];
  /** Which of the table's rows these are, as SQL; null = all. */
  where: string | null;
  /** What the part is noted by in `store.copied`, in the same transaction where the engine has them, else after the rows; null = more of it follows. */
  note: CopiedNote | null;
}

export interface CopiedNote { source: string; part: string; fingerprint: string }
