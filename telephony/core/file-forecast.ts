import type { Opening } from './opening.ts';

/** Pace of the last half hour of calling, from three minutes on. */
const WINDOW_MS = 30 * 60_000;
const SHORTEST_MS = 3 * 60_000;
const SAMPLE_MS = 60_000;

interface Sample {
  /** Of the time of calling. */
  atMs: number;
  finished: number;
  /** Those and the open ones. */
  all: number;
}

/**
 * When a campaign's call files will have no contact left, if contacts go on being finished as fast as lately. Both count the time
 * in which it may call only: nights, week-ends and holidays neither slow the pace nor bring the end nearer.
 */
export class FileForecast {
  /** Contacts that are not finished; null = not told yet. */
  open: number | null = null;
  endsAtMs: number | null = null;
  #samples: Sample[] = [];
  /** Time of calling since the first look, and when that was last. */
  #callingMs = 0;
  #lookedMs = Number.NaN;

  /** @param hours when it may call; null = at any time. */
  take({ open, finished }: { open: number; finished: number }, nowMs: number, hours: Pick<Opening, 'openMs' | 'after'> | null): void {
    if (nowMs > this.#lookedMs) this.#callingMs += hours === null ? nowMs - this.#lookedMs : hours.openMs(this.#lookedMs, nowMs);
    this.#lookedMs = nowMs;
    const atMs = this.#callingMs;
    const last = this.#samples.at(-1);
    // A file that rests, or is gone, takes its finished contacts with it. One that is open again, because its agent heard a machine, is still there.
    const all = open + finished;
    if (last && all < last.all) this.#samples = [];
    this.#samples = this.#samples.filter((sample) => sample.atMs >= atMs - WINDOW_MS);
    const first = this.#samples[0];
    if (!last || this.#samples.length === 0 || atMs - last.atMs >= SAMPLE_MS) this.#samples.push({ atMs, finished, all });
    this.open = open;
    const spanMs = first ? atMs - first.atMs : 0;
    const done = first ? finished - first.finished : 0;
    if (spanMs < SHORTEST_MS || done <= 0 || open === 0) this.endsAtMs = null;
    else {
      const neededMs = Math.round((open * spanMs) / done);
      this.endsAtMs = hours === null ? nowMs + neededMs : hours.after(nowMs, neededMs);
    }
  }
}
