const DAY_MS = 86_400_000;

/**
 * Offset of a time zone at any instant. `Intl` is asked twice per UTC day; within a day a change is
 * searched to the minute.
 */
export class ZoneOffsets {
  readonly zone: string;
  readonly #format: Intl.DateTimeFormat;
  #fromMs = 0;
  #toMs = 0;
  #offsetMs = 0;

  constructor(zone: string) {
    this.zone = zone;
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  }

  /** Milliseconds to add to UTC to read local time. */
  offsetMs(utcMs: number): number {
    if (utcMs < this.#fromMs || utcMs >= this.#toMs) this.#seek(utcMs);
    return this.#offsetMs;
  }

  localMs(utcMs: number): number {
    return utcMs + this.offsetMs(utcMs);
  }

  /** First instant after `utcMs` whose local date is a later one. */
  nextMidnightMs(utcMs: number): number {
    const nextDay = (Math.floor(this.localMs(utcMs) / DAY_MS) + 1) * DAY_MS;
    // The offset at midnight itself may differ from the one now: try the later offset first.
    const guess = nextDay - this.offsetMs(utcMs);
    return nextDay - this.offsetMs(guess) > utcMs ? nextDay - this.offsetMs(guess) : guess;
  }

  #seek(utcMs: number): void {
    const dayStart = Math.floor(utcMs / DAY_MS) * DAY_MS;
    let fromMs = dayStart;
    let toMs = dayStart + DAY_MS;
    const first = this.#ask(fromMs);
    const last = this.#ask(toMs);
    this.#offsetMs = first;
    if (first !== last) {
      let low = fromMs;
      let high = toMs;
      while (high - low > 60_000) {
        const middle = Math.floor((low + high) / 120_000) * 60_000;
        if (this.#ask(middle) === first) low = middle;
        else high = middle;
      }
      if (utcMs < high) toMs = high;
      else {
        fromMs = high;
        this.#offsetMs = last;
      }
    }
    this.#fromMs = fromMs;
    this.#toMs = toMs;
  }

  #ask(utcMs: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(utcMs)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(utcMs / 1000) * 1000;
  }
}
