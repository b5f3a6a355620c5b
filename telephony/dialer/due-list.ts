/** Things by the instant at which they are due; what is set again, or removed, is skipped when its old turn comes. */
export class DueList<T extends object> {
  /** A binary heap by `atMs`, then by order of entry. */
  readonly #heap: { item: T; atMs: number; number: number }[] = [];
  /** The entry that counts for each item. */
  readonly #valid = new Map<T, number>();
  #number = 0;

  /** Instant of the next one; null = there is none. */
  get nextMs(): number | null {
    this.#drop();
    return this.#heap[0]?.atMs ?? null;
  }

  add(item: T, atMs: number): void {
    const number = this.#number++;
    this.#valid.set(item, number);
    const heap = this.#heap;
    let at = heap.push({ item, atMs, number }) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  remove(item: T): void {
    this.#valid.delete(item);
  }

  /** Takes the next one that is due. */
  shift(nowMs: number): T | null {
    this.#drop();
    const first = this.#heap[0];
    if (!first || first.atMs > nowMs) return null;
    this.#valid.delete(first.item);
    this.#drop();
    return first.item;
  }

  /** Entries that count no more leave the top. */
  #drop(): void {
    for (let first = this.#heap[0]; first && this.#valid.get(first.item) !== first.number; first = this.#heap[0]) this.#pop();
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    heap[0] = last;
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = at;
      if (left < heap.length && this.#before(left, least)) least = left;
      if (right < heap.length && this.#before(right, least)) least = right;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #before(a: number, b: number): boolean {
    const [x, y] = [this.#heap[a], this.#heap[b]];
    return x !== undefined && y !== undefined && (x.atMs < y.atMs || (x.atMs === y.atMs && x.number < y.number));
  }

  #swap(a: number, b: number): void {
    const [x, y] = [this.#heap[a], this.#heap[b]];
    if (!x || !y) return;
    this.#heap[a] = y;
    this.#heap[b] = x;
  }
}
