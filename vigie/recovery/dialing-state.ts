import { join } from 'node:path';
import { z } from 'zod';
import type { PacingState } from '../../telephony/dialer/pacing.ts';
import { keepFile, readKeptFile } from './kept-file.ts';

const KEPT_MS = 31 * 24 * 3_600_000;

const stateSchema = z.object({
  atMs: z.number(),
  campaigns: z.record(z.string(), z.looseObject({ mode: z.enum(['progressive', 'vicidial', 'predictive']), version: z.number(), windows: z.array(z.number()).optional() })),
  /** Calls that were in no window yet. */
  undecided: z.array(z.string()).default([]),
});

const NAME = "the dialer's state";
const fileOf = (directory: string): string => join(directory, 'dialing-state.json');

export interface DialingStateOptions {
  directory: string;
  states: () => Record<string, PacingState>;
  /** Ids of the calls that the windows do not count yet. */
  undecided: () => readonly string[];
  nowMs: () => number;
  everyMs: number;
  onTrouble: (message: string) => void;
}

/**
 * Writes down again and again what campaigns have learned of their people and how many nuisance calls they had, in
 * `DATA/dialing-state.json`. It stays when the core ends in order: windows of thirty days must not begin anew with each start.
 */
export function keepDialingState({ directory, states, undecided, nowMs, everyMs, onTrouble }: DialingStateOptions): () => Promise<void> {
  const end = keepFile({ file: fileOf(directory), content: () => ({ atMs: nowMs(), campaigns: states(), undecided: undecided() }), everyMs, name: NAME, onTrouble });
  return () => end({ last: true });
}

export interface EarlierState {
  directory: string;
  /** See `Contacts.answersSince`. */
  answersSince: (sinceMs: number, calls: readonly string[]) => Promise<Record<string, number[]>>;
  onTrouble: (message: string) => void;
  nowMs?: number;
}

/**
 * What an earlier core wrote down. Live answers that it did not count yet come from the call files' own attempts, all of them where the
 * file is missing: another machine may have dialed meanwhile.
 */
export async function dialingStateOf({ directory, answersSince, onTrouble, nowMs = Date.now() }: EarlierState): Promise<Record<string, PacingState>> {
  const known = readKeptFile({ file: fileOf(directory), schema: stateSchema, name: NAME, onTrouble });
  const later = await answersSince(Math.max(known?.atMs ?? 0, nowMs - KEPT_MS), known?.undecided ?? []);
  const states: Record<string, PacingState> = { ...known?.campaigns };
  for (const [campaign, windows] of Object.entries(later)) {
    const state = known?.campaigns[campaign];
    states[campaign] = { ...(state ?? { mode: 'progressive', version: 1 }), windows: [...(state?.windows ?? []), ...windows] };
  }
  return states;
}
