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
  /**
   * Start of the window that the third level covers, epoch ms. All else counts from it: the numbers stay
   * below 2^30, so that V8 keeps them in their fields and not in boxes of their own, a cache miss each.
   */
  #baseMs: number;
  /** Starts of the windows of the first and the second level. */
  #start0 = 0;
  #start1 = 0;
  readonly #heads: (Timer | null)[] = Array.from({ length: FAR + 1 }, () => null);
  readonly #tails: (Timer | null)[] = Array.from({ length: FAR + 1 }, () => null);
  /** What the latest round of {@link Timer.approach} gave: kept, lest the compiler finds that nobody needs what was read. */
  approached = 0;
  readonly #bits = new Int32Array(WORDS * 3);

  constructor(startMs: number) {
    this.nowMs = startMs;
    this.#baseMs = startMs;
  }

  set(timer: Timer, atMs: number): void {
    if (timer.slot >= 0) this.cancel(timer);
    const due = Math.ceil(atMs);
    const after = (due > this.nowMs ? due : this.nowMs) - this.#baseMs;
    // A difference of boxed numbers stays in a box unless it is told not to.
    timer.due = after < SPAN_2 ? after | 0 : after;
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
      const index = this.#firstFrom(0, this.nowMs - this.#baseMs - this.#start0);
      if (index >= 0) {
        const due = this.#baseMs + this.#start0 + index;
        if (due > untilMs) break;
        this.nowMs = due;
        this.#fireSlot(index);
      } else if (!this.#advance(untilMs)) break;
    }
    if (untilMs > this.nowMs) this.#rest(untilMs);
  }

  /** When the next timer is due at the earliest: exact within the current second, else a lower bound. */
  nextDueMs(): number {
    const index = this.#firstFrom(0, this.nowMs - this.#baseMs - this.#start0);
    if (index >= 0) return this.#baseMs + this.#start0 + index;
    const second = this.#firstFrom(LEVEL_1, 0);
    if (second >= 0) return this.#baseMs + this.#start1 + second * SLOTS;
    const third = this.#firstFrom(LEVEL_2, 0);
    if (third >= 0) return this.#baseMs + third * SPAN_1;
    return this.#heads[FAR] ? this.#baseMs + SPAN_2 : Infinity;
  }

  #insert(timer: Timer): void {
    const { due } = timer;
    let slot = FAR;
    if (due - this.#start0 < SLOTS) slot = due - this.#start0;
    else if (due - this.#start1 < SPAN_1) slot = LEVEL_1 + ((due - this.#start1) >>> 10);
    else if (due < SPAN_2) slot = LEVEL_2 + (due >>> 20);
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
      const start = this.#start1 + second * SLOTS;
      if (!this.#reach(start, untilMs)) return false;
      this.#start0 = start;
      this.#cascade(LEVEL_1 + second);
      return true;
    }
    const third = this.#firstFrom(LEVEL_2, 0);
    if (third >= 0) {
      const start = third * SPAN_1;
      if (!this.#reach(start, untilMs)) return false;
      this.#start1 = start;
      this.#start0 = start;
      this.#cascade(LEVEL_2 + third);
      return true;
    }
    if (!this.#heads[FAR] || !this.#reach(SPAN_2, untilMs)) return false;
    this.#baseMs += SPAN_2;
    this.#start1 = 0;
    this.#start0 = 0;
    for (let timer: Timer | null = this.#heads[FAR] ?? null; timer; timer = timer.next) timer.due -= SPAN_2;
    this.#cascade(FAR);
    return true;
  }

  /** The time moves on to a window's start; false = that is after `untilMs`. */
  #reach(start: number, untilMs: number): boolean {
    const startMs = this.#baseMs + start;
    if (startMs > untilMs) return false;
    if (startMs > this.nowMs) this.nowMs = startMs;
    return true;
  }

  #cascade(slot: number): void {
    if (slot < LEVEL_2) this.#approach(slot);
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

  #approach(slot: number): void {
    // Where little happens in a second, all of it is in the processor's cache anyway.
    if (!this.#heads[slot]?.next?.next?.next?.next) return;
    let sum = 0;
    for (let timer: Timer | null = this.#heads[slot] ?? null; timer; timer = timer.next) sum += timer.approach();
    this.approached = sum;
  }

  /** Nothing is due up to `untilMs`: the time moves; an empty wheel also moves its windows, so that they stay near. */
  #rest(untilMs: number): void {
    this.nowMs = untilMs;
    if (untilMs - this.#baseMs - this.#start0 < SLOTS) return;
    // Every window left behind is empty here, so it may begin at its own granularity below the new time.
    if (untilMs - this.#baseMs >= SPAN_2) {
      this.#baseMs += Math.floor((untilMs - this.#baseMs) / SPAN_2) * SPAN_2;
      this.#start1 = 0;
    }
    const until = (untilMs - this.#baseMs) | 0;
    if (until - this.#start1 >= SPAN_1) this.#start1 = Math.floor(until / SPAN_1) * SPAN_1;
    this.#start0 = this.#start1 + Math.floor((until - this.#start1) / SLOTS) * SLOTS;
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
