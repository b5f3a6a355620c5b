import { expect, test } from 'vitest';
import { FULL_SCOPE } from '../warehouse.ts';
import { NO_DIMENSIONS, aCall, aLeg, aState } from './test-support/raw-rows.ts';
import type { RawCall } from './test-support/raw-rows.ts';
import { onEachEngine } from '../test-support/each-engine.ts';
import { withHistory } from './test-support/with-history.ts';

const NOON = Date.UTC(2026, 0, 5, 12);
const many = (count: number, name: string, differs: Partial<RawCall>): RawCall[] =>
  Array.from({ length: count }, (_, index) => aCall({ call_id: `${name}${index}`, started_at: NOON + index, ...differs }));
const gone: Partial<RawCall> = { answered: false, abandoned: true, first_agent: '', talk_s: 0, wrapup_s: 0 };

onEachEngine((tested) => {
  test('five service levels: in target 70, abandoned in target 10, later 20 of 100', async () => {
    const calls = [...many(70, 'a', { wait_s: 20 }), ...many(10, 'b', { ...gone, wait_s: 20 }), ...many(12, 'c', { ...gone, wait_s: 21 }), ...many(8, 'd', { wait_s: 40 })];
    await withHistory(tested, { calls }, async (ask) => {
      const { rows } = await ask({ measures: ['queued', 'service-level', 'service-level-b', 'service-level-c', 'service-level-d', 'service-level-e'] });
      expect(rows).toEqual([{ 'queued': 100, 'service-level': 0.7, 'service-level-b': 70 / 90, 'service-level-c': 0.8, 'service-level-d': 0.7, 'service-level-e': 70 / 78 }]);
    });
  });

  test('T and S are inclusive, a negative wait is no wait, and a query may ask its own T and S', async () => {
    const calls = [aCall({ call_id: '1', started_at: NOON, wait_s: 20 }), aCall({ call_id: '2', started_at: NOON, wait_s: 21 }), aCall({ call_id: '3', started_at: NOON, wait_s: -4 }),
      aCall({ call_id: '4', started_at: NOON, ...gone, wait_s: 5 }), aCall({ call_id: '5', started_at: NOON, ...gone, wait_s: 6 })];
    await withHistory(tested, { calls }, async (ask) => {
      const measures = ['answered-in-target', 'short-abandoned', 'asa', 'time-to-abandon', 'time-to-abandon-net', 'longest-wait'];
      expect((await ask({ measures })).rows).toEqual([{ 'answered-in-target': 2, 'short-abandoned': 1, 'asa': 41 / 3, 'time-to-abandon': 5.5, 'time-to-abandon-net': 6, 'longest-wait': 21 }]);
      expect((await ask({ measures, targetSeconds: 21, shortAbandonSeconds: 6 })).rows[0]).toMatchObject({ 'answered-in-target': 3, 'short-abandoned': 2, 'time-to-abandon-net': null });
      expect((await ask({ measures, targetSeconds: 0 })).rows[0]).toMatchObject({ 'answered-in-target': 1, 'short-abandoned': 1 });
    });
  });

  test('an empty denominator is no value, an empty count is zero', async () => {
    await withHistory(tested, {}, async (ask) => {
      const { rows, totals } = await ask({ measures: ['offered', 'service-level', 'asa', 'wait-p90', 'longest-wait', 'occupancy', 'logged-time'], totals: true });
      expect(rows).toEqual([{ 'offered': 0, 'service-level': null, 'asa': null, 'wait-p90': null, 'longest-wait': null, 'occupancy': null, 'logged-time': 0 }]);
      expect(totals).toEqual(rows[0]);
    });
  });

  test('a total is Σ/Σ, never a mean of means', async () => {
    const calls = [...many(90, 'a', { wait_s: 30 }), ...many(10, 'b', { wait_s: 0 }).map((call) => ({ ...call, started_at: NOON + 3_600_000 }))];
    await withHistory(tested, { calls }, async (ask) => {
      const { rows, totals } = await ask({ measures: ['service-level', 'asa'], by: ['60min'], totals: true });
      expect(rows.filter((row) => row.asa !== null)).toEqual([
        { '60min': '2026-01-05T12:00:00+00:00', 'service-level': 0, 'asa': 30 }, { '60min': '2026-01-05T13:00:00+00:00', 'service-level': 1, 'asa': 0 }]);
      expect(totals).toEqual({ 'service-level': 0.1, 'asa': 27 });
    });
  });

  test('a row in progress is offered; it is neither abandoned nor queued until its fate is known', async () => {
    const waiting: Partial<RawCall> = { row_state: 1, answered: false, abandoned: null, closed: null, no_agent: null, overflowed: null, wait_s: 90, talk_s: 0, wrapup_s: 0 };
    const calls = [aCall({ call_id: 'waits', started_at: NOON, ...waiting }), aCall({ call_id: 'talks', started_at: NOON, ...waiting, answered: true, wait_s: 3, talk_s: 12 })];
    await withHistory(tested, { calls }, async (ask) => {
      const { rows } = await ask({ measures: ['offered', 'queued', 'answered', 'abandoned', 'ivr-only', 'service-level', 'average-talk'] });
      expect(rows).toEqual([{ 'offered': 2, 'queued': 1, 'answered': 1, 'abandoned': 0, 'ivr-only': 0, 'service-level': 1, 'average-talk': null }]);
    });
  });

  test('out of hours and IVR calls are offered but not queued; a hang-up is not resolved', async () => {
    const ivr: Partial<RawCall> = { queued: false, answered: false, first_queue: '', first_agent: '' };
    const calls = [...many(2, 'q', {}), ...many(3, 'closed', { ...ivr, closed: true }), ...many(4, 'left', ivr), ...many(1, 'solved', { ...ivr, ivr_resolved: true }),
      aCall({ call_id: 'out', started_at: NOON, direction: 'outbound' })];
    await withHistory(tested, { calls }, async (ask) => {
      const { rows } = await ask({ measures: ['offered', 'out-of-hours', 'ivr-only', 'ivr-containment', 'queued'] });
      expect(rows).toEqual([{ 'offered': 10, 'out-of-hours': 3, 'ivr-only': 5, 'ivr-containment': 1 / 7, 'queued': 2 }]);
    });
  });

  test('an overflowed and transferred call counts once per site and once in each queue', async () => {
    const calls = [aCall({ call_id: '1', started_at: NOON, overflowed: true, wait_s: 60, total_wait_s: 70, last_queue: '103', transferred: true, last_agent: '9', talk_s: 90 })];
    const legs = [
      aLeg({ call_id: '1', leg: 1, visit: 1, entered_at: NOON, agent: '', outcome: 'overflowed', answered_at: null, wait_s: 60, talk_s: 0, wrapup_s: 0 }),
      aLeg({ call_id: '1', leg: 2, visit: 2, entered_at: NOON + 60_000, queue: '102', agent: '8', outcome: 'rerouted', answered_at: null, wait_s: 5, talk_s: 0, wrapup_s: 0 }),
      aLeg({ call_id: '1', leg: 3, visit: 2, entered_at: NOON + 60_000, queue: '102', agent: '7', wait_s: 10, talk_s: 40, transferred: true }),
      aLeg({ call_id: '1', leg: 4, visit: 3, entered_at: NOON + 120_000, queue: '103', agent: '9', wait_s: 2, talk_s: 50 }),
    ];
    await withHistory(tested, { calls, legs }, async (ask) => {
      const measures = ['offered', 'queued', 'answered', 'overflowed', 'rerouted', 'average-talk'];
      expect((await ask({ measures, by: ['site'] })).rows).toEqual([{ 'site': 'douala', 'offered': 1, 'queued': 1, 'answered': 1, 'overflowed': 1, 'rerouted': 0, 'average-talk': 90 }]);
      const { rows, totals } = await ask({ measures, by: ['queue'], totals: true });
      expect(rows).toEqual([
        { 'queue': '101', 'offered': 1, 'queued': 1, 'answered': 0, 'overflowed': 1, 'rerouted': 0, 'average-talk': null },
        { 'queue': '102', 'offered': 1, 'queued': 1, 'answered': 1, 'overflowed': 0, 'rerouted': 1, 'average-talk': 40 },
        { 'queue': '103', 'offered': 1, 'queued': 1, 'answered': 1, 'overflowed': 0, 'rerouted': 0, 'average-talk': 50 }]);
      expect(totals).toMatchObject({ queued: 3, answered: 2 });
      expect((await ask({ measures: ['agent-contacts', 'agent-no-answer-rate'], by: ['agent'] })).rows).toEqual([
        { 'agent': '7', 'agent-contacts': 1, 'agent-no-answer-rate': 0 }, { 'agent': '8', 'agent-contacts': 0, 'agent-no-answer-rate': 1 }, { 'agent': '9', 'agent-contacts': 1, 'agent-no-answer-rate': 0 }]);
    });
  });

  test('an agent in two teams counts in each and once in the total; a team counts its members of that time', async () => {
    const always = { validFrom: null, validTo: null };
    const teamMembers = [{ team: 'blue', tenant: 'ocm', agent: '7', ...always }, { team: 'red', tenant: 'ocm', agent: '7', validFrom: null, validTo: '2026-01-05T12:30:00.000Z' }];
    const states = [aState({ state: 'ready', started_at: NOON, duration_ms: 3_600_000 })];
    await withHistory(tested, { states, dimensions: { ...NO_DIMENSIONS, teamMembers, teams: [{ team: 'blue', name: 'Bleue', site: 'douala', tenant: 'ocm' }] } }, async (ask) => {
      const answer = await ask({ measures: ['logged-time'], by: ['team'], totals: true });
      expect(answer.rows).toEqual([{ 'team': 'blue', 'logged-time': 3600 }, { 'team': 'red', 'logged-time': 1800 }]);
      expect(answer.totals).toEqual({ 'logged-time': 3600 });
      expect(answer.names).toEqual({ team: { blue: 'Bleue' } });
      expect((await ask({ measures: ['logged-time'], by: ['team'], totals: true }, { ...FULL_SCOPE, teams: ['red'] }))).toMatchObject({ rows: [{ 'team': 'red', 'logged-time': 1800 }], totals: { 'logged-time': 1800 } });
    });
  });

  test("agent time is cut at intervals' borders and at midnight; a pause during a call is no talk; a lost end counts a day at most", async () => {
    const states = [
      aState({ state: 'talk', started_at: Date.UTC(2026, 0, 5, 23, 50), duration_ms: 20 * 60_000 }),
      aState({ state: 'pause', started_at: Date.UTC(2026, 0, 6, 0, 10), duration_ms: 10 * 60_000, reason: 'lunch' }),
      aState({ state: 'ready', agent: '8', started_at: Date.UTC(2026, 0, 7), duration_ms: 40 * 86_400_000 }),
      aState({ state: 'logged_out', agent: '8', started_at: Date.UTC(2026, 0, 5), duration_ms: 86_400_000 }),
    ];
    await withHistory(tested, { states }, async (ask) => {
      const { rows } = await ask({ measures: ['talk-time', 'pause-time', 'logged-time', 'utilisation'], by: ['day'], to: '2026-01-09' });
      expect(rows).toEqual([
        { 'day': '2026-01-05', 'talk-time': 600, 'pause-time': 0, 'logged-time': 600, 'utilisation': 1 },
        { 'day': '2026-01-06', 'talk-time': 600, 'pause-time': 600, 'logged-time': 1200, 'utilisation': 0.5 },
        { 'day': '2026-01-07', 'talk-time': 0, 'pause-time': 0, 'logged-time': 86_400, 'utilisation': 0 },
        { 'day': '2026-01-08', 'talk-time': 0, 'pause-time': 0, 'logged-time': 0, 'utilisation': null }]);
      expect((await ask({ measures: ['talk-time'], by: ['30min'], from: '2026-01-05T23:30:00Z', to: '2026-01-06T00:30:00Z' })).rows).toEqual([
        { '30min': '2026-01-05T23:30:00+00:00', 'talk-time': 600 }, { '30min': '2026-01-06T00:00:00+00:00', 'talk-time': 600 }]);
    });
  });

  test('a late qualification is argued for the last campaign and agent, on the day of the call', async () => {
    const statuses = [{ tenant: 'ocm', group: 1, num: 4, detail: 0, labelFr: 'Vente', labelEn: 'Sale', outcome: 'positive' as const }, { tenant: 'ocm', group: 1, num: 5, detail: 0, labelFr: 'Refus', labelEn: 'No', outcome: 'argued' as const }];
    const calls = [aCall({ call_id: '1', started_at: NOON, row_state: 3, last_campaign: '801', last_agent: '9', status_group: 1, status_num: 4, status_detail: 0 }),
      aCall({ call_id: '2', started_at: NOON, row_state: 3, status_group: 1, status_num: 5, status_detail: 0 }), aCall({ call_id: '3', started_at: NOON, row_state: 2, status_group: 0, status_num: 101, status_detail: 0 })];
    await withHistory(tested, { calls, dimensions: { ...NO_DIMENSIONS, statuses } }, async (ask) => {
      const measures = ['argued', 'positive', 'conversion', 'conversion-reached', 'qualified'];
      expect((await ask({ measures })).rows).toEqual([{ 'argued': 2, 'positive': 1, 'conversion': 0.5, 'conversion-reached': 1 / 3, 'qualified': 2 }]);
      expect((await ask({ measures: ['positive'], by: ['campaign', 'agent'], where: { campaign: ['801'] } })).rows).toEqual([{ campaign: '801', agent: '9', positive: 1 }]);
    });
  });

  test('a repeat is counted by caller and tenant within the window; masked callers are left out', async () => {
    const hour = 3_600_000;
    const calls = [aCall({ call_id: '0', started_at: NOON - 25 * hour, caller_key: 'a' }), aCall({ call_id: '1', started_at: NOON, caller_key: 'a' }), aCall({ call_id: '2', started_at: NOON + hour, caller_key: 'a' }),
      aCall({ call_id: '3', started_at: NOON, caller_key: 'b' }), aCall({ call_id: '4', started_at: NOON + hour, caller_key: 'b', tenant: 'sereno' }), aCall({ call_id: '5', started_at: NOON, caller_key: '' }), aCall({ call_id: '6', started_at: NOON + 1, caller_key: '' })];
    await withHistory(tested, { calls }, async (ask) => {
      expect((await ask({ measures: ['repeat-rate-24h', 'repeat-rate-7d'] })).rows).toEqual([{ 'repeat-rate-24h': 1 / 4, 'repeat-rate-7d': 2 / 4 }]);
    });
  });

  test('recycled numbers take the name of the end of the range', async () => {
    const agents = [{ tenant: 'ocm', agent: '7', name: 'Awa', site: 'douala', validFrom: null, validTo: '2026-01-06T00:00:00.000Z' }, { tenant: 'ocm', agent: '7', name: 'Bruno', site: 'lille', validFrom: '2026-01-06T00:00:00.000Z', validTo: null }];
    const legs = [aLeg({ call_id: '1', entered_at: NOON }), aLeg({ call_id: '2', entered_at: NOON + 86_400_000 })];
    await withHistory(tested, { legs, dimensions: { ...NO_DIMENSIONS, agents } }, async (ask) => {
      const asked = { measures: ['agent-contacts'], by: ['agent' as const] };
      expect((await ask(asked)).names).toEqual({ agent: { 7: 'Awa' } });
      expect((await ask({ ...asked, to: '2026-01-07' })).names).toEqual({ agent: { 7: 'Bruno' } });
      expect((await ask({ measures: ['agent-contacts'], by: ['site'], to: '2026-01-07' })).rows).toEqual([{ 'site': 'douala', 'agent-contacts': 1 }, { 'site': 'lille', 'agent-contacts': 1 }]);
    });
  });

  test('the 90th percentile comes from the histogram: exact below two minutes, within its bucket above', async () => {
    await withHistory(tested, { calls: [...many(9, 'a', { wait_s: 17 }), ...many(1, 'b', { wait_s: 400 })] }, async (ask) => {
      expect((await ask({ measures: ['wait-p90'] })).rows).toEqual([{ 'wait-p90': 17 }]);
    });
    await withHistory(tested, { calls: [...many(8, 'a', { wait_s: 17 }), ...many(2, 'b', { wait_s: 408 })] }, async (ask) => {
      expect((await ask({ measures: ['wait-p90'] })).rows).toEqual([{ 'wait-p90': 405 }]);
    });
  });
});
