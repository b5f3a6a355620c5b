/** A set of numbers that are not 0, without an object for each: a million of them leaves the collector nothing to do. */
export class NumberSet {
  #slots = new Float64Array(1 << 12);
  #size = 0;

  static of(values: Iterable<number>): NumberSet {
    const set = new NumberSet();
    for (const value of values) set.add(value);
    return set;
  }

  has(value: number): boolean {
    return this.#slots[this.#find(this.#slots, value)] === value;
  }

  /** False when it was there before. */
  add(value: number): boolean {
    const index = this.#find(this.#slots, value);
    if (this.#slots[index] === value) return false;
    this.#slots[index] = value;
    if (++this.#size * 2 > this.#slots.length) this.#grow();
    return true;
  }

  #find(slots: Float64Array, value: number): number {
    const mask = slots.length - 1;
    // Both halves of the number, mixed: neighbours must not lie side by side.
    let index = (Math.imul(value % 0x1_0000_0000, 0x9e37_79b1) ^ Math.imul(Math.floor(value / 0x1_0000_0000), 0x85eb_ca6b)) >>> 0;
    index = (index ^ (index >>> 15)) & mask;
    for (; slots[index] !== 0 && slots[index] !== value; index = (index + 1) & mask);
    return index;
  }

  #grow(): void {
    const larger = new Float64Array(this.#slots.length * 2);
    for (const value of this.#slots) if (value !== 0) larger[this.#find(larger, value)] = value;
    this.#slots = larger;
  }
}
