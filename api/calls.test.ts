import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { HOSTILE } from './fixtures/hostile.ts';
import type { ServedApi } from './fixtures/serve.ts';
import { DAY, serveFloor, type ServedFloor } from './fixtures/served-floor.ts';

let floor: ServedFloor;
beforeAll(async () => { floor = await serveFloor(); });
afterAll(() => floor.close());

function unexpected(errors: Awaited<ReturnType<ServedApi['ask']>>['body']['errors']): unknown[] {
  return errors?.filter(({ extensions }) => extensions?.['code'] !== 'INVALID_QUERY') ?? [];
}

describe('calls', () => {
  test('a page, the next page, and the single call', async () => {
    const page = async (after: string | null) => floor.data(`query P($after: String) { calls(${DAY}, first: 3, after: $after, order: OLDEST) { totalCount pageInfo { endCursor hasNextPage } edges { cursor node { tenant callId fate startedAt status(language: fr) } } } }`, { after });
    const direct = await floor.warehouse.calls({ from: '2026-03-02', to: '2026-03-03', where: {}, order: 'oldest', first: 6 }, { tenants: 'all', sites: 'all', queues: 'all', teams: 'all' });
    const first = await page(null);
    const cursor = /"endCursor":"([^"]+)"/.exec(JSON.stringify(first))?.[1] ?? '';
    const second = await page(cursor);
    const ids = [...JSON.stringify([first, second]).matchAll(/"callId":"([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(direct.calls.map(({ callId }) => callId));
    expect(first).toMatchObject({ calls: { totalCount: direct.totalCount } });
  });

  test('what several fields of a call need is loaded once', async () => {
    const loads = vi.spyOn(floor.warehouse, 'callDetails');
    const [call] = (await floor.warehouse.calls({ from: '2026-03-02', to: '2026-03-03', where: { fate: ['answered'] }, order: 'newest', first: 1 }, { tenants: 'all', sites: 'all', queues: 'all', teams: 'all' })).calls;
    const single = '{ call(tenant: $t, callId: $c) { legs { outcome } states { state } row ivrSeconds called firstIvr endedByAgent } }';
    expect(await floor.data(`query C($t: String!, $c: String!) ${single}`, { t: call?.tenant, c: call?.callId })).toMatchObject({ call: { legs: [{}], row: { ID: call?.callId } } });
    expect(loads).toHaveBeenCalledTimes(1);
    loads.mockClear();
    await floor.data(`{ calls(${DAY}, first: 5) { edges { node { legs { outcome } row } } } again: calls(${DAY}, first: 5) { edges { node { legs { outcome } states { state } ivrSeconds } } } }`);
    // However many calls and fields, one load.
    expect(loads.mock.calls.map(([keys]) => keys.length)).toEqual([5]);
    loads.mockClear();
    await floor.data(`{ calls(${DAY}, first: 50) { edges { node { callId queueName agentName waitSeconds } } } }`);
    expect(loads).not.toHaveBeenCalled();
    loads.mockRestore();
  });

  test.each(HOSTILE)('hostile texts find nothing: %#', async (text) => {
    const { body } = await floor.served.ask(
      `query H($text: String!, $ids: [String!]!) {
        queue: calls(${DAY}, where: { queue: $ids }) { totalCount } agent: calls(${DAY}, where: { agent: $ids }) { totalCount } callId: calls(${DAY}, where: { callId: $text }) { totalCount }
        caller: calls(${DAY}, where: { caller: $text }) { totalCount } after: calls(${DAY}, after: $text) { totalCount } call(tenant: $text, callId: $text) { callId }
        tenant: calls(${DAY}, where: { tenant: $ids }) { totalCount } site: calls(${DAY}, where: { site: $ids }) { totalCount } campaign: calls(${DAY}, where: { campaign: $ids }) { totalCount } team: calls(${DAY}, where: { team: $ids }) { totalCount }
        from: calls(from: $text, to: "2026-03-03") { totalCount } to: calls(from: "2026-03-02", to: $text) { totalCount } zone: calls(${DAY}, zone: $text) { totalCount }
      }`,
      { text, ids: [text] },
    );
    expect(unexpected(body.errors)).toEqual([]);
    expect(floor.served.logs.filter((line) => Number(line['level']) >= 50)).toEqual([]);
  });

  test.each(HOSTILE)("hostile texts in an agent's day: %#", async (text) => {
    const lanes = { from: `from: $text, to: "2026-03-03"`, to: `from: "2026-03-02", to: $text`, zone: `${DAY}, zone: $text`, tenant: `${DAY}, tenant: $ids`, site: `${DAY}, site: $ids`, team: `${DAY}, team: $ids`, agent: `${DAY}, agent: $ids` };
    for (const [name, args] of Object.entries(lanes)) {
      const { body } = await floor.served.ask(`query L(${args.includes('$text') ? '$text: String!' : '$ids: [String!]!'}) { agentTimeline(${args}) { agent } }`, { text, ids: [text] });
      const codes = body.errors?.map(({ extensions }) => extensions?.['code']) ?? [];
      // An empty zone is none, the default's; other texts of that kind are refused, ids are only unknown.
      const refused = ['from', 'to', 'zone'].includes(name) && !(name === 'zone' && text === '');
      const allowed = refused ? [['INVALID_QUERY']] : [[], ['INVALID_QUERY']];
      expect(allowed).toContainEqual(codes);
      expect([name, refused || name === 'zone' ? [] : (body.data?.['agentTimeline'] ?? [])]).toEqual([name, []]);
    }
    expect(floor.served.logs.filter((line) => Number(line['level']) >= 50)).toEqual([]);
  });

  test("an agent's day", async () => {
    const agent = String(Object.values(floor.real.floor.automaton.live.snapshot().agents).find(({ state }) => state === 'talk')?.agent);
    const answer = await floor.data(`query L($agent: [String!]) { agentTimeline(${DAY}, agent: $agent) { agent agentName teams site spans { state startedAt endedAt } totals { state seconds } loggedSeconds } }`, { agent: [agent] });
    expect(answer).toMatchObject({ agentTimeline: [{ agent, spans: expect.arrayContaining([expect.objectContaining({ state: 'talk' })]), totals: expect.arrayContaining([{ state: 'talk', seconds: expect.any(Number) }]) }] });
  });
});
