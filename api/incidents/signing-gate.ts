import { createHash } from 'node:crypto';

/** So many unknown links a minute may be tried, by everybody together; so often a known one may be used. */
const MOST_UNKNOWN = 60;
const MOST_OF_ONE = 60;
const MINUTE_MS = 60_000;
/** Links whose use is counted; more than are ever out at once. */
const MOST_KNOWN = 10_000;

/**
 * Keeps whoever tries tokens from trying many. A link that was right once is counted by itself, so that somebody's guessing
 * does not keep those from signing who opened their page before. Tokens are not kept: their hashes are.
 */
export class SigningGate {
  readonly #nowMs: () => number;
  #minute = -1;
  #unknown = 0;
  #uses = new Map<string, number>();
  readonly #known = new Set<string>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** May this link be looked at now? */
  admits(token: string): boolean {
    const minute = Math.floor(this.#nowMs() / MINUTE_MS);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#unknown = 0;
      this.#uses = new Map();
    }
    const hash = hashOf(token);
    if (!this.#known.has(hash)) {
      this.#unknown += 1;
      return this.#unknown <= MOST_UNKNOWN;
    }
    const uses = (this.#uses.get(hash) ?? 0) + 1;
    this.#uses.set(hash, uses);
    return uses <= MOST_OF_ONE;
  }

  /** It was right. */
  knows(token: string): void {
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.add(hashOf(token));
    this.#unknown = Math.max(0, this.#unknown - 1);
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
