import { readdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { backupOverdue } from '../detectors/backup-overdue.ts';
import { watching, type Watching } from '../detectors/detector.ts';
import { diskLow } from '../detectors/disk-low.ts';
import { spoolGrowing } from '../detectors/spool-growing.ts';
import type { Sources } from './sources.ts';

const HOUR_MS = 3_600_000;

/** What the machine itself says. */
export interface Machine {
  /** By which files have their times. */
  wallMs(): number;
  statfs(path: string): Promise<{ bavail: number; blocks: number; bsize: number }>;
}
const THIS_MACHINE: Machine = { wallMs: () => Date.now(), statfs };

/** Detectors that look at what lies on this machine. */
export function machineDetectors(sources: Pick<Sources, 'nowMs' | 'spool' | 'disks' | 'backupDirectory'>, machine: Machine = THIS_MACHINE): Watching[] {
  const { backupDirectory } = sources;
  return [...spoolAndDisks(sources, machine), watching(backupOverdue, async () => {
    if (backupDirectory === null) return { unseen: 'not-configured', reason: 'no-backup-folder' };
    const newest = await newestFile(backupDirectory);
    return { folder: backupDirectory, newest: newest && { name: newest.name, ageHours: (machine.wallMs() - newest.modifiedMs) / HOUR_MS } };
  })];
}

export function spoolAndDisks({ nowMs, spool, disks }: Pick<Sources, 'nowMs' | 'spool' | 'disks'>, machine: Pick<Machine, 'statfs'> = THIS_MACHINE): Watching[] {
  /** Since when the spool was never smaller than a look before. */
  let growing = { sinceMs: nowMs(), bytes: 0 };
  return [
    watching(spoolGrowing, async () => {
      if (!spool) return { unseen: 'not-configured', reason: 'no-spool' };
      const { bytes, maximumBytes, rows, writeError, loadError } = await spool.status();
      const now = nowMs();
      growing = { sinceMs: bytes < growing.bytes || bytes === 0 ? now : growing.sinceMs, bytes };
      return { place: spool.place, bytes, maximumBytes, rows, growingSeconds: (now - growing.sinceMs) / 1000, writeError, loadError };
    }),
    watching(diskLow, async () => ({
      disks: await Promise.all(disks.map(async ({ place, path }) => {
        const { bavail, blocks, bsize } = await diskOf(path, machine);
        return { place, path, freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
      })),
    })),
  ];
}

/** Of a folder that is not made yet: where it would be. */
async function diskOf(path: string, machine: Pick<Machine, 'statfs'>): ReturnType<Machine['statfs']> {
  try {
    return await machine.statfs(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT') || dirname(path) === path) throw error;
    return diskOf(dirname(path), machine);
  }
}

/** In the folder itself or in one of its folders: a backup may be either. */
export async function newestFile(folder: string): Promise<{ name: string; modifiedMs: number } | null> {
  let newest: { name: string; modifiedMs: number } | null = null;
  const consider = async (name: string): Promise<void> => {
    const { mtimeMs, size } = await stat(join(folder, name));
    // An empty file is no backup.
    if (size > 0 && (newest === null || mtimeMs > newest.modifiedMs)) newest = { name, modifiedMs: mtimeMs };
  };
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isFile()) await consider(entry.name);
    else if (entry.isDirectory()) for (const inside of await readdir(join(folder, entry.name), { withFileTypes: true })) if (inside.isFile()) await consider(join(entry.name, inside.name));
  }
  return newest;
}
