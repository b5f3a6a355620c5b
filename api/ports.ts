import type { Command, CommandResult } from '../telephony/commands.ts';
import type { ConfigurationPort } from '../telephony/configuration.ts';
import type { LiveEvent } from '../telephony/live.ts';

/** The core's CT-Proxy, in this thread or across one. */
export interface LivePort {
  /**
   * The first event is a snapshot, then changes follow in order. `broken` is called once when no more
   * events will come (the core ended); the api then subscribes again. Returns how to stop.
   */
  subscribe(listener: (event: LiveEvent) => void, broken?: (reason: string) => void): () => void;
  command(command: Command): Promise<CommandResult | CoreUnavailable>;
}

/** A core in another process does not answer: the command may have been done all the same. */
export interface CoreUnavailable { ok: false; code: 'core-unavailable'; reason: string }

/** The centre's configuration: names, targets, memberships. The same port as the core's. */
export type DirectoryPort = ConfigurationPort;

/** What the composition knows and the warehouse does not. */
export interface ProgressPort {
  /** How far the first history is; null = nothing is being filled. */
  filling(): { daysDone: number; daysTotal: number } | null;
}

/** One agent's planned shift: work, but for its pauses. Epoch milliseconds. */
export interface PlannedShift {
  tenant: string;
  agent: string;
  fromMs: number;
  toMs: number;
  pauses: { /** The pause's reason code. */ reason: string; fromMs: number; toMs: number }[];
}

/** Who is planned to work when: a roster, a planning tool. */
export interface PlanPort {
  /** All shifts that touch a range, past or to come. Who has none is not planned then. */
  shifts(fromMs: number, toMs: number): Promise<PlannedShift[]>;
}
