import { fillPlaceholders } from './placeholders.ts';
import type { Placement } from './placeholders.ts';
import { MEANING } from './settings.ts';

/**
 * A view of `sql/views/` for readers of SQL: whoever may read it need not be allowed to read its tables, and it means the same
 * whatever settings its reader has. Other statements stay as they are.
 */
export function viewSql(sql: string, placement: Placement): string {
  const settings = Object.entries(MEANING).map(([name, value]) => `${name} = ${typeof value === 'string' ? `'${value}'` : String(value)}`).join(', ');
  return sql.replace(/^CREATE OR REPLACE VIEW (\w+\.\w+) AS\n([\s\S]*)$/m, (_all, name: string, body: string) =>
    `CREATE OR REPLACE VIEW ${name}${fillPlaceholders('{on_cluster}', placement)} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS\nSELECT * FROM (\n${body.trim()}\n) SETTINGS ${settings}`);
}
