import { Readable } from 'node:stream';

/** A stream of another encoding as UTF-8. */
export function transcoded(stream: Readable, encoding: 'utf-16' | 'latin-1'): Readable {
  const decoder = new TextDecoder(encoding === 'utf-16' ? 'utf-16le' : 'latin1');
  return Readable.from((async function* decode() {
    for await (const chunk of stream) if (chunk instanceof Uint8Array) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    yield Buffer.from(decoder.decode());
  })(), { objectMode: false });
}
