import { z } from 'zod';

/** `blind`: it answers, but what it shows is old. */
export const CONDITIONS = ['up', 'blind', 'down'] as const;
export type Condition = (typeof CONDITIONS)[number];

/** What one look at an address found. */
export interface Look { condition: Condition; reason: string }

export const verdictSchema = z.object({
  /** As it counts, and was told. */
  condition: z.enum(CONDITIONS),
  /** Since when it counts so, epoch ms. */
  sinceMs: z.number(),
  reason: z.string(),
  /** What is seen instead, and since when without a break. */
  seen: z.object({ condition: z.enum(CONDITIONS), sinceMs: z.number() }).nullable(),
  toldAtMs: z.number(),
});
/** What is known of one address. Kept on disk, so that a watcher that begins anew tells nothing twice. */
export type Verdict = z.infer<typeof verdictSchema>;

export interface Patience {
  /** Seen for so long, a condition counts. */
  afterMs: Record<Condition, number>;
  /** Between two reminders, while it lasts. */
  remindMs: number;
}

export const PATIENCE: Patience = { afterMs: { up: 30_000, blind: 120_000, down: 60_000 }, remindMs: 3_600_000 };

/** To be told: that it changed, or that it still lasts. */
export interface Tidings { kind: 'down' | 'blind' | 'up' | 'reminder'; condition: Condition; before: Condition; sinceMs: number; lastedMs: number; reason: string }

export function firstVerdict(nowMs: number): Verdict {
  return { condition: 'up', sinceMs: nowMs, reason: '', seen: null, toldAtMs: nowMs };
}

/** One look more: told once when it is down or blind, once when it is back, and from time to time while it lasts. */
export function judge(verdict: Verdict, { condition, reason }: Look, nowMs: number, { afterMs, remindMs }: Patience = PATIENCE): { verdict: Verdict; tidings: Tidings | null } {
  if (condition === verdict.condition) {
    const same = { ...verdict, seen: null, reason: condition === 'up' ? '' : reason };
    if (condition === 'up' || nowMs - verdict.toldAtMs < remindMs) return { verdict: same, tidings: null };
    return { verdict: { ...same, toldAtMs: nowMs }, tidings: { kind: 'reminder', condition, before: condition, sinceMs: verdict.sinceMs, lastedMs: nowMs - verdict.sinceMs, reason } };
  }
  // Down and blind in turn is trouble without a break, too.
  const sinceMs = Math.min(nowMs, verdict.seen !== null && (verdict.seen.condition === condition || (verdict.condition === 'up' && condition !== 'up')) ? verdict.seen.sinceMs : nowMs);
  if (nowMs - sinceMs < afterMs[condition]) return { verdict: { ...verdict, seen: { condition, sinceMs } }, tidings: null };
  const lastedMs = Math.max(0, sinceMs - verdict.sinceMs);
  return {
    verdict: { condition, sinceMs, reason: condition === 'up' ? '' : reason, seen: null, toldAtMs: nowMs },
    tidings: { kind: condition, condition, before: verdict.condition, sinceMs, lastedMs, reason: condition === 'up' ? verdict.reason : reason },
  };
}
