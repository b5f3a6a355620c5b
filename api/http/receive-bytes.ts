import type { IncomingMessage } from 'node:http';

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** A request's body, no more than `most` bytes of it in memory. @throws BodyTooLarge */
export async function receiveBytes(request: IncomingMessage, most: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > most) throw new BodyTooLarge();
  const parts: Buffer[] = [];
  let bytes = 0;
  // A request that is destroyed could not be answered any more.
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(part)) throw new TypeError('a body of bytes was expected');
    bytes += part.length;
    if (bytes > most) throw new BodyTooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}
