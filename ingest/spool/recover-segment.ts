import { mkdir, open, readFile, rename, truncate, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { readFrames, type Frame } from './frame.ts';
import { syncFolder } from './layout.ts';

export interface RecoveredSegment {
  /** Whole, in order, without gaps from the segment's start: the segment is loaded as it stands. Empty: nothing is left to load. */
  kept: Frame[];
  /** Whole, with damage before them: they must be appended again, then the segment is set aside. */
  salvaged: { frame: Frame; data: Buffer }[];
  totalBytes: number;
  /** What was found, for the report; '' = nothing. */
  damage: string;
}

/**
 * Reads a segment that an earlier run left and cuts its tail at the end of the last whole batch, which
 * is the end of a line. Bytes that no frame speaks of were never acknowledged and go silently; bytes
 * whose frame is damaged or does not fit may have been, so they are kept in the set-aside folder.
 */
export async function recoverSegment(folder: string, name: string, setAside: string): Promise<RecoveredSegment> {
  const file = join(folder, `${name}.ndjson`);
  const sum = await readFile(join(folder, `${name}.sum`), 'latin1').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const { frames, unreadable, damagedInside } = readFrames(sum);
  const rows = await open(file, 'r');
  try {
    const { size } = await rows.stat();
    const whole: Frame[] = [];
    for (const frame of frames) if (frame.offset + frame.bytes <= size && await checksumOf(rows, frame) === frame.crc) whole.push(frame);
    const kept: Frame[] = [];
    let end = 0;
    for (const frame of whole) {
      if (frame.offset !== end) break;
      kept.push(frame);
      end += frame.bytes;
    }
    const lost = frames.filter((frame) => !whole.includes(frame));
    const damage = lost.length === 0 && unreadable === 0 ? ''
      : `${name}: ${whole.length} batches are whole, ${lost.length + unreadable} are damaged${lost.length === 0 ? '' : `: ${lost.slice(0, 5).map(({ batch }) => batch).join(', ')}`}`;
    if (kept.length < whole.length || damagedInside) {
      const salvaged = [];
      for (const frame of whole) salvaged.push({ frame, data: await bytesOf(rows, frame) });
      return { kept: [], salvaged, totalBytes: 0, damage };
    }
    if (kept.length === 0) return { kept, salvaged: [], totalBytes: 0, damage };
    if (size > end) {
      if (damage !== '') await keepBytes(rows, end, size, join(setAside, `${name}.tail`));
      await cut(file, end);
    }
    const text = sum.split('\n').slice(0, kept.length).map((line) => `${line}\n`).join('');
    if (sum !== text) await replaceSum(folder, name, text);
    return { kept, salvaged: [], totalBytes: end + text.length, damage };
  } finally {
    await rows.close();
  }
}

/** Moves a segment away whole, with the reason beside it. */
export async function setSegmentAside(folder: string, name: string, setAside: string, about: Record<string, unknown>): Promise<void> {
  await mkdir(setAside, { recursive: true });
  await writeFile(join(setAside, `${name}.json`), `${JSON.stringify(about, null, 2)}\n`);
  await rename(join(folder, `${name}.sum`), join(setAside, `${name}.sum`)).catch(ignoreMissing);
  await rename(join(folder, `${name}.ndjson`), join(setAside, `${name}.ndjson`)).catch(ignoreMissing);
  await syncFolder(setAside);
  await syncFolder(folder);
}

export function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

async function checksumOf(handle: FileHandle, frame: Frame): Promise<number> {
  const buffer = Buffer.allocUnsafe(Math.min(frame.bytes, 1 << 20));
  let crc = 0;
  for (let at = 0; at < frame.bytes;) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, frame.bytes - at), frame.offset + at);
    if (bytesRead === 0) return -1;
    crc = crc32(buffer.subarray(0, bytesRead), crc);
    at += bytesRead;
  }
  return crc;
}

async function bytesOf(handle: FileHandle, frame: Frame): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(frame.bytes);
  for (let at = 0; at < frame.bytes;) {
    const { bytesRead } = await handle.read(buffer, at, frame.bytes - at, frame.offset + at);
    if (bytesRead === 0) throw new Error(`the segment ended while batch ${frame.batch} was read`);
    at += bytesRead;
  }
  return buffer;
}

async function keepBytes(handle: FileHandle, from: number, to: number, target: string): Promise<void> {
  const buffer = Buffer.allocUnsafe(to - from);
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
  await writeFile(target, buffer.subarray(0, bytesRead));
}

async function cut(file: string, bytes: number): Promise<void> {
  await truncate(file, bytes);
  const handle = await open(file, 'r+');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

async function replaceSum(folder: string, name: string, text: string): Promise<void> {
  const target = join(folder, `${name}.sum`);
  const handle = await open(`${target}.new`, 'w');
  try {
    await handle.writeFile(text, 'latin1');
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(`${target}.new`, target);
  await syncFolder(folder);
}
