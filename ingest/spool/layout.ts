import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROW_KINDS, type RowKind } from '../../telephony/rows.ts';

/**
 * The spool's folder:
 *
 *     streams/<source>/<kind>/<segment>.ndjson   rows, nothing else
 *     streams/<source>/<kind>/<segment>.sum      its frames
 *     batches/<source>/<number>.log              answers of batches that are loaded
 *     set-aside/                                 segments that no load takes, damaged bytes, with the reason
 *     set-aside/again/                           those that were moved here are loaded after the next start
 *     loaded/                                    loaded segments, where they are kept for a time
 *     incoming/                                  bodies too large for memory, while they arrive
 */
export interface Layout { root: string; streams: string; batches: string; setAside: string; loaded: string; incoming: string }

export function layoutOf(root: string): Layout {
  return {
    root, streams: join(root, 'streams'), batches: join(root, 'batches'), setAside: join(root, 'set-aside'),
    loaded: join(root, 'loaded'), incoming: join(root, 'incoming'),
  };
}

/** A source's name is a folder's name. */
export const SOURCE_PATTERN = /^[a-z0-9][a-z0-9-]{0,62}$/;
export const BATCH_PATTERN = /^[A-Za-z0-9._:~@+=-]{1,128}$/;
const SEGMENT_PATTERN = /^\d{15}-[0-9a-f]{8}$/;

/**
 * Names sort in the order of their making. The number is the time, or the one after the last where the
 * clock went back; the random part keeps a name from ever coming again, because the warehouse takes a
 * name that it knows for loaded.
 */
export function segmentName(number: number): string {
  return `${String(number).padStart(15, '0')}-${randomBytes(4).toString('hex')}`;
}

export function segmentNumber(name: string): number {
  return Number(name.slice(0, 15));
}

/** Segments of a stream's folder, in order; a `.sum` without rows was never acknowledged and is not one. */
export async function listSegments(folder: string): Promise<string[]> {
  const files = await readdir(folder);
  return files.filter((file) => file.endsWith('.ndjson')).map((file) => file.slice(0, -'.ndjson'.length))
    .filter((name) => SEGMENT_PATTERN.test(name)).sort();
}

export async function listStreams(layout: Layout): Promise<{ source: string; kind: RowKind }[]> {
  const streams: { source: string; kind: RowKind }[] = [];
  for (const source of await readdir(layout.streams)) {
    if (!SOURCE_PATTERN.test(source)) continue;
    const kinds = new Set(await readdir(join(layout.streams, source)));
    for (const kind of ROW_KINDS) if (kinds.has(kind)) streams.push({ source, kind });
  }
  return streams;
}

/** Makes new, renamed and removed names of a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows neither opens folders nor needs it.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first !== undefined) await syncFolder(dirname(first));
}
