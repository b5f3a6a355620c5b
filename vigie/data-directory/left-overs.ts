import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Simulated rows lie here while they are loaded. */
export function importsFolder(directory: string): string {
  return join(directory, 'imports');
}

/**
 * Removes what processes that were killed left: files of rows under way, whose command is to be given again, and the
 * address of a server that is no more. The caller holds the directory's lock.
 */
export function removeLeftOvers(directory: string): void {
  for (const name of ['server.json', 'server.json.new']) rmSync(join(directory, name), { force: true });
  const imports = importsFolder(directory);
  for (const name of names(imports)) if (name.endsWith('.ndjson')) rmSync(join(imports, name), { force: true });
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
