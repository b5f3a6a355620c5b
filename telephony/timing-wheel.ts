import type { Timer } from './clock.ts';

const SLOTS = 1024;
const WORDS = SLOTS / 32;
const LEVEL_1 = SLOTS;
const LEVEL_2 = SLOTS * 2;
const FAR = SLOTS * 3;
const SPAN_1 = SLOTS * SLOTS;
const SPAN_2 = SPAN_1 * SLOTS;

/**
 * A hierarchical timing wheel of whole milliseconds (1 s, 17 min, 12 days, and a list for what is
 * farther): setting and cancelling take constant time however many timers there are, which a heap's
 * logarithm and its cache misses do not. Slots are linked lists through the timers themselves, bit
 * sets find the next one in use.
 */
export class TimingWheel {
  nowMs: number;
  /** Starts of the windows that the levels cover now. */
  #base0: number;
  #base1: number;
  #base2: number;
  readonly #heads: (Timer | null)[] = Array.from({ length: FAR + 1 }, () => null);
  readonly #tails: (Timer | null)[] = Array.from({ length: FAR + 1 }, () => null);
  readonly #bits = new Int32Array(WORDS * 3);

  constructor(startMs: number) {
    this.nowMs = startMs;
    this.#base0 = startMs;
    this.#base1 = startMs;
    this.#base2 = startMs;
  }

  set(timer: Timer, atMs: number): void {
    if (timer.slot >= 0) this.cancel(timer);
    const due = Math.ceil(atMs);
    timer.dueMs = due > this.nowMs ? due : this.nowMs;
    this.#insert(timer);
  }

  cancel(timer: Timer): void {
    const slot = timer.slot;
    if (slot < 0) return;
    const { next, previous } = timer;
    if (previous) previous.next = next;
    else this.#heads[slot] = next;
    if (next) next.previous = previous;
    else this.#tails[slot] = previous;
    if (!previous && !next && slot < FAR) this.#clear(slot);
    timer.next = null;
    timer.previous = null;
    timer.slot = -1;
  }

  run(untilMs: number): void {
    for (;;) {
      const index = this.#firstFrom(0, this.nowMs - this.#base0);
      if (index >= 0) {
        const due = this.#base0 + index;
        if (due > untilMs) break;
        this.nowMs = due;
        this.#fireSlot(index);
      } else if (!this.#advance(untilMs)) break;
    }
    if (untilMs > this.nowMs) this.#rest(untilMs);
  }

  /** When the next timer is due at the earliest: exact within the current second, else a lower bound. */
  nextDueMs(): number {
    const index = this.#firstFrom(0, this.nowMs - this.#base0);
    if (index >= 0) return this.#base0 + index;
    const second = this.#firstFrom(LEVEL_1, 0);
    if (second >= 0) return this.#base1 + second * SLOTS;
    const third = this.#firstFrom(LEVEL_2, 0);
    if (third >= 0) return this.#base2 + third * SPAN_1;
    return this.#heads[FAR] ? this.#base2 + SPAN_2 : Infinity;
  }

  #insert(timer: Timer): void {
    const due = timer.dueMs;
    let slot = FAR;
    if (due - this.#base0 < SLOTS) slot = due - this.#base0;
    else if (due - this.#base1 < SPAN_1) slot = LEVEL_1 + ((due - this.#base1) >>> 10);
    else if (due - this.#base2 < SPAN_2) slot = LEVEL_2 + ((due - this.#base2) >>> 20);
    const tail = this.#tails[slot] ?? null;
    timer.slot = slot;
    timer.previous = tail;
    timer.next = null;
    if (tail) tail.next = timer;
    else {
      this.#heads[slot] = timer;
      if (slot < FAR) this.#bits[slot >>> 5] = (this.#bits[slot >>> 5] ?? 0) | (1 << (slot & 31));
    }
    this.#tails[slot] = timer;
  }

  /** What a timer sets for this same millisecond is appended and fires in this same round. */
  #fireSlot(slot: number): void {
    for (let timer = this.#heads[slot]; timer; timer = this.#heads[slot]) {
      this.cancel(timer);
      timer.fire();
    }
  }

  /** Moves the windows to the next timers, if they begin no later than `untilMs`. */
  #advance(untilMs: number): boolean {
    const second = this.#firstFrom(LEVEL_1, 0);
    if (second >= 0) {
      const start = this.#base1 + second * SLOTS;
      if (start > untilMs) return false;
      this.#base0 = start;
      if (start > this.nowMs) this.nowMs = start;
      this.#cascade(LEVEL_1 + second);
      return true;
    }
    const third = this.#firstFrom(LEVEL_2, 0);
    if (third >= 0) {
      const start = this.#base2 + third * SPAN_1;
      if (start > untilMs) return false;
      this.#base1 = start;
      this.#base0 = start;
      if (start > this.nowMs) this.nowMs = start;
      this.#cascade(LEVEL_2 + third);
      return true;
    }
    const start = this.#base2 + SPAN_2;
    if (!this.#heads[FAR] || start > untilMs) return false;
    this.#base2 = start;
    this.#base1 = start;
    this.#base0 = start;
    if (start > this.nowMs) this.nowMs = start;
    this.#cascade(FAR);
    return true;
  }

  #cascade(slot: number): void {
    let timer = this.#heads[slot] ?? null;
    this.#heads[slot] = null;
    this.#tails[slot] = null;
    if (slot < FAR) this.#clear(slot);
    while (timer) {
      const next: Timer | null = timer.next;
      this.#insert(timer);
      timer = next;
    }
  }

  /** Nothing is due up to `untilMs`: the time moves; an empty wheel also moves its windows, so that they stay near. */
  #rest(untilMs: number): void {
    this.nowMs = untilMs;
    if (untilMs - this.#base0 < SLOTS) return;
    // Every window left behind is empty here, so it may begin at its own granularity below the new time.
    if (untilMs - this.#base1 >= SPAN_1 && untilMs - this.#base2 >= SPAN_2) this.#base2 += Math.floor((untilMs - this.#base2) / SPAN_2) * SPAN_2;
    if (untilMs - this.#base1 >= SPAN_1) this.#base1 = this.#base2 + Math.floor((untilMs - this.#base2) / SPAN_1) * SPAN_1;
    this.#base0 = this.#base1 + Math.floor((untilMs - this.#base1) / SLOTS) * SLOTS;
  }

  /** First slot in use of the level at `level`, from `from` on; -1 = none. */
  #firstFrom(level: number, from: number): number {
    const bits = this.#bits;
    if (from >= SLOTS) return -1;
    let word = (level + from) >>> 5;
    const end = (level >>> 5) + WORDS;
    let value = (bits[word] ?? 0) & (-1 << (from & 31));
    while (value === 0) {
      word += 1;
      if (word === end) return -1;
      value = bits[word] ?? 0;
    }
    return ((word << 5) - level) + (31 - Math.clz32(value & -value));
  }

  #clear(slot: number): void {
    this.#bits[slot >>> 5] = (this.#bits[slot >>> 5] ?? 0) & ~(1 << (slot & 31));
  }
}
