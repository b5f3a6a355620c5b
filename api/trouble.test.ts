import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { planForMapping } from '../ingest/mapping/plan-for-mapping.ts';
import { openClickHouse } from '../warehouse/clickhouse/engine.ts';
import { openDoor, type Door } from '../warehouse/clickhouse/test-support/door.ts';
import { HAS_CLICKHOUSE, startTestServer, type TestServer } from '../warehouse/clickhouse/test-support/test-server.ts';
import { openWarehouse } from '../warehouse/open-warehouse.ts';
import { CLICKHOUSE_NOTES } from '../warehouse/test-support/each-engine.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { handFedFloor, liveAgent, liveQueue, type HandFedFloor } from './fixtures/floor.ts';
import { listen, serveApi, type Listener, type ServedApi } from './fixtures/serve.ts';

/** Where it is far from midnight: the call of the test is one of today. */
const ZONE = new Date().getUTCHours() < 12 ? 'Asia/Tokyo' : 'America/Los_Angeles';
const BOARD = `subscription { live(filter: { zone: "${ZONE}" }) { totals { waiting offered } figuresTrouble { kind since } } }`;
const boardSchema = z.object({ data: z.object({ live: z.object({
  totals: z.object({ waiting: z.number(), offered: z.number().nullable() }), figuresTrouble: z.object({ kind: z.string(), since: z.string().nullable() }).nullable(),
}) }) });
type Board = z.infer<typeof boardSchema>['data']['live'];
const KPI = '{ kpi(measures: ["offered"], from: "2020-01-01", to: "2100-01-01", zone: "UTC") { __typename ... on Kpi { rows { values } } ... on QueryTooLarge { message } } }';

describe.skipIf(!HAS_CLICKHOUSE)('a warehouse in trouble', () => {
  let server: TestServer;
  let door: Door;
  let warehouse: Warehouse;
  let floor: HandFedFloor;
  let served: ServedApi;
  let listener: Listener;
  /** Of each statement, set by a test. */
  let settings = '';

  beforeAll(async () => {
    server = await startTestServer();
    door = await openDoor({ port: server.httpPort });
    const engine = openClickHouse({ url: `http://default@127.0.0.1:${door.port}/trouble` });
    warehouse = await openWarehouse({ engine: { ...engine, query: (request) => engine.query({ ...request, sql: request.sql + settings }) }, callerKeySecret: 'test', planFor: planForMapping });
    await engine.execute({ sql: "INSERT INTO store.calls (tenant, call_id, started_at, direction) VALUES ('ocm', 'A', $at, 'inbound')", parameters: { at: new Date() } });
    await CLICKHOUSE_NOTES.noteLoad(engine, { mark: 1, newestMs: Date.now() });
    floor = handFedFloor({ agents: { 1001: liveAgent(1001) }, queues: { 101: liveQueue(101) } });
    served = await serveApi(warehouse, { floor, figuresPatienceMs: 4000 });
    listener = await listen(served.url, BOARD);
  });
  afterAll(async () => {
    listener.leave();
    await served.close();
    await warehouse.close();
    await door.shut();
    await server[Symbol.asyncDispose]();
  });

  async function until(wanted: (board: Board) => boolean): Promise<Board> {
    for (;;) {
      const board = boardSchema.parse(await listener.data()).data.live;
      if (wanted(board)) return board;
    }
  }
  const codesOf = (body: Awaited<ReturnType<ServedApi['ask']>>['body']): unknown[] => (body.errors ?? []).map(({ extensions }) => extensions?.['code']);
  let waiting = 0;
  /** The board goes on with the floor. */
  async function moves(): Promise<Board> {
    const count = (waiting += 1);
    floor.change({ queues: { 101: liveQueue(101, { waiters: Array.from({ length: count }, (_, index) => ({ callId: `w${index}`, sinceMs: Date.now(), caller: '', priority: 0 })) }) } });
    return until((board) => board.totals.waiting === count);
  }

  test('all is well', async () => {
    expect(await until(({ totals }) => totals.offered !== null)).toMatchObject({ totals: { offered: 1 }, figuresTrouble: null });
  });

  test('it takes connections and does not answer: the board keeps its figures, says since when, and moves; questions end in time', async () => {
    door.silent = true;
    const board = await until(({ figuresTrouble }) => figuresTrouble !== null);
    expect(board).toMatchObject({ totals: { offered: 1 }, figuresTrouble: { kind: 'TIMEOUT' } });
    expect(Date.now() - Date.parse(board.figuresTrouble?.since ?? '')).toBeLessThan(30_000);
    expect(await moves()).toMatchObject({ totals: { offered: 1 }, figuresTrouble: board.figuresTrouble });
    door.silent = false;
    expect((await until(({ figuresTrouble }) => figuresTrouble === null)).totals.offered).toBe(1);
  });

  test('it refuses connections: the board says so, questions are told with a code and without its address, the log with it', async () => {
    await door.shut();
    expect(await until(({ figuresTrouble }) => figuresTrouble?.kind === 'UNAVAILABLE')).toMatchObject({ totals: { offered: 1 } });
    await moves();
    for (const query of [KPI, '{ freshness { calls } }', '{ calls(from: "2026-01-01", to: "2100-01-01") { totalCount } }', '{ agentTimeline(from: "2026-01-01", to: "2026-01-02") { agent } }']) {
      const { body } = await served.ask(query);
      expect([query, codesOf(body)]).toEqual([query, ['UNAVAILABLE']]);
      expect(JSON.stringify(body)).not.toContain(String(door.port));
    }
    expect(JSON.stringify(served.logs)).toContain(`127.0.0.1:${door.port}/trouble does not answer`);
    await door.open();
    await until(({ figuresTrouble }) => figuresTrouble === null);
    expect((await served.ask(KPI)).body.data?.['kpi']).toMatchObject({ rows: [{ values: [1] }] });
  });

  test('a question that needs more memory than the server gives is told as such', async () => {
    settings = ' SETTINGS max_memory_usage = 1000';
    expect((await served.ask(KPI)).body.data?.['kpi']).toEqual({ __typename: 'QueryTooLarge', message: expect.stringContaining('shorter range') });
    expect(codesOf((await served.ask('{ calls(from: "2026-01-01", to: "2100-01-01") { totalCount } }')).body)).toEqual(['TOO_LARGE']);
    settings = '';
    expect((await served.ask(KPI)).body.data?.['kpi']).toMatchObject({ __typename: 'Kpi' });
  });

  test('its server is killed: tables are refused without its address, and are there again with it', async () => {
    const tables = ['kpi?measures=offered&', 'calls?'].map((asked) => new URL(`/tables/${asked}from=2020-01-01&to=2100-01-01&zone=UTC`, served.url));
    await server.kill();
    for (const table of tables) {
      const answer = await fetch(table);
      const told = await answer.text();
      expect([answer.status, told]).toEqual([503, expect.stringContaining('cannot be asked')]);
      expect(told).not.toContain(String(door.port));
    }
    await server.start();
    for (const table of tables) {
      const answer = await fetch(table);
      expect(answer.status).toBe(200);
      expect(tableFromIPC(await answer.arrayBuffer()).numRows).toBe(1);
    }
  }, 60_000);
});
