import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the embedded database lies in its directory. */
export function clusterIn(directory: string): string {
  return join(directory, 'pgdata');
}

/** Making the database leaves half a gigabyte behind in its thread, opening it does not. */
export function isMade(directory: string): boolean {
  return existsSync(join(clusterIn(directory), 'PG_VERSION'));
}
