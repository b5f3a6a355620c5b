import { ZoneClock } from '../kpi/zone-clock.ts';

type Value = string | number | boolean | null;

/** Columns of ODCalls, in table order, with ours that hold them; times are made from the start. */
const COLUMNS: [hermes: string, ours: string][] = [
  ['ID', 'call_id'], ['CtiID', 'cti_id'], ['CustomerID', 'tenant'], ['Indice', 'contact_index'], ['CallType', 'direction'],
  ['CallUniversalTime', ''], ['CallLocalTime', ''], ['CallUniversalTimeString', ''], ['CallLocalTimeString', ''],
  ['Duration', 'duration_s'], ['CallDuration', 'call_duration_s'], ['AcceptDuration', 'accept_s'], ['IvrDuration', 'ivr_s'], ['WaitDuration', 'wait_s'],
  ['TotalWaitDuration', 'total_wait_s'], ['ConvDuration', 'talk_s'], ['WrapupDuration', 'wrapup_s'], ['RerouteDuration', 'reroute_s'], ['OverflowDuration', 'overflow_s'],
  ['ANI', 'caller'], ['DNIS', 'called'], ['FirstCampaign', 'campaign'], ['FirstVirtualCamp', 'first_virtual_campaign'], ['LastCampaign', 'last_campaign'],
  ['LastVirtualCamp', 'last_virtual_campaign'], ['UUI', 'uui'], ['Memo', 'memo'], ['AssociatedData', 'associated_data'], ['OutTel', ''], ['OutDialed', 'dialed'],
  ['Closed', 'closed'], ['NoAgent', 'no_agent'], ['Overflow', 'overflowed'], ['Abandon', 'abandoned'], ['FirstIVR', 'first_ivr'], ['LastIVR', 'last_ivr'],
  ['FirstQueue', 'first_queue'], ['LastQueue', 'last_queue'], ['InitPriority', 'priority'], ['FirstAgent', 'first_agent'], ['LastAgent', 'last_agent'],
  ['LastTransfer', 'last_transfer'], ['CallStatusGroup', 'status_group'], ['CallStatusNum', 'status_num'], ['CallStatusDetail', 'status_detail'],
  ['Comments', 'comments'], ['ContactID', 'contact_id'], ['EndByAgent', 'ended_by_agent'], ['AgentListen', 'agent_listen'], ['EndReason', 'end_reason'],
  ['RefID', 'ref_id'], ['ProActiveReason', 'proactive_reason'],
];

/** A stored call by Hermes' names, and what came with it that Hermes does not have. */
export function hermesRow(stored: Record<string, unknown>, startedMs: number, zone: string): Record<string, Value> {
  const utc = new Date(startedMs).toISOString();
  const local = new Date(startedMs + ZoneClock.of(zone).offsetAt(startedMs)).toISOString();
  const times: Record<string, string> = {
    CallUniversalTime: clockText(utc), CallLocalTime: clockText(local), CallUniversalTimeString: digits(utc), CallLocalTimeString: digits(local),
  };
  const row: Record<string, Value> = {};
  for (const [hermes, ours] of COLUMNS) row[hermes] = times[hermes] ?? plain(stored[ours]);
  row.OutTel = row.OutDialed ?? null;
  for (const [name, value] of Object.entries(extrasOf(stored.extra))) if (!Object.hasOwn(row, name)) Object.defineProperty(row, name, { value, enumerable: true, configurable: true, writable: true });
  return row;
}

function extrasOf(extra: unknown): Record<string, Value> {
  if (typeof extra !== 'string') return {};
  const content: unknown = JSON.parse(extra);
  if (typeof content !== 'object' || content === null) return {};
  return Object.fromEntries(Object.entries(content).map(([name, value]) => [name, plain(value)]));
}

function plain(value: unknown): Value {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(value);
}

function clockText(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)}`;
}

function digits(iso: string): string {
  return iso.replaceAll(/\D/g, '').slice(0, 14);
}
