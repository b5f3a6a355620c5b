/** How a column of a fact merges: over rows, over rollups, and over both. */
export const MERGES = ['sum', 'max', 'histogram', 'distinct'] as const;
export type Merge = (typeof MERGES)[number];

export type Token = { kind: 'column'; merge: Merge; column: string } | { kind: 'text'; text: string };

/** The function that a measure writes around a column, by the column's way of merging. */
const FUNCTIONS: Record<string, Merge[]> = { sum: ['sum', 'distinct'], max: ['max'], p90: ['histogram'] };

/**
 * A measure's expression: arithmetic over merged columns, nothing else. Parsed into the columns it needs and
 * the text between them.
 * @throws Error when it holds another function, an unknown column or one that merges otherwise.
 */
export function parseExpression(expression: string, mergeOf: (column: string) => Merge | undefined): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:(sum|max|p90)\((\w+)\)|(nullif)(?=\()|(\d+(?:\.\d+)?)|([-+*/(),]))/y;
  const text = expression.trim();
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) throw new Error(`cannot read the expression at: ${text.slice(start)}`);
    const [, name, column] = match;
    if (name === undefined || column === undefined) {
      tokens.push({ kind: 'text', text: match[0] });
      continue;
    }
    const merge = mergeOf(column);
    if (merge === undefined) throw new Error(`the fact has no column ${column}`);
    if (!FUNCTIONS[name]?.includes(merge)) throw new Error(`the column ${column} merges by ${merge}, not by ${name}`);
    tokens.push({ kind: 'column', merge, column });
  }
  return tokens;
}
