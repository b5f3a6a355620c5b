import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { SpoolDoor } from '../../ingest/spool/door.ts';
import { ROW_KINDS } from '../../telephony/rows.ts';
import type { Unfinished, UnfinishedKey } from '../../warehouse/unfinished.ts';
import { FULL_SCOPE, MOST_CALLS_AT_ONCE, type CallDetail, type Warehouse } from '../../warehouse/warehouse.ts';
import type { Checkpoint, ClosingRow } from './checkpoint.ts';
import { closeStoredCall, closeStoredLeg, closeStoredSession } from './stored-rows.ts';

/** The calls of spool and warehouse that this needs, wherever they are. */
export interface RecoveryDoor extends Pick<SpoolDoor, 'append'>, Pick<Warehouse, 'unfinished' | 'callDetails'> {
  /** Segments of a source that are acknowledged and not loaded, open ones too. */
  waiting(source: string): Promise<number>;
}

export interface RecoveryOptions {
  door: RecoveryDoor;
  /** Only this source's rows are closed: outside sources finish their own. */
  source: string;
  checkpoint: Checkpoint | null;
  /** Hermes' number of a tenant. */
  customerOf: (tenant: string) => number | null;
  /** How long rows of the spool may take to be loaded before it goes on without them. */
  patienceMs?: number;
}

export interface Recovery { calls: number; legs: number; states: number }

/**
 * Ends what a core that died left in progress, by rows like any others: through the spool, newer than what is there and older
 * than whatever else might still come. What the last checkpoint knows is taken from it; a call that went on after the
 * checkpoint is ended by its own last row. Repeating it changes nothing.
 */
export async function closeInterrupted({ door, source, checkpoint, customerOf, patienceMs = 60_000 }: RecoveryOptions): Promise<Recovery> {
  await loaded(door, source, patienceMs);
  const open = await door.unfinished(source);
  const rows = [...fromCheckpoint(checkpoint, open), ...await fromWarehouse(door, open, checkpoint, customerOf), ...logOuts(open, checkpoint, customerOf)];
  for (const kind of ROW_KINDS) await append(door, source, kind, rows.filter((each) => each.kind === kind));
  const count = (kind: string): number => rows.filter((each) => each.kind === kind).length;
  return { calls: count('od-calls'), legs: count('legs'), states: count('od-actions') };
}

/** Waits until what was handed over is loaded: it decides what is still open. */
export async function loaded(door: Pick<RecoveryDoor, 'waiting'>, source: string, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (await door.waiting(source) > 0 && Date.now() < deadline) await pause(50);
}

/** All of it, but for calls of which the warehouse has a later row "in progress", and sessions of which it knows a later state. */
function fromCheckpoint(checkpoint: Checkpoint | null, open: Unfinished): ClosingRow[] {
  if (!checkpoint) return [];
  const later = new Set([...open.calls, ...open.legs].filter(({ sequence }) => sequence > sequenceOf(checkpoint)).map(({ callId }) => callId));
  const lived = new Set(open.sessions.filter(({ knownUntilMs }) => knownUntilMs > checkpoint.atMs).map(({ sessionId }) => sessionId));
  return checkpoint.rows.filter(({ kind, row }) => kind === 'od-actions' ? !lived.has(String(row.SessionId)) : !later.has(String(kind === 'legs' ? row.CallID : row.ID)));
}

/** What is open and not, or no longer truly, in the checkpoint. */
async function fromWarehouse(door: RecoveryDoor, open: Unfinished, checkpoint: Checkpoint | null, customerOf: RecoveryOptions['customerOf']): Promise<ClosingRow[]> {
  const told = new Set(fromCheckpoint(checkpoint, open).flatMap(({ kind, row }) => (kind === 'od-calls' ? [`${String(row.ID)}`] : kind === 'legs' ? [`${String(row.CallID)}/${String(row.Leg)}`] : [])));
  const calls = open.calls.filter(({ callId }) => !told.has(callId));
  const legs = open.legs.filter(({ callId, leg }) => !told.has(`${callId}/${leg}`));
  const details = await detailsOf(door, [...calls, ...legs]);
  const lastOf = new Map<string, number>();
  for (const { tenant, callId, sequence } of [...open.calls, ...open.legs]) lastOf.set(keyOf(tenant, callId), Math.max(sequence, lastOf.get(keyOf(tenant, callId)) ?? 0));
  const rows: ClosingRow[] = [];
  const inProgress = new Set(calls.map(({ tenant, callId }) => keyOf(tenant, callId)));
  for (const detail of details) {
    const key = keyOf(detail.tenant, detail.callId);
    const customer = customerOf(detail.tenant);
    if (customer === null) continue;
    const last = lastOf.get(key) ?? 0;
    const own = legs.filter((each) => keyOf(each.tenant, each.callId) === key).map(({ leg }) => leg);
    const sequence = last + 1;
    // Sequences are microseconds of the core's clock.
    const lefts = detail.legs.flatMap(({ leftAt }) => (leftAt === null ? [] : [Date.parse(leftAt)]));
    const endMs = inProgress.has(key) ? Math.max(Math.floor(last / 1000), ...lefts) : Date.parse(detail.startedAt) + (detail.durationSeconds - detail.wrapupSeconds) * 1000;
    if (inProgress.has(key)) rows.push(closeStoredCall({ detail, customer, endMs, sequence, legs: own }));
    for (const leg of detail.legs) if (own.includes(leg.leg)) rows.push(closeStoredLeg({ detail, leg, customer, endMs, sequence }));
  }
  return rows;
}

/** An agent is logged out at the end of the last state that is known: by the checkpoint, or else by the warehouse. */
function logOuts(open: Unfinished, checkpoint: Checkpoint | null, customerOf: RecoveryOptions['customerOf']): ClosingRow[] {
  const told = new Set(fromCheckpoint(checkpoint, open).flatMap(({ kind, row }) => (kind === 'od-actions' ? [String(row.SessionId)] : [])));
  return open.sessions.filter(({ sessionId }) => !told.has(sessionId)).flatMap((session) => {
    const customer = customerOf(session.tenant);
    return customer === null ? [] : [closeStoredSession(session, customer)];
  });
}

async function detailsOf(door: RecoveryDoor, keys: readonly UnfinishedKey[]): Promise<CallDetail[]> {
  const distinct = [...new Map(keys.map((key) => [keyOf(key.tenant, key.callId), key])).values()];
  const details: CallDetail[] = [];
  for (let at = 0; at < distinct.length; at += MOST_CALLS_AT_ONCE) {
    const found = await door.callDetails(distinct.slice(at, at + MOST_CALLS_AT_ONCE).map(({ tenant, callId, startedAt }) => ({ tenant, callId, startedAt })), FULL_SCOPE);
    details.push(...found.filter((detail) => detail !== null));
  }
  return details;
}

/** The batch's name is its content: a recovery that is itself cut short sends the same again. */
async function append(door: RecoveryDoor, source: string, kind: ClosingRow['kind'], rows: readonly ClosingRow[]): Promise<void> {
  if (rows.length === 0) return;
  const ndjson = Buffer.from(rows.map(({ row }) => `${JSON.stringify(row)}\n`).join(''));
  const batchId = `closing:${createHash('sha256').update(ndjson).digest('hex')}`;
  const answer = await door.append({ source, kind, batchId, ndjson });
  if (!answer.ok) throw new Error(`the spool did not take the closing rows: ${answer.message}`);
}

function sequenceOf({ rows }: Checkpoint): number {
  return Math.max(0, ...rows.map(({ row }) => row.Sequence));
}

function keyOf(tenant: string, callId: string): string {
  return JSON.stringify([tenant, callId]);
}
