/** A text as an SQL literal; a statement's text ends at a zero, so that one is written as an expression. */
export function literal(text: string): string {
  const parts = text.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? parts.join('') : `(${parts.join(' || chr(0) || ')})`;
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""').replaceAll('\0', '')}"`;
}

export function list(texts: readonly string[]): string {
  return texts.map((text) => literal(text)).join(', ');
}
