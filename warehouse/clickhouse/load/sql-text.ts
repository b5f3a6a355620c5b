/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0')}'`;
}

export function list(texts: readonly string[]): string {
  return texts.map((text) => literal(text)).join(', ');
}
