import type { KpiAnswer, KpiRow } from './kpi-query.ts';

/** Names by field, for ids that the server knows without a name in the reader's language. */
type KeyNames = ReadonlyMap<string, (value: string) => string | undefined>;

/** The answer with names where there are some; the same object where none of its fields has any. */
export function withNames(answer: KpiAnswer, names: KeyNames): KpiAnswer {
  if (!answer.rows[0]?.keys.some(({ field }) => names.has(field))) return answer;
  const named = (row: KpiRow): KpiRow => ({ ...row, keys: row.keys.map((key) => ({ ...key, name: names.get(key.field)?.(key.value) ?? key.name })) });
  return { ...answer, rows: answer.rows.map(named), comparison: answer.comparison && { ...answer.comparison, rows: answer.comparison.rows.map(named) } };
}
