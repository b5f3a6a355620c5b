/** Pace of the last half hour, from three minutes on. */
const WINDOW_MS = 30 * 60_000;
const SHORTEST_MS = 3 * 60_000;
const SAMPLE_MS = 60_000;

interface Sample {
  atMs: number;
  finished: number;
}

/** When a campaign's call files will have no contact left, if contacts go on being finished as fast as lately. */
export class FileForecast {
  /** Contacts that are not finished; null = not told yet. */
  open: number | null = null;
  endsAtMs: number | null = null;
  #samples: Sample[] = [];

  take({ open, finished }: { open: number; finished: number }, atMs: number): void {
    const last = this.#samples.at(-1);
    // A file that was removed takes its finished contacts with it.
    if (last && finished < last.finished) this.#samples = [];
    this.#samples = this.#samples.filter((sample) => sample.atMs >= atMs - WINDOW_MS);
    const first = this.#samples[0];
    if (!last || this.#samples.length === 0 || atMs - last.atMs >= SAMPLE_MS) this.#samples.push({ atMs, finished });
    this.open = open;
    const spanMs = first ? atMs - first.atMs : 0;
    const done = first ? finished - first.finished : 0;
    this.endsAtMs = spanMs < SHORTEST_MS || done <= 0 || open === 0 ? null : Math.round(atMs + (open * spanMs) / done);
  }
}
