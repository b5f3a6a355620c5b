import type { DialResult } from './warehouse.ts';

// What a core that was killed has left in the facts: its next start ends it.

/** `sequence`: the row's own, see `EmittedRow`. */
export interface UnfinishedKey { tenant: string; callId: string; startedAt: string; sequence: number }
/** A session of an agent whose log-out is not known; `knownUntilMs`: the end of its last state, epoch ms. */
export interface UnfinishedSession { tenant: string; agent: string; sessionId: string; knownUntilMs: number; sequence: number }
export interface Unfinished { calls: UnfinishedKey[]; legs: (UnfinishedKey & { leg: number })[]; sessions: UnfinishedSession[] }

export interface DialsQuery { source: string; fromMs: number; toMs: number }
export interface StoredDial {
  tenant: string; campaign: string; callId: string; startedMs: number;
  /** Without the agent's wrap-up. */
  endedMs: number;
  /** `OdCallsRow.Indice`. */
  contact: number;
  /** As dialed. */
  number: string;
  /** An agent who had the call makes it `passed`, whatever the status says. */
  result: DialResult;
  /** '' = none. */
  agent: string;
  /** The agent's, or else the system's. */
  status: { group: number; num: number; detail: number } | null;
}
