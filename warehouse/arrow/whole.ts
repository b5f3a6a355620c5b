/** What a whole Arrow stream ends with: the mark of a message, and no length. */
const END = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);

/** Watches the bytes of an Arrow stream go by, to tell in the end whether it was whole. */
export class WholeStream {
  #tail = new Uint8Array(0);

  watch(bytes: Uint8Array): void {
    if (bytes.length >= END.length) this.#tail = bytes.slice(-END.length);
    else if (bytes.length > 0) this.#tail = Uint8Array.from([...this.#tail, ...bytes]).slice(-END.length);
  }

  /** @throws Error when the stream ended before its end. */
  end(): void {
    if (this.#tail.length !== END.length || this.#tail.some((byte, index) => byte !== END[index])) throw new Error('the answer broke off before its end');
  }
}

/**
 * What is put behind the bytes of a stream that cannot go on, so that nobody takes it for a whole one, also where it was
 * saved without a look at how the transfer ended: the mark of a message that is longer than what follows. Who opens
 * the file finds the reason in it.
 */
export function brokenEnd(reason: string): Uint8Array {
  const text = new TextEncoder().encode(`\nTHIS ANSWER BROKE OFF: ${reason.slice(0, 1000)}\n`);
  const bytes = new Uint8Array(8 + text.length);
  new DataView(bytes.buffer).setInt32(0, -1, true);
  new DataView(bytes.buffer).setInt32(4, PROMISED_BYTES, true);
  bytes.set(text, 8);
  return bytes;
}

/** Readers make room for it before they find that it does not come. */
const PROMISED_BYTES = 1 << 20;
