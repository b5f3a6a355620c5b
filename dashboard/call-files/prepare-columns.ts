import type { Check, Field, Upload } from './call-files-query.ts';

export const FIELDS: Field[] = ['NUMBER', 'SECOND_NUMBER', 'NAME', 'LANGUAGE', 'ZONE', 'PRIORITY', 'CALL_FROM'];

/** Which column a problem lies in. Those of a whole row are in none. */
const FIELD_OF: Record<string, Field> = {
  'no-number': 'NUMBER', 'invalid-number': 'NUMBER', 'duplicate-in-file': 'NUMBER', 'invalid-second-number': 'SECOND_NUMBER', 'unknown-zone': 'ZONE', 'no-zone': 'ZONE', 'invalid-priority': 'PRIORITY', 'invalid-call-from': 'CALL_FROM',
};

export interface ColumnView { name: string; field: Field | null; examples: string[]; /** Rows that this column keeps out; null = not known yet, or nothing is read from it. */ wrong: number | null }

/** The columns with what the check found in each. */
export function prepareColumns(columns: Upload['columns'], check: Pick<Check, 'done' | 'contacts' | 'reasons'> | null): ColumnView[] {
  const wrong = new Map<Field, number>();
  for (const { reason, rows } of check?.reasons ?? []) {
    const field = FIELD_OF[reason];
    if (field) wrong.set(field, (wrong.get(field) ?? 0) + rows);
  }
  return columns.map(({ name, field, examples }) => ({ name, field, examples, wrong: field === null || check === null || check.contacts === null ? null : (wrong.get(field) ?? 0) }));
}

/** What all columns are when one of them is said to be another thing: a thing is in one column only. */
export function withField(columns: readonly { name: string; field: Field | null }[], column: string, field: Field | null): { field: Field; column: string }[] {
  return columns.flatMap(({ name, field: before }) => {
    const now = name === column ? field : before === field ? null : before;
    return now === null ? [] : [{ field: now, column: name }];
  });
}
