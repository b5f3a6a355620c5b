import { join } from 'node:path';
import { z } from 'zod';
import type { PacingState } from '../../telephony/dialer/pacing.ts';
import { keepFile, readKeptFile } from './kept-file.ts';

const KEPT_MS = 31 * 24 * 3_600_000;

const stateSchema = z.object({
  atMs: z.number(),
  campaigns: z.record(z.string(), z.looseObject({ mode: z.enum(['progressive', 'vicidial', 'predictive']), version: z.number() })),
});

const fileOf = (directory: string): string => join(directory, 'dialing-state.json');

export interface DialingStateOptions {
  directory: string;
  states: () => Record<string, PacingState>;
  nowMs: () => number;
  everyMs: number;
  onTrouble: (message: string) => void;
}

/**
 * Writes down again and again what campaigns have learned of their people and how many nuisance calls they had, in
 * `DATA/dialing-state.json`. It stays when the core ends in order: windows of thirty days must not begin anew with each start.
 */
export function keepDialingState({ directory, states, nowMs, everyMs, onTrouble }: DialingStateOptions): () => Promise<void> {
  const end = keepFile({ file: fileOf(directory), content: () => ({ atMs: nowMs(), campaigns: states() }), everyMs, name: "the dialer's state", onTrouble });
  return () => end({ last: true });
}

/**
 * What an earlier core wrote down. Live answers since then come from the call files' own attempts, all of them where the file is
 * missing: another machine may have dialed meanwhile.
 *
 * @param answersSince see `Contacts.answersSince`
 */
export async function dialingStateOf(directory: string, answersSince: (sinceMs: number) => Promise<Record<string, number[]>>, nowMs = Date.now()): Promise<Record<string, PacingState>> {
  const known = readKeptFile(fileOf(directory), stateSchema);
  const later = await answersSince(Math.max(known?.atMs ?? 0, nowMs - KEPT_MS));
  const states: Record<string, PacingState> = { ...known?.campaigns };
  for (const [campaign, windows] of Object.entries(later)) {
    const state = states[campaign];
    const before: unknown = state?.['windows'];
    states[campaign] = { ...(state ?? { mode: 'progressive', version: 1 }), windows: [...(Array.isArray(before) ? before : []), ...windows] };
  }
  return states;
}
