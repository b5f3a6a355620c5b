import type { DateFormat, DurationUnit, TimestampFormat } from '../load-plan.ts';

/**
 * What engines write differently of a mapping's expressions. Every argument is SQL of a text unless its name says otherwise;
 * what cannot be read is NULL, and NULL stays NULL.
 */
export interface SqlWords {
  literal(text: string): string;
  text(sql: string): string;
  integer(text: string, type: 'INTEGER' | 'BIGINT'): string;
  bool(text: string): string;
  /** NULL counts as empty. */
  concat(texts: string[]): string;
  /** The result of the key that the text equals; keys are plain texts, results are SQL. */
  match(text: string, results: [key: string, sql: string][], otherwise: string): string;
  startsWith(text: string, prefix: string): string;
  /** Characters, counted from 1. */
  substring(text: string, from: number, length?: number): string;
  /** The part between separators, counted from 1; '' where there is none. */
  split(text: string, separator: string, part: number): string;
  trim(text: string): string;
  lower(text: string): string;
  upper(text: string): string;
  digits(text: string): string;
  /** Naive timestamp, NULL when the text does not fit the format exactly. */
  timestampOf(text: string, format: TimestampFormat): string;
  /** Timestamp at midnight. */
  dateOf(text: string, format: DateFormat): string;
  /** `h:mm:ss` or `m:ss` → seconds; hours may pass 24, as in services past midnight. */
  clockSeconds(text: string): string;
  /** A duration's text → whole seconds or milliseconds, floored. */
  durationUnits(text: string, unit: DurationUnit, to: 's' | 'ms'): string;
  /**
   * Wall clock (a timestamp) → UTC with the offset of that date. A time that the clock skips is read with the offset
   * before the change; one that it shows twice is its second showing (winter time): the text cannot tell.
   */
  inUtc(timestamp: string, zone: string): string;
  plusSeconds(timestamp: string, seconds: string): string;
  /** Whole seconds from one timestamp to another. */
  secondsBetween(from: string, to: string): string;
}
