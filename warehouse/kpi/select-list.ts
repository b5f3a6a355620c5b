/** A SELECT taken apart, so that it can be written with fewer columns. */
export interface SelectList {
  /** The text of each column by its name, in order. */
  columns: ReadonlyMap<string, string>;
  /** From FROM on. */
  from: string;
}

/**
 * Takes a SELECT apart at the commas that stand in no bracket and no text; null for one whose columns cannot be left
 * out one by one, because it stands in a UNION or keeps only DISTINCT rows.
 *
 * @throws Error when a column has no name.
 */
export function readSelectList(select: string): SelectList | null {
  const marks = topLevel(select, /,|\b(?:FROM|UNION)\b/gi);
  const from = marks.find(({ text }) => text.toUpperCase() === 'FROM');
  if (!from || /^SELECT\s+DISTINCT\b/i.test(select) || marks.some(({ text }) => text.toUpperCase() === 'UNION')) return null;
  const columns = new Map<string, string>();
  let start = 'SELECT'.length;
  for (const { at } of marks.filter((mark) => mark.at <= from.at)) {
    const text = select.slice(start, at).trim();
    const name = /(?:^(?:\w+\.)?|\sAS\s+)(\w+)$/i.exec(text)?.[1];
    if (name === undefined) throw new Error(`the column ${JSON.stringify(text)} has no name`);
    columns.set(name, text);
    start = at + 1;
  }
  return { columns, from: select.slice(from.at) };
}

/** What matches outside of brackets, texts and comments. */
function topLevel(sql: string, wanted: RegExp): { at: number; text: string }[] {
  const found: { at: number; text: string }[] = [];
  let depth = 0;
  for (const match of sql.matchAll(new RegExp(String.raw`'[^']*'|/\*.*?\*/|[()]|${wanted.source}`, 'gis'))) {
    const [text] = match;
    if (text === '(') depth += 1;
    else if (text === ')') depth -= 1;
    else if (depth === 0 && !text.startsWith("'") && !text.startsWith('/*')) found.push({ at: match.index, text });
  }
  return found;
}
