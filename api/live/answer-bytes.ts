/** A buffer that answers are written into one after the other; it grows to the longest. */
export class AnswerBytes {
  #buffer: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #length = 0;

  clear(): void {
    this.#length = 0;
  }

  text(text: string): void {
    this.#reserve(text.length * MOST_BYTES_A_UNIT);
    this.#length += this.#buffer.write(text, this.#length);
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** What was written since it was cleared, as bytes of its own. */
  copy(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.#length));
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#length + more));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}

const FIRST_BYTES = 1 << 16;
/** Of UTF-8, for one unit of UTF-16. */
const MOST_BYTES_A_UNIT = 3;
