import { isIP } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { sha256 } from '../../warehouse/operational/incidents/hash-chain.ts';

/** So many unknown links a minute may be tried from one address, and by everybody together; so often a known one may be used. */
const MOST_OF_ADDRESS = 30;
const MOST_UNKNOWN = 600;
const MOST_OF_ONE = 60;
const MINUTE_MS = 60_000;
/** While somebody guesses, the links that are out are read again no more often than this. */
const LOOK_AGAIN_MS = 1000;
/** So many wait for a look at once; more are refused, so that who guesses keeps no memory however slow the store is. */
const MOST_WAITING = 1000;
/** Links that were right; more than are ever out at once. */
const MOST_KNOWN = 10_000;

export interface SigningGateParts {
  nowMs: () => number;
  /** Hashes of the links that are out. */
  issued: () => Promise<readonly string[]>;
}

/**
 * Keeps whoever tries tokens from trying many, each address and all of them together. A link that is out is never held up by that, also where it is
 * opened for the first time: beyond the limits the links that are out are known here, without a question to the store for each guess. Tokens are not kept: their hashes are.
 */
export class SigningGate {
  readonly #parts: SigningGateParts;
  #minute = -1;
  #unknown = 0;
  #addresses = new Map<string, number>();
  #uses = new Map<string, number>();
  #known = new Set<string>();
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> = Promise.resolve();
  #nextLook: Promise<void> | null = null;
  #waiting = 0;

  constructor(parts: SigningGateParts) {
    this.#parts = parts;
  }

  /** May this link be looked at now? */
  async admits(token: string, address: string): Promise<boolean> {
    this.#turnMinute();
    const hash = sha256(token);
    if (!this.#known.has(hash)) {
      if (this.#admitsUnknown(networkOf(address))) return true;
      if (this.#waiting >= MOST_WAITING) return false;
      this.#waiting += 1;
      await this.#look().finally(() => {
        this.#waiting -= 1;
      });
      if (!this.#known.has(hash)) return false;
    }
    const uses = (this.#uses.get(hash) ?? 0) + 1;
    this.#uses.set(hash, uses);
    return uses <= MOST_OF_ONE;
  }

  /** It was right: it is counted by itself from now on. */
  knows(token: string, address: string): void {
    const hash = sha256(token);
    if (this.#known.has(hash)) return;
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.add(hash);
    const network = networkOf(address);
    this.#unknown = Math.max(0, this.#unknown - 1);
    this.#addresses.set(network, Math.max(0, (this.#addresses.get(network) ?? 0) - 1));
  }

  #admitsUnknown(network: string): boolean {
    const tried = this.#addresses.get(network) ?? 0;
    if (tried >= MOST_OF_ADDRESS || this.#unknown >= MOST_UNKNOWN) return false;
    this.#unknown += 1;
    this.#addresses.set(network, tried + 1);
    return true;
  }

  /** Ends after a look that began once this was asked: a link that was sent a moment ago is among what it finds. All who ask meanwhile share it. */
  #look(): Promise<void> {
    this.#nextLook ??= this.#lookInTurn();
    return this.#nextLook;
  }

  async #lookInTurn(): Promise<void> {
    // One that failed has told those who waited for it.
    await this.#looking.catch(() => undefined);
    await wait(Math.max(0, this.#lookedAt + LOOK_AGAIN_MS - performance.now()), undefined, { ref: false });
    this.#nextLook = null;
    this.#lookedAt = performance.now();
    this.#looking = this.#parts.issued().then((hashes) => {
      this.#known = new Set(hashes);
    });
    return this.#looking;
  }

  #turnMinute(): void {
    const minute = Math.floor(this.#parts.nowMs() / MINUTE_MS);
    if (minute === this.#minute) return;
    this.#minute = minute;
    this.#unknown = 0;
    this.#addresses = new Map();
    this.#uses = new Map();
  }
}

/** Whoever has one IPv6 address has all of its network. */
function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  // An IPv4 address in the clothes of the other.
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1);
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const [first, last] = [head, tail].map((part) => (part === '' ? [] : part.split(':')));
  const groups = [...(first ?? []), ...Array<string>(Math.max(0, 8 - (first?.length ?? 0) - (last?.length ?? 0))).fill('0'), ...(last ?? [])];
  return groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}
