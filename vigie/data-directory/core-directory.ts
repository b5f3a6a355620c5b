import { join } from 'node:path';

/** Where `vigie telephony` works: its lock, its checkpoint, its rows on their way. Ingest has the data directory itself. */
export function coreDirectory(dataDirectory: string): string {
  return join(dataDirectory, 'telephony');
}
