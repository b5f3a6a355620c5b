import { createWriteStream, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';

export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/**
 * Writes a request's body to a new file as it comes, a piece at a time, and gives its size. What is longer than `most` bytes, or breaks off,
 * leaves no file. @throws TooLarge
 */
export async function receiveFile(request: IncomingMessage, path: string, most: number): Promise<number> {
  if (Number(request.headers['content-length'] ?? 0) > most) throw new TooLarge();
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let bytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    // A request that is destroyed could not be answered any more.
    for await (const part of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(part)) throw new TypeError('a body of bytes was expected');
      bytes += part.length;
      if (bytes > most) throw new TooLarge();
      yield part;
    }
  }
  try {
    await pipeline(counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    return bytes;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
