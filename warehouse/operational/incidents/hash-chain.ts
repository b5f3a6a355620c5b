import { createHash } from 'node:crypto';

/** What stands before the first event of a log. */
export const NO_HASH = '';

/** What is hashed of an event: all that its row says. */
export interface HashedEvent { incident: number; sequence: number; id: string; atMs: number; recordedAtMs: number; by: string; body: unknown }

/** SHA-256 over an event and the hash of the one before it in its incident: whoever changes one must change all that follow, and the head. */
export function eventHash(before: string, { incident, sequence, id, atMs, recordedAtMs, by, body }: HashedEvent): string {
  return createHash('sha256').update(canonical([before, incident, sequence, id, atMs, recordedAtMs, by, body])).digest('hex');
}

export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** JSON with sorted keys: a database gives an object's keys back in an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'object' && each !== null && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each));
}

/** A UUID (version 8: of our own making) out of a hash. */
export function uuidOf(hash: string): string {
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
