import type { Dimensions } from '../../warehouse.ts';

/** Rows of the three tables as tests write them: only the columns that measures read. Times are epoch milliseconds. */
export interface RawCall {
  tenant: string; call_id: string; started_at: number; row_state: number | null; direction: string; medium: string | null;
  site: string | null; campaign: string | null; last_campaign: string | null;
  first_queue: string | null; last_queue: string | null; first_agent: string | null; last_agent: string | null;
  queued: boolean | null; answered: boolean | null; closed: boolean | null; no_agent: boolean | null; overflowed: boolean | null; abandoned: boolean | null;
  wait_s: number | null; total_wait_s: number | null; talk_s: number | null; hold_s: number | null; wrapup_s: number | null; reroute_s: number | null;
  target_s: number | null; short_abandon_s: number | null; caller_key: string | null;
  ivr_resolved: boolean | null; transferred: boolean | null; ended_by_agent: boolean | null;
  status_group: number | null; status_num: number | null; status_detail: number | null; end_reason: number | null;
}
export interface RawLeg {
  tenant: string; call_id: string; leg: number; visit: number; direction: string; medium: string | null;
  site: string | null; campaign: string | null; queue: string | null; agent: string | null;
  entered_at: number; started_at: number; answered_at: number | null; outcome: string;
  wait_s: number | null; talk_s: number | null; hold_s: number | null; wrapup_s: number | null;
  target_s: number | null; short_abandon_s: number | null; transferred: boolean | null; ended_by_agent: boolean | null;
}
export interface RawState {
  tenant: string; agent: string; site: string | null; state: string; reason: string; started_at: number; duration_ms: number; queue: string | null; call_id: string;
}
export interface RawHistory {
  calls: RawCall[]; legs: RawLeg[]; states: RawState[];
  dimensions: Pick<Dimensions, 'tenants' | 'sites' | 'queues' | 'campaigns' | 'teams' | 'agents' | 'teamMembers' | 'statuses' | 'pauseReasons'>;
}

/** A call that was answered at once and is over; tests say what differs. */
export function aCall(differs: Partial<RawCall> & Pick<RawCall, 'call_id' | 'started_at'>): RawCall {
  return {
    tenant: 'ocm', row_state: 2, direction: 'inbound', medium: 'voice', site: 'douala', campaign: '800', last_campaign: '800',
    first_queue: '101', last_queue: '101', first_agent: '7', last_agent: '7', queued: true, answered: true, closed: false, no_agent: false,
    overflowed: false, abandoned: false, wait_s: 0, total_wait_s: 0, talk_s: 60, hold_s: 0, wrapup_s: 10, reroute_s: 0, target_s: 20, short_abandon_s: 5,
    caller_key: '', ivr_resolved: false, transferred: false, ended_by_agent: false, status_group: null, status_num: null, status_detail: null, end_reason: null, ...differs,
  };
}

export function aLeg(differs: Partial<RawLeg> & Pick<RawLeg, 'call_id' | 'entered_at'>): RawLeg {
  return {
    tenant: 'ocm', leg: 1, visit: 1, direction: 'inbound', medium: 'voice', site: 'douala', campaign: '800', queue: '101', agent: '7',
    started_at: differs.entered_at, answered_at: differs.entered_at, outcome: 'answered', wait_s: 0, talk_s: 60, hold_s: 0, wrapup_s: 10,
    target_s: 20, short_abandon_s: 5, transferred: false, ended_by_agent: false, ...differs,
  };
}

export function aState(differs: Partial<RawState> & Pick<RawState, 'state' | 'started_at' | 'duration_ms'>): RawState {
  return { tenant: 'ocm', agent: '7', site: 'douala', reason: '', queue: '', call_id: '', ...differs };
}

export const NO_DIMENSIONS: RawHistory['dimensions'] = { tenants: [], sites: [], queues: [], campaigns: [], teams: [], agents: [], teamMembers: [], statuses: [], pauseReasons: [] };
