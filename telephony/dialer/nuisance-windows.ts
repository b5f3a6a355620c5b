import type { PacingEvent } from './pacing.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Minutes are kept as long as a day's window and what looks ahead of it need them; then they become hours. */
const FINE_MS = 27 * HOUR_MS;
/** Longer than every window asked for. */
const KEPT_MS = 31 * 24 * HOUR_MS;

interface Bucket {
  fromMs: number;
  answers: number;
  nuisances: number;
}

interface Past {
  minute: number;
  first: number;
  answers: number;
  nuisances: number;
}

/** Live answers and nuisance calls of the last 31 days in buckets of a minute, then of an hour: the share in any window, and what a window still allows. */
export class NuisanceWindows {
  #buckets: Bucket[];
  #answers = 0;
  #nuisances = 0;
  readonly #past = new Map<number, Past>();
  #edges = new Map<number, { minute: number; share: number; earning: number; balance: number }>();

  /** @param known what {@link state} gave; anything else is an empty past. */
  constructor(known?: unknown) {
    this.#buckets = parse(known);
    for (const { answers, nuisances } of this.#buckets) {
      this.#answers += answers;
      this.#nuisances += nuisances;
    }
  }

  /** Live answers that are remembered. */
  get answers(): number {
    return this.#answers;
  }

  take(events: readonly PacingEvent[]): void {
    for (const event of events) {
      if (event.kind !== 'passed' && event.kind !== 'nuisance') continue;
      const bucket = this.#bucketAt(event.atMs);
      bucket.answers += 1;
      this.#answers += 1;
      if (event.kind === 'passed') continue;
      bucket.nuisances += 1;
      this.#nuisances += 1;
    }
  }

  /** Nuisance calls / live answers of the window that ends now; null = no answers. A bucket counts as long as a part of it lies in the window. */
  share(nowMs: number, windowMs: number): number | null {
    const { answers, nuisances } = this.counts(nowMs, windowMs);
    return answers === 0 ? null : nuisances / answers;
  }

  /** Live answers of the window that ends now, and the nuisance calls among them. */
  counts(nowMs: number, windowMs: number): { answers: number; nuisances: number } {
    const past = this.#pastOf(nowMs, windowMs);
    return { answers: this.#answers - past.answers, nuisances: this.#nuisances - past.nuisances };
  }

  /**
   * Nuisance calls that the window still allows, negative when it is over its limit: the least of this window's balance (limit × answers −
   * nuisance calls) and of those of the windows that end up to a twelfth of its length later, when the oldest answers have left it,
   * with `earning` (calls per ms) won until then. Otherwise a morning with few drops would be spent twice: once as it enters, once as it leaves.
   */
  allowance(nowMs: number, windowMs: number, limit: number, earning: number): number {
    const minute = Math.floor(nowMs / MINUTE_MS);
    let edge = this.#edges.get(windowMs);
    if (!edge || edge.minute !== minute || edge.share !== limit || Math.abs(edge.earning - earning) > edge.earning / 2) {
      edge = { minute, share: limit, earning, balance: this.#edgeBalance(nowMs, windowMs, limit, earning) };
      this.#edges.set(windowMs, edge);
    }
    return limit * this.#answers - this.#nuisances - edge.balance;
  }

  /** `[fromMs / 60000, answers, nuisances, …]` */
  state(): number[] {
    return this.#buckets.flatMap(({ fromMs, answers, nuisances }) => [fromMs / MINUTE_MS, answers, nuisances]);
  }

  /** What is remembered and lies before the window: asked each second, it changes with the minute. */
  #pastOf(nowMs: number, windowMs: number): Past {
    const [minute, first] = [Math.floor(nowMs / MINUTE_MS), Math.floor((nowMs - windowMs) / MINUTE_MS)];
    const known = this.#past.get(windowMs);
    if (known?.minute === minute && known.first === first) return known;
    const past = { minute, first, answers: 0, nuisances: 0 };
    for (const bucket of this.#buckets) {
      if (this.#endOf(bucket, nowMs) > nowMs - windowMs) break;
      past.answers += bucket.answers;
      past.nuisances += bucket.nuisances;
    }
    this.#past.set(windowMs, past);
    return past;
  }

  /** Highest balance of what leaves the window until a twelfth of its length has passed. */
  #edgeBalance(nowMs: number, windowMs: number, limit: number, earning: number): number {
    const startMs = nowMs - windowMs;
    let balance = 0;
    let highest = Number.NEGATIVE_INFINITY;
    // The window begins where the bucket before ended, or now; a bucket that is cut counts whole on either side, whichever is worse.
    let beginsMs = 0;
    for (const bucket of this.#buckets) {
      const endsMs = this.#endOf(bucket, nowMs) - startMs;
      if (endsMs > 0) {
        highest = Math.max(highest, balance - earning * beginsMs);
        if (bucket.fromMs - startMs > windowMs / 12) return highest;
        beginsMs = endsMs;
      }
      balance += limit * bucket.answers - bucket.nuisances;
    }
    return Math.max(highest, balance - earning * beginsMs);
  }

  #bucketAt(atMs: number): Bucket {
    const fromMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
    const last = this.#buckets.at(-1);
    // An event that is late by a minute counts with the newest: times never go back in the list.
    if (last && last.fromMs >= fromMs) return last;
    const bucket = { fromMs, answers: 0, nuisances: 0 };
    this.#forget(fromMs);
    this.#buckets.push(bucket);
    return bucket;
  }

  #forget(nowMs: number): void {
    this.#past.clear();
    let first = this.#buckets[0];
    while (first && first.fromMs < nowMs - KEPT_MS) {
      this.#answers -= first.answers;
      this.#nuisances -= first.nuisances;
      this.#buckets.shift();
      first = this.#buckets[0];
    }
    const coarse: Bucket[] = [];
    let fine = 0;
    for (const bucket of this.#buckets) {
      if (bucket.fromMs >= nowMs - FINE_MS) break;
      fine += 1;
      const fromMs = Math.floor(bucket.fromMs / HOUR_MS) * HOUR_MS;
      const last = coarse.at(-1);
      if (last && last.fromMs === fromMs) {
        last.answers += bucket.answers;
        last.nuisances += bucket.nuisances;
      } else coarse.push({ ...bucket, fromMs });
    }
    if (coarse.length < fine) this.#buckets = [...coarse, ...this.#buckets.slice(fine)];
  }

  #endOf({ fromMs }: Bucket, nowMs: number): number {
    return fromMs + (fromMs < nowMs - FINE_MS ? HOUR_MS : MINUTE_MS);
  }
}

/** In the order of time, a bucket for each minute: answers that others counted may have been added behind. */
function parse(known: unknown): Bucket[] {
  if (!Array.isArray(known)) return [];
  const numbers = known.filter((value) => typeof value === 'number' && Number.isFinite(value));
  const buckets: Bucket[] = [];
  for (let i = 0; i + 2 < numbers.length; i += 3) buckets.push({ fromMs: numbers[i] * MINUTE_MS, answers: numbers[i + 1], nuisances: numbers[i + 2] });
  const merged: Bucket[] = [];
  for (const bucket of buckets.sort((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1);
    if (last?.fromMs === bucket.fromMs) {
      last.answers += bucket.answers;
      last.nuisances += bucket.nuisances;
    } else merged.push(bucket);
  }
  return merged;
}
