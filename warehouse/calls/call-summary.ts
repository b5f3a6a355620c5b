import { CALL_FATES, DIAL_RESULTS, type CallSummary } from '../warehouse.ts';

/** A row of `sql/questions/calls.sql`. */
export interface CallRow extends Record<string, unknown> {
  tenant: string; call_id: string; started_ms: number; direction: string; medium: string; site: string; site_zone: string;
  campaign: string; campaign_name: string; queue: string; queue_name: string; agent: string; agent_name: string; first_agent: string;
  caller: string; dialed: string; result: string; message_played: boolean; fate: string; wait_s: number; talk_s: number; wrapup_s: number; duration_s: number; ivr_s: number;
  answered_in_queue: boolean; target_s: number | null; transferred: boolean; ended_by_agent: boolean;
  status_group: number | null; status_num: number | null; status_detail: number | null; status_fr: string; status_en: string;
  first_ivr: string; last_ivr: string; called: string;
}

export function summaryOf(row: CallRow): CallSummary {
  return {
    tenant: row.tenant, callId: row.call_id, startedAt: new Date(row.started_ms).toISOString(),
    direction: row.direction === 'outbound' ? 'outbound' : 'inbound', medium: row.medium,
    site: row.site, siteZone: row.site_zone === '' ? 'UTC' : row.site_zone, campaign: row.campaign, campaignName: row.campaign_name,
    queue: row.queue, queueName: row.queue_name, agent: row.agent, agentName: row.agent_name,
    caller: row.caller, fate: CALL_FATES.find((fate) => fate === row.fate) ?? 'in-progress',
    dialed: row.dialed, result: DIAL_RESULTS.find((result) => result === row.result) ?? null, messagePlayed: row.message_played,
    waitSeconds: row.wait_s, talkSeconds: row.talk_s, wrapupSeconds: row.wrapup_s, durationSeconds: row.duration_s,
    inTarget: row.answered_in_queue && row.target_s !== null ? row.wait_s <= row.target_s : null,
    targetSeconds: row.target_s, transferred: row.transferred,
    statusGroup: row.status_group, statusNum: row.status_num, statusDetail: row.status_detail,
    statusFr: row.status_fr, statusEn: row.status_en,
  };
}
