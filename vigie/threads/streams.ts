import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { connectPort } from './port.ts';

/** What stands for a stream of bytes in a message: the port that it is pulled through. */
export interface StreamPort { streamPort: MessagePort }
interface Pulled {
  /** null = the end. */
  next(): Uint8Array | null;
  cancel(): void;
}

/**
 * A stream's place in a message. Node can transfer streams itself, but their errors lose class and code on the way, and a reader
 * whose other thread dies waits for ever.
 */
export function sendStream(stream: ReadableStream<Uint8Array>): StreamPort {
  const { port1, port2 } = new MessageChannel();
  const reader = stream.getReader();
  connectPort(port1, {
    next: async () => {
      const { done, value } = await reader.read();
      // Of its own memory: a piece of a larger one would be sent with all of it.
      return done ? null : new Uint8Array(value);
    },
    cancel: () => reader.cancel(),
  });
  port1.on('close', () => void reader.cancel().catch(() => {}));
  return { streamPort: port2 };
}

/** The stream again, on the other side: pulled, never faster than it is read. */
export function receiveStream({ streamPort }: StreamPort): ReadableStream<Uint8Array> {
  const remote = connectPort<Pulled>(streamPort, {});
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const bytes = await remote.next();
        if (bytes !== null) return controller.enqueue(bytes);
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      streamPort.close();
    },
    async cancel() {
      await remote.cancel().catch(() => {});
      streamPort.close();
    },
  }, { highWaterMark: 0 });
}
