import type { IncidentEvent } from './events.ts';

/** Why something is not written down. Stable: callers translate them. */
export const REFUSAL_CODES = [
  'unknown-incident', 'unknown-type', 'invalid', 'before-detection', 'already-opened', 'started-after-detection',
  'already-acknowledged', 'already-mitigated', 'already-resolved', 'already-closed', 'not-resolved', 'already-paused', 'not-paused', 'another-open',
  'unknown-comment', 'unknown-person', 'unknown-link', 'unknown-conference', 'unknown-action', 'unknown-step', 'unknown-document', 'duplicate',
  'already-warned', 'already-breached', 'already-held', 'already-done', 'not-done',
  'no-crisis', 'crisis-open', 'crisis-ended', 'no-long-interruption', 'already-declared',
  'no-rex', 'changed-meanwhile', 'changed-document', 'already-approved', 'not-a-signer', 'already-signed',
  'unknown-link-to-sign', 'expired-link', 'too-large',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Refusal {
  ok: false;
  code: RefusalCode;
  /** For a reader of English who was not told more. */
  reason: string;
  /** Who did what it contradicts, and when that happened. */
  by: string | null;
  atMs: number | null;
}

export function refuse(code: RefusalCode, reason: string, other: { by: string; atMs: number } | null = null): Refusal {
  return { ok: false, code, reason: other === null ? reason : `${reason} (${other.by}, ${new Date(other.atMs).toISOString()})`, by: other?.by ?? null, atMs: other?.atMs ?? null };
}

/** An event that its log, in the order of what happened, does not allow: it has no effect. */
export interface Contradiction { event: IncidentEvent; refusal: Refusal }
