import type { ContactPort } from '../../telephony/contacts.ts';
import { SYSTEM_STATUSES } from '../../telephony/rows.ts';
import type { UnsettledAttempt } from '../../warehouse/operational/contacts/contacts.ts';
import type { StoredDial } from '../../warehouse/unfinished.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { loaded, type RecoveryDoor } from './close-interrupted.ts';

export interface CompletionOptions {
  door: Pick<RecoveryDoor, 'waiting'> & Pick<Warehouse, 'dials'>;
  contacts: Pick<ContactPort, 'report'> & { unsettled(sinceMs: number): Promise<UnsettledAttempt[]>; settle(): Promise<void> };
  source: string;
  /** How long rows of the spool may take to be loaded before it goes on without them. */
  patienceMs?: number;
  nowMs?: number;
}

/** Statuses of agents are looked for so far back. */
const TALKS_MS = 3_600_000;
/** Nobody holds a contact, or talks, for so long. */
const LONGEST_MS = 24 * TALKS_MS;
/** System statuses that an agent gives who listened to the dial; the others are the system's own. */
const BY_AGENT = new Set<number>([SYSTEM_STATUSES.machine, SYSTEM_STATUSES.wrongNumber, SYSTEM_STATUSES.unavailable, SYSTEM_STATUSES.doNotCall]);

/**
 * Tells the call files what became of the dials of a core that died, as far as its rows know: whoever was reached is not dialed again. What
 * no row tells of stays open, and ends as interrupted when the next core begins. Gives how many it told of.
 */
export async function completeAttempts({ door, contacts, source, patienceMs = 60_000, nowMs = Date.now() }: CompletionOptions): Promise<number> {
  const attempts = await contacts.unsettled(nowMs - TALKS_MS);
  if (attempts.length === 0) return 0;
  // Calls that were cut short have been ended by rows a moment ago.
  await loaded(door, source, patienceMs);
  const fromMs = Math.max(nowMs - LONGEST_MS, Math.min(...attempts.map(({ startedMs }) => startedMs)));
  const dials = new Map<string, StoredDial[]>();
  for (const dial of await door.dials({ source, fromMs, toMs: nowMs + LONGEST_MS })) {
    const key = keyOf(dial);
    dials.set(key, [...(dials.get(key) ?? []), dial]);
  }
  let told = 0;
  for (const attempt of attempts) {
    const dial = dials.get(keyOf(attempt))?.findLast(({ callId, startedMs }) => (attempt.callId === null ? startedMs >= attempt.startedMs : callId === attempt.callId));
    if (!dial || dial.result === 'in-progress') continue;
    const status = statusOf(dial);
    if (attempt.callId !== null && status === null) continue;
    told += 1;
    contacts.report({
      campaign: attempt.campaign, tenant: attempt.tenant, contact: { id: attempt.contact, number: attempt.number, zone: '', agent: 0, attempts: 0, fields: {} },
      callId: dial.callId, startedMs: dial.startedMs, endedMs: dial.endedMs, result: dial.result, agent: Number(dial.agent), status, callBack: null,
    });
  }
  await contacts.settle();
  return told;
}

/** What the agent said; null = nothing. */
function statusOf({ result, status }: StoredDial): StoredDial['status'] {
  return result === 'passed' && status !== null && (status.group > 0 || BY_AGENT.has(status.num)) ? status : null;
}

/** A number of no file has no other name than itself. */
function keyOf({ tenant, campaign, contact, number }: Pick<StoredDial, 'tenant' | 'campaign' | 'contact' | 'number'>): string {
  return JSON.stringify([tenant, campaign, contact === 0 ? number : contact]);
}
