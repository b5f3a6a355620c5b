import { readSqlFile } from '../sql-files.ts';

const texts = new Map<string, string>();

/** A file of `sql/questions/`, its places `{name}` (in comment marks) filled with SQL that the caller made from a fixed vocabulary. */
export function question(name: string, places: Record<string, string> = {}): string {
  let text = texts.get(name);
  if (text === undefined) {
    text = readSqlFile(`questions/${name}.sql`);
    texts.set(name, text);
  }
  return text.replaceAll(/\/\*\{([^}]+)\}\*\//g, (_place, key: string) => {
    const filled = places[key];
    if (filled === undefined) throw new Error(`sql/questions/${name}.sql has a place {${key}} that nobody filled`);
    return filled;
  });
}
