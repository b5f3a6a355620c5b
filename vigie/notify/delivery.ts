/** What came of handing a notification to its server. */
export type Delivery =
  | { kind: 'sent'; receipt: string }
  /** The server was asked and did not take it; `hung`: it did not even answer, and would not answer others either. */
  | { kind: 'refused'; error: string; again: 'never' | 'later'; afterMs?: number; hung?: true }
  /** It was not asked: it does not answer, or does not let us in. Others wait for it too. */
  | { kind: 'unreachable'; error: string };

/** The longest that an attempt may take; what hangs longer is as good as dead. */
export const LONGEST_ATTEMPT_MS = 120_000;

/** The system's words for a server that is not there, or that nobody vouches for. */
export function isNotThere(code: string): boolean {
  return /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|EPROTO|ERR_TLS_\w+|ERR_SSL_\w+|\w*CERT\w*|UNABLE_TO_\w+)$/.test(code);
}
