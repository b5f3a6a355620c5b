import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface SqlFile { name: string; sql: string }

/**
 * Reads one file below `sql/`, e.g. `readSqlFile('views/calls.sql')`.
 * Works from the sources (tsx, vitest) and from the compiled `dist/`.
 */
export function readSqlFile(path: string): string {
  return readFileSync(join(projectRoot(), 'sql', path), 'utf8');
}

/** The `.sql` files of one folder below `sql/`, in the order of their names; none when it does not exist. */
export function readSqlFolder(folder: string): SqlFile[] {
  const directory = join(projectRoot(), 'sql', folder);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => ({ name: name.slice(0, -'.sql'.length), sql: readFileSync(join(directory, name), 'utf8') }));
}

let known: string | undefined;

/** The nearest folder upward whose package.json is named "vigie": files that are not compiled are found from it. */
export function projectRoot(): string {
  known ??= findRoot(dirname(fileURLToPath(import.meta.url)));
  return known;
}

function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      const parsed: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
      if (typeof parsed === 'object' && parsed !== null && 'name' in parsed && parsed.name === 'vigie') return folder;
    }
    if (dirname(folder) === folder) throw new Error(`No package.json named "vigie" above ${from}: sql/ cannot be found`);
  }
}
