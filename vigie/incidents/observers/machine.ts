import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { backupOverdue } from '../detectors/backup-overdue.ts';
import { watching, type Watching } from '../detectors/detector.ts';
import { diskLow } from '../detectors/disk-low.ts';
import { spoolGrowing } from '../detectors/spool-growing.ts';
import type { Sources } from './sources.ts';

const HOUR_MS = 3_600_000;

/** Detectors that look at what lies on this machine. */
export function machineDetectors(sources: Pick<Sources, 'nowMs' | 'spool' | 'disks' | 'backupDirectory'>): Watching[] {
  const { backupDirectory } = sources;
  return [...spoolAndDisks(sources), watching(backupOverdue, async () => {
    if (backupDirectory === null) return { unseen: 'not-configured', reason: 'VIGIE_BACKUP_DIRECTORY is not set' };
    const newest = await newestFile(backupDirectory);
    // Files have the wall's time.
    return { folder: backupDirectory, newest: newest && { name: newest.name, ageHours: (Date.now() - newest.modifiedMs) / HOUR_MS } };
  })];
}

export function spoolAndDisks({ nowMs, spool, disks }: Pick<Sources, 'nowMs' | 'spool' | 'disks'>): Watching[] {
  /** Since when the spool was never smaller than a look before. */
  let growing = { sinceMs: nowMs(), bytes: 0 };
  return [
    watching(spoolGrowing, async () => {
      if (!spool) return { unseen: 'not-configured', reason: 'the spool is another process’s' };
      const { bytes, maximumBytes, rows, writeError, loadError } = await spool.status();
      const now = nowMs();
      growing = { sinceMs: bytes < growing.bytes || bytes === 0 ? now : growing.sinceMs, bytes };
      return { place: spool.place, bytes, maximumBytes, rows, growingSeconds: (now - growing.sinceMs) / 1000, writeError, loadError };
    }),
    watching(diskLow, async () => ({
      disks: await Promise.all(disks.map(async ({ place, path }) => {
        const { bavail, blocks, bsize } = await statfs(path);
        return { place, path, freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
      })),
    })),
  ];
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
