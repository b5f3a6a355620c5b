import type { CampaignNature } from './standard-campaign.ts';

export type Outcome = 'person' | 'taken-for-machine' | 'machine' | 'refused' | 'no-answer';

/** What will happen when this contact is dialed. */
export interface ContactFuture {
  outcome: Outcome;
  /** From the dial to the answer, the refusal or the end of ringing. */
  afterMs: number;
  talkMs: number;
  wrapupMs: number;
}

/**
 * The future of contact `index`: from the seed and the index alone, so that every pacing meets the same persons in the same order.
 * Only the answer rate and the length of talks may depend on the time, where a scenario says so.
 */
export function contactFuture(nature: CampaignNature, seed: number, index: number, dialedMs: number): ContactFuture {
  const luck = uniform(seed, index, 0);
  const person = nature.personShare(dialedMs);
  const answerMs = nature.answerDelayMs - nature.answerMeanMs * Math.log(1 - uniform(seed, index, 1));
  const talkMs = talkTime(nature, seed, index);
  const wrapupMs = Math.ceil(-nature.wrapupMeanMs * Math.log(1 - uniform(seed, index, 4)));
  const outcome = outcomeOf(nature, luck, person, answerMs, uniform(seed, index, 5));
  const afterMs = outcome === 'no-answer' ? nature.ringMs : outcome === 'refused' ? nature.refusedAfterMs : Math.ceil(answerMs);
  return { outcome, afterMs, talkMs, wrapupMs };
}

function outcomeOf(nature: CampaignNature, luck: number, person: number, answerMs: number, taken: number): Outcome {
  if (luck < person + nature.machineShare) {
    // Who would answer after the end of ringing does not.
    if (answerMs >= nature.ringMs) return 'no-answer';
    if (luck >= person) return 'machine';
    return taken < nature.takenForMachine ? 'taken-for-machine' : 'person';
  }
  return luck < person + nature.machineShare + nature.refusedShare ? 'refused' : 'no-answer';
}

function talkTime(nature: CampaignNature, seed: number, index: number): number {
  const variance = Math.log(1 + nature.talkVariation ** 2);
  const normal = Math.sqrt(-2 * Math.log(1 - uniform(seed, index, 2))) * Math.cos(2 * Math.PI * uniform(seed, index, 3));
  return Math.ceil(nature.talkMeanMs * Math.exp(Math.sqrt(variance) * normal - variance / 2));
}

/** Uniform in [0, 1) from three whole numbers: two rounds of MurmurHash3's finalizer, whose output passes for random in every bit. */
function uniform(seed: number, index: number, draw: number): number {
  return finalize(finalize(Math.imul(seed, 0x9e3779b1) ^ draw) + index | 0) * 2 ** -32;
}

function finalize(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
