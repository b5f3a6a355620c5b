/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll('\0', '')}'`;
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""').replaceAll('\0', '')}"`;
}

export function list(texts: readonly string[]): string {
  return texts.map((text) => literal(text)).join(', ');
}
