import { Readable } from 'node:stream';

/**
 * One subscriber's body: server-sent events, already encoded, the same bytes for everybody. A
 * subscriber that reads slowly gets the newest event and misses those between: at most one waits here
 * and one in the stream.
 */
export class SseStream extends Readable {
  readonly #onClose: () => void;
  #held: Uint8Array | null = null;
  #hungry = false;
  #last = false;
  /** Events that were replaced before they were read. */
  dropped = 0;

  constructor(onClose: () => void) {
    super({ highWaterMark: 1 });
    this.#onClose = onClose;
  }

  offer(bytes: Uint8Array): void {
    if (this.destroyed || this.#last) return;
    if (this.#hungry) {
      this.#hungry = false;
      this.push(bytes);
      return;
    }
    if (this.#held) this.dropped += 1;
    this.#held = bytes;
  }

  /** After what is still held, the last event and the end. */
  finish(bytes: Uint8Array): void {
    if (this.destroyed || this.#last) return;
    this.#last = true;
    if (this.#held) this.push(this.#held);
    this.#held = null;
    this.push(bytes);
    this.push(null);
  }

  override _read(): void {
    if (this.#held) {
      const bytes = this.#held;
      this.#held = null;
      this.push(bytes);
    } else this.#hungry = true;
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#held = null;
    this.#onClose();
    callback(error);
  }
}
