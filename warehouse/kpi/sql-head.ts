export interface SqlHead {
  /** `key: value` lines of the head. */
  fields: Map<string, string>;
  /** Lines below `columns:`, as words. */
  columns: { name: string; merge: string }[];
  /** What follows the head. */
  body: string;
}

/** Reads the comment at the top of a file of `sql/`. */
export function parseSqlHead(sql: string): SqlHead {
  const fields = new Map<string, string>();
  const columns: SqlHead['columns'] = [];
  const lines = sql.split('\n');
  let line = 0;
  for (; lines[line]?.startsWith('--'); line++) {
    const text = lines[line] ?? '';
    const column = /^-- {3}(\w+) +(\w+)(?: |$)/.exec(text);
    const field = /^-- ([a-z-]+):(?: (.*))?$/.exec(text);
    if (column?.[1] && column[2]) columns.push({ name: column[1], merge: column[2] });
    else if (field?.[1]) fields.set(field[1], field[2]?.trim() ?? '');
  }
  return { fields, columns, body: lines.slice(line).join('\n').trim() };
}
