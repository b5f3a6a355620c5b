import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGED = '/usr/lib/postgresql';

/** Where the programs of Debian's package `postgresql` are, its newest version; null = it is not installed. */
export function postgresBinaries(): string | null {
  if (!existsSync(PACKAGED)) return null;
  return readdirSync(PACKAGED).map((version) => join(PACKAGED, version, 'bin')).findLast((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

/** Why there is none, and what to do. */
export const NO_POSTGRES = `none below ${PACKAGED} (apt-get install postgresql)`;

/** A server refuses to run as root: then its programs run as the package's own user, who must own its folder. */
export function asServerUser(command: string[]): string[] {
  return process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', ...command] : command;
}
