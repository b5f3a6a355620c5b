/** What came of handing a notification to its server. */
export type Delivery =
  | { kind: 'sent'; receipt: string }
  /** The server was asked and did not take it; `hung`: it did not even answer, and would not answer others either. */
  | { kind: 'refused'; error: string; again: 'never' | 'later'; afterMs?: number; hung?: true }
  /** It was not asked: it does not answer, or does not let us in. Others wait for it too. */
  | { kind: 'unreachable'; error: string };

/** The longest that an attempt may take; what hangs longer is as good as dead. */
export const LONGEST_ATTEMPT_MS = 120_000;
