import type { IncomingMessage } from 'node:http';
import { createGunzip, type Gunzip } from 'node:zlib';
import { BodyTarget, type ReceivedBody } from './body-target.ts';
import { HttpProblem } from './http-problem.ts';
import { LineCleaner } from './line-cleaner.ts';

export interface BodyLimits {
  /** Of a body, after decompression. */
  maximumBytes: number;
  maximumLineBytes: number;
  /** A body beyond this goes to a file while it arrives. */
  memoryBytes: number;
}

/**
 * Reads a request's body into whole lines. The sender is slowed down to what the disk takes.
 * @throws HttpProblem when the body is too large, cut off or not what its head says. The request stays
 * open then, so that the answer still reaches its sender.
 */
export async function receiveBody(request: IncomingMessage, limits: BodyLimits, roomFor: () => Promise<{ incoming: string; bytes: number }>): Promise<ReceivedBody> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') throw new HttpProblem(415, 'unknown content encoding', encoding, 'send the body as it is or with gzip');
  const stream = encoding === 'gzip' ? unpack(request) : request;
  const cleaner = new LineCleaner(limits.maximumLineBytes);
  const target = new BodyTarget(limits.memoryBytes, roomFor);
  let received = 0;
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('a body arrives as bytes');
      received += chunk.length;
      if (received > limits.maximumBytes) throw new HttpProblem(413, 'body too large', `more than ${limits.maximumBytes} bytes, unpacked`, 'send it in several batches');
      await target.write(cleaner.push(chunk));
    }
    await target.write(cleaner.end());
    return await target.finish();
  } catch (error) {
    await target.discard();
    if (stream !== request) {
      request.unpipe();
      stream.destroy();
    }
    throw problemOf(error, request, received);
  }
}

function unpack(request: IncomingMessage): Gunzip {
  const gunzip = createGunzip({ chunkSize: 65_536 });
  request.once('error', (error) => gunzip.destroy(error));
  return request.pipe(gunzip);
}

function problemOf(error: unknown, request: IncomingMessage, received: number): unknown {
  if (error instanceof HttpProblem) return error;
  if (request.destroyed && !request.complete) return new HttpProblem(400, 'body cut off', `${received} bytes came`, 'send the batch again, with the same Batch-Id', error);
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_'))
    return new HttpProblem(400, 'body is not valid gzip', error.message, 'pack it again, or send it as it is', error);
  return error;
}
