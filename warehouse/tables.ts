/**
 * The columns of the three row tables, as loads fill them and facts read them: one list for the
 * migrations of every engine, the mappings and the tests that pair them.
 */
export type ColumnType = 'text' | 'int' | 'bigint' | 'bool' | 'timestamp' | 'json';
export interface Column { name: string; type: ColumnType }

/** On every row: where it came from and which version it is. */
const VERSION = columns({
  tenant: 'text', source: 'text',
  /** 1 in progress, 2 ended, 3 qualified: an older state never overwrites a newer one. */
  row_state: 'int',
  /** The source's own order of versions (sequence, or update time in microseconds); 0 = none. */
  source_sequence: 'bigint',
  /** Order of arrival in this warehouse: the load's mark. */
  load_mark: 'bigint',
});

/** Key: tenant, call_id. Times are UTC without zone, milliseconds; durations whole seconds. */
export const CALLS = [...VERSION, ...columns({
  call_id: 'text', started_at: 'timestamp', direction: 'text', medium: 'text',
  site: 'text', campaign: 'text', last_campaign: 'text',
  /** '' = never queued. */
  first_queue: 'text', last_queue: 'text', first_agent: 'text', last_agent: 'text',
  queued: 'bool', answered: 'bool',
  closed: 'bool', no_agent: 'bool', overflowed: 'bool', abandoned: 'bool',
  duration_s: 'int', call_duration_s: 'int', accept_s: 'int', ivr_s: 'int',
  /** In the first queue, over all queues. */
  wait_s: 'int', total_wait_s: 'int',
  talk_s: 'int', hold_s: 'int', wrapup_s: 'int', reroute_s: 'int', overflow_s: 'int',
  /** Frozen at load from the first queue's period of validity. */
  target_s: 'int', short_abandon_s: 'int',
  caller: 'text', /** Keyed hash of the normalised number; '' = masked or none. */ caller_key: 'text',
  called: 'text', dialed: 'text',
  first_ivr: 'text', last_ivr: 'text', /** The scenario gave the caller what he wanted. */ ivr_resolved: 'bool',
  last_transfer: 'text', transferred: 'bool', ended_by_agent: 'bool',
  status_group: 'int', status_num: 'int', status_detail: 'int',
  priority: 'int', contact_index: 'bigint', end_reason: 'int', agent_listen: 'bool',
  cti_id: 'bigint', uui: 'text', memo: 'text', associated_data: 'text', comments: 'text', contact_id: 'text', ref_id: 'text',
  first_virtual_campaign: 'text', last_virtual_campaign: 'text', proactive_reason: 'int',
  /** Columns that no mapping knows, kept. */
  extra: 'json',
})];

/** Key: tenant, call_id, leg. */
export const LEGS = [...VERSION, ...columns({
  call_id: 'text', leg: 'int', visit: 'int', direction: 'text', medium: 'text',
  site: 'text', campaign: 'text', queue: 'text', agent: 'text',
  entered_at: 'timestamp', started_at: 'timestamp', answered_at: 'timestamp', left_at: 'timestamp',
  /** As `LEG_OUTCOMES` of the core. */
  outcome: 'text',
  wait_s: 'int', ring_s: 'int', talk_s: 'int', hold_s: 'int', wrapup_s: 'int',
  target_s: 'int', short_abandon_s: 'int',
  transferred: 'bool', ended_by_agent: 'bool',
  /** Made from a call's row because its source writes no legs. */
  derived: 'bool',
  extra: 'json',
})];

/** Key: tenant, agent, started_at, state. */
export const AGENT_STATES_TABLE = [...VERSION, ...columns({
  agent: 'text', site: 'text', state: 'text', reason: 'text', session_id: 'text',
  started_at: 'timestamp', duration_ms: 'bigint',
  call_id: 'text', queue: 'text', campaign: 'text',
  extra: 'json',
})];

function columns(types: Record<string, ColumnType>): Column[] {
  return Object.entries(types).map(([name, type]) => ({ name, type }));
}
