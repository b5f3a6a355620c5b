import type { IncomingMessage } from 'node:http';

/** A request's body as text. @throws when it is longer than `longest` bytes. */
export async function readBody(request: IncomingMessage, longest: number): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > longest) throw new Error('the request is too long');
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}
