import type { ExpressionRenderer } from './expression.ts';

/** Parsed values in layers, so that each is computed once and later ones stand on it. */
export function layered(base: string, renderer: ExpressionRenderer): string {
  const depth = Math.max(-1, ...renderer.leaves.map((leaf) => leaf.depth));
  let sql = base;
  for (let layer = 0; layer <= depth; layer++) {
    const leaves = renderer.leaves.filter((leaf) => leaf.depth === layer).map((leaf) => `${leaf.sql} AS ${leaf.name}`);
    sql = `SELECT *, ${leaves.join(', ')} FROM (${sql})`;
  }
  return sql;
}
