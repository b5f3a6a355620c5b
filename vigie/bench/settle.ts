import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

/** Writes a fresh file through to the disk and reads it once, so that no run pays for its writing or for a cold cache. */
export async function settle(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  for await (const _ of createReadStream(path, { highWaterMark: 1 << 20 }));
}
