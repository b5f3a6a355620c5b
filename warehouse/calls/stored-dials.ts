import type { Engine } from '../engine.ts';
import type { DialsQuery, StoredDial } from '../unfinished.ts';
import { DIAL_RESULTS } from '../warehouse.ts';
import { question } from './question.ts';

interface Row extends Record<string, unknown> {
  tenant: string; campaign: string; call_id: string; started_ms: number; call_s: number; contact_index: number; dialed: string; result: string; agent: string;
  status_group: number | null; status_num: number | null; status_detail: number | null;
}

/** What became of the calls that a source has dialed. */
export async function storedDials(engine: Pick<Engine, 'query'>, { source, fromMs, toMs }: DialsQuery): Promise<StoredDial[]> {
  const rows = await engine.query<Row>({ sql: question('stored_dials', { calls: question('call_rows') }), parameters: { source, from: new Date(fromMs), to: new Date(toMs) } });
  return rows.map((row) => ({
    tenant: row.tenant, campaign: row.campaign, callId: row.call_id, startedMs: row.started_ms, endedMs: row.started_ms + row.call_s * 1000,
    contact: row.contact_index, number: row.dialed, result: DIAL_RESULTS.find((result) => result === row.result) ?? 'interrupted', agent: row.agent,
    status: row.status_group === null || row.status_num === null ? null : { group: row.status_group, num: row.status_num, detail: row.status_detail ?? 0 },
  }));
}
