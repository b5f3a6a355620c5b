import { existsSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

const open = new Set<string>();

/**
 * Takes a database file for one instance; gives the function that frees it. DuckDB refuses a second
 * *process*, but opening a path twice in *one* process is silently allowed and destroys data. Another
 * thread of this process shows in the list of open files where the system has one (Linux).
 * @throws Error when this process has the file open already.
 */
export function guardFile(path: string): () => void {
  if (path === ':memory:') return () => {};
  const real = realPath(path);
  if (open.has(real) || isOpenInProcess(real)) {
    throw new Error(`The warehouse ${real} is already open in this process: share its engine, a second instance would destroy data`);
  }
  open.add(real);
  return () => { open.delete(real); };
}

function realPath(path: string): string {
  const full = resolve(path);
  if (existsSync(full)) return realpathSync(full);
  return existsSync(dirname(full)) ? join(realpathSync(dirname(full)), basename(full)) : full;
}

function isOpenInProcess(real: string): boolean {
  const list = '/proc/self/fd';
  if (!existsSync(list) || !existsSync(real)) return false;
  return readdirSync(list).some((descriptor) => {
    try { return readlinkSync(join(list, descriptor)) === real; } catch { return false; }
  });
}
