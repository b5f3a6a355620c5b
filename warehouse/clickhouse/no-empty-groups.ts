/**
 * Of a group that has rows an aggregate is what it is, whether or not one of nothing is NULL; that setting and functions that are only
 * computed where they are needed cost each row of a year a seventh of its time. Where a statement says `/*{no empty groups}*\/`, which ends
 * a SELECT with keys, both are off for it.
 */
export function withoutEmptyGroups(sql: string): string {
  return sql.replaceAll('/*{no empty groups}*/', "SETTINGS aggregate_functions_null_for_empty = 0, short_circuit_function_evaluation = 'disable'");
}
