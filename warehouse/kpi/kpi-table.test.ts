import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listCalls } from '../calls/list-calls.ts';
import { callsTable } from '../calls/calls-table.ts';
import type { Engine } from '../engine.ts';
import { bytesOf } from '../table.contract.ts';
import { onEachEngine } from '../test-support/each-engine.ts';
import { FULL_SCOPE } from '../warehouse.ts';
import type { KpiQuery, TableAnswer } from '../warehouse.ts';
import { closeDays } from './close-days.ts';
import { kpiTable } from './kpi-table.ts';
import { kpi } from './kpi.ts';
import { fill } from './test-support/fill.ts';
import { oddHistory } from './test-support/odd-history.ts';

const RANGE = { from: '2026-03-27', to: '2026-03-31', zone: 'Europe/Paris', where: {} };
const QUESTIONS: KpiQuery[] = [
  { ...RANGE, measures: ['offered', 'service-level', 'average-wait', 'wait-p90'], by: ['queue', '60min'] },
  { ...RANGE, measures: ['offered', 'service-level'], by: ['tenant', 'day'] },
  { ...RANGE, measures: ['offered', 'abandonment-rate'], by: ['day'] },
  { ...RANGE, measures: ['queued', 'answered'], by: ['1min', 'queue'], from: '2026-03-28T09:00:00Z', to: '2026-03-28T12:00:00Z' },
  { ...RANGE, measures: ['queued'], by: ['hour', 'weekday'] },
  { ...RANGE, measures: ['offered'], by: ['month'] },
  { ...RANGE, measures: ['offered', 'answer-rate'], by: ['30min'] },
  { ...RANGE, measures: ['offered', 'service-level'], by: [] },
  { ...RANGE, measures: ['queued'], by: ['week', 'agent'], where: { queue: ["'; DROP TABLE store.calls; --"] } },
];
/** By question, what each engine gave. */
const given = new Map<string, { columns: string[]; rows: string[] }[]>();

interface ReadTable { columns: string[]; rows: Record<string, unknown>[] }
async function read({ stream }: TableAnswer): Promise<ReadTable> {
  const table = tableFromIPC(await bytesOf(stream));
  return { columns: table.schema.fields.map(({ name, type }) => `${name}: ${String(type)}`), rows: table.toArray().map((row) => Object.fromEntries(row)) };
}

/** A table's value as the question's answer tells it. */
function told(key: string, value: unknown, zone: string): unknown {
  if (value === null) return null;
  if (key === 'hour' || key === 'weekday') return String(value);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'number') return value;
  if (key === 'day' || key === 'week') return new Date(value).toISOString().slice(0, 10);
  if (key === 'month') return new Date(value).toISOString().slice(0, 7);
  return /^\d+min$/.test(key) ? Date.parse(new Date(value).toISOString()) && localIso(value, zone) : value;
}

function localIso(ms: number, zone: string): string {
  const offset = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') ?? '';
  const sign = offset.startsWith('-') ? -1 : 1;
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  return `${new Date(ms + sign * (hours * 60 + minutes) * 60_000).toISOString().slice(0, 19)}${offset === '' ? '+00:00' : offset}`;
}

onEachEngine((tested) => {
  describe('a table', () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await tested.open();
      await fill(tested, engine, oddHistory(3, 200), 7);
      await closeDays(engine, { utcMs: Date.UTC(2026, 2, 29, 12) });
    }, 300_000);
    afterAll(() => engine.close());

    test.each(QUESTIONS.map((query) => [`${query.measures.join(', ')} by ${query.by.join(' and ') || 'nothing'}`, query] as const))('of %s has the rows of the answer', async (name, query) => {
      const answer = await kpi(engine, query, FULL_SCOPE);
      const table = await kpiTable(engine, query, FULL_SCOPE);
      expect(table).toMatchObject({ zone: answer.zone, fromUtc: answer.fromUtc, toUtc: answer.toUtc, loadMark: answer.loadMark });
      const { columns, rows } = await read(table);
      expect(rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, told(key, value, RANGE.zone)])))).toEqual(answer.rows);
      given.set(name, [...given.get(name) ?? [], { columns, rows: rows.map((row) => String(Object.values(row).map((value) => (typeof value === 'number' ? value.toPrecision(9) : value)))) }]);
    });

    test('of calls has the calls of the list, and only those that the viewer may see', async () => {
      const list = await listCalls(engine, { ...RANGE, order: 'oldest', first: 500 }, FULL_SCOPE);
      const { columns, rows } = await read(await callsTable(engine, RANGE, FULL_SCOPE));
      expect(rows.map((row) => ({
        tenant: row['tenant'], callId: row['call_id'], startedAt: new Date(Number(row['started_at'])).toISOString(), direction: row['direction'], medium: row['medium'], site: row['site'], campaign: row['campaign'], campaignName: row['campaign_name'],
        queue: row['queue'], queueName: row['queue_name'], agent: row['agent'], agentName: row['agent_name'], caller: row['caller'], fate: row['fate'], waitSeconds: row['wait_s'], talkSeconds: row['talk_s'], wrapupSeconds: row['wrapup_s'],
        durationSeconds: row['duration_s'], inTarget: row['in_target'], targetSeconds: row['target_s'], transferred: row['transferred'], statusGroup: row['status_group'], statusNum: row['status_num'], statusDetail: row['status_detail'], statusFr: row['status_fr'], statusEn: row['status_en'],
        dialed: row['dialed'], result: row['result'] === '' ? null : row['result'], messagePlayed: row['message_played'],
      }))).toEqual(list.calls.map(({ siteZone: _zone, ...call }) => call));
      given.set('calls', [...given.get('calls') ?? [], { columns, rows: rows.map((row) => String(Object.values(row))) }]);
      const sereno = await read(await callsTable(engine, RANGE, { ...FULL_SCOPE, tenants: ['sereno'] }));
      expect(new Set(sereno.rows.map((row) => row['tenant']))).toEqual(new Set(rows.filter((row) => row['tenant'] === 'sereno').map((row) => row['tenant'])));
      expect((await read(await callsTable(engine, RANGE, { ...FULL_SCOPE, tenants: [] }))).rows).toEqual([]);
      expect((await read(await kpiTable(engine, { ...RANGE, measures: ['offered'], by: ['queue'] }, { ...FULL_SCOPE, sites: [] }))).rows).toEqual([]);
    });

    test('of what cannot be asked says why', async () => {
      await expect(kpiTable(engine, { ...RANGE, measures: ['offered'], by: ['queue'], compareTo: 'previous-week' }, FULL_SCOPE)).rejects.toMatchObject({ code: 'invalid-query' });
      await expect(kpiTable(engine, { ...RANGE, measures: ['no-such'], by: [] }, FULL_SCOPE)).rejects.toThrow('no-such');
      await expect(callsTable(engine, { ...RANGE, from: 'yesterday' }, FULL_SCOPE)).rejects.toThrow('yesterday');
    });
  });
});

test('all engines gave the same columns and rows', () => {
  for (const [name, [first, ...others]] of given) for (const other of others) expect({ name, ...other }).toEqual({ name, ...first });
});
