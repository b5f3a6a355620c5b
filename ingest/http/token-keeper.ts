import { createHash, timingSafeEqual } from 'node:crypto';

/** Tells sources by their bearer tokens; takes the same time whatever is presented. */
export class TokenKeeper {
  readonly #hashes: { source: string; hash: Buffer }[];

  /** @param tokens token by source. */
  constructor(tokens: Record<string, string>) {
    this.#hashes = Object.entries(tokens).map(([source, token]) => ({ source, hash: hashOf(token) }));
  }

  /** The source whose token the `Authorization` header carries, null when it is nobody's. */
  sourceOf(authorization: string | undefined): string | null {
    const presented = hashOf(/^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? '');
    let found: string | null = null;
    for (const { source, hash } of this.#hashes) if (timingSafeEqual(hash, presented)) found = source;
    return found;
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
