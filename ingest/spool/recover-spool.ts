import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RowKind } from '../../telephony/rows.ts';
import type { Frame } from './frame.ts';
import { listSegments, listStreams, type Layout } from './layout.ts';
import { recoverSegment, setSegmentAside } from './recover-segment.ts';

export interface RecoverySteps {
  /** A segment that is loaded as it stands. */
  requeue(stream: { source: string; kind: RowKind }, name: string, frames: Frame[], totalBytes: number): Promise<void>;
  /** A whole batch out of a damaged segment. */
  appendAgain(stream: { source: string; kind: RowKind }, frame: Frame, data: Buffer): Promise<void>;
}

/** Brings what an earlier run left into order. Gives what was damaged; all of it is also set aside. */
export async function recoverSpool(layout: Layout, steps: RecoverySteps): Promise<string[]> {
  const damages: string[] = [];
  for (const stream of await listStreams(layout)) {
    const folder = join(layout.streams, stream.source, stream.kind);
    const damaged: { name: string; damage: string; salvaged: { frame: Frame; data: Buffer }[] }[] = [];
    const present = new Set<string>();
    for (const name of await listSegments(folder)) {
      const found = await recoverSegment(folder, name, layout.setAside);
      if (found.damage !== '') damages.push(`${stream.source}/${stream.kind}/${found.damage}`);
      if (found.kept.length > 0) {
        await steps.requeue(stream, name, found.kept, found.totalBytes);
        for (const { batch, digest } of found.kept) present.add(`${batch} ${digest}`);
      } else if (found.damage !== '') {
        damaged.push({ name, ...found });
      } else {
        await removeSegment(folder, name);
      }
    }
    // After the whole segments: a recovery that was itself cut off may have appended some batches already.
    for (const { name, damage, salvaged } of damaged) {
      for (const { frame, data } of salvaged) if (!present.has(`${frame.batch} ${frame.digest}`)) await steps.appendAgain(stream, frame, data);
      await setSegmentAside(folder, name, layout.setAside, { ...stream, reason: damage, at: new Date().toISOString() });
    }
    await removeOrphans(folder);
  }
  return damages;
}

/** The rows go first: frames without rows are an orphan, rows without frames would be taken for torn. */
export async function removeSegment(folder: string, name: string): Promise<void> {
  await rm(join(folder, `${name}.ndjson`), { force: true });
  await rm(join(folder, `${name}.sum`), { force: true });
}

async function removeOrphans(folder: string): Promise<void> {
  const names = new Set(await listSegments(folder));
  for (const file of await readdir(folder)) {
    const name = file.slice(0, file.indexOf('.'));
    if (file.endsWith('.sum.new') || (file.endsWith('.sum') && !names.has(name))) await rm(join(folder, file), { force: true });
  }
}
