import { createServer, request } from 'node:http';
import { tableFromIPC } from 'apache-arrow';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FULL_SCOPE, type TableAnswer } from '../../warehouse/warehouse.ts';
import { HOSTILE } from '../fixtures/hostile.ts';
import { serveFloor, type ServedFloor } from '../fixtures/served-floor.ts';
import { openTables } from './tables.ts';

let floor: ServedFloor;
beforeAll(async () => { floor = await serveFloor(); });
afterAll(() => floor.close());

const DAY = 'from=2026-03-02&to=2026-03-03';
interface Got { status: number; headers: Record<string, unknown>; body: Buffer }
/** As a program asks, not a browser: with these headers alone. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: floor.served.port, path, method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part)).on('error', reject).on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }));
    }).on('error', reject).end();
  });
}

test('measures come as a table, with what belongs to all of them in headers', async () => {
  const { status, headers, body } = await get(`/tables/kpi?measures=offered,service-level&by=queue,60min&${DAY}&zone=Europe/Paris&queue=101&queue=102`);
  const answer = await floor.warehouse.kpi({ measures: ['offered', 'service-level'], by: ['queue', '60min'], from: '2026-03-02', to: '2026-03-03', zone: 'Europe/Paris', where: { queue: ['101', '102'] } }, FULL_SCOPE);
  expect([status, headers['content-type'], headers['vigie-zone'], headers['vigie-load-mark'], headers['vigie-from']]).toEqual([200, 'application/vnd.apache.arrow.stream', 'Europe/Paris', String(answer.loadMark), answer.fromUtc]);
  const table = tableFromIPC(body);
  expect(table.schema.names).toEqual(['queue', '60min', 'offered', 'service-level']);
  expect(answer.rows.length).toBeGreaterThan(3);
  expect(table.toArray().map((row) => [row['queue'], row['60min'], Number(row['offered']), row['service-level']])).toEqual(answer.rows.map((row) => [row['queue'], Date.parse(String(row['60min'])), row['offered'], row['service-level']]));
});

test('calls come as a table, filtered as the list is', async () => {
  const { body } = await get(`/tables/calls?${DAY}&fate=answered,abandoned&minWait=1`);
  const list = await floor.warehouse.calls({ from: '2026-03-02', to: '2026-03-03', where: { fate: ['answered', 'abandoned'], minWaitSeconds: 1 }, order: 'oldest', first: 500 }, FULL_SCOPE);
  const table = tableFromIPC(body);
  expect(table.numRows).toBe(list.totalCount);
  expect(table.toArray().slice(0, 500).map((row) => row['call_id'])).toEqual(list.calls.map(({ callId }) => callId));
});

test.each<[string, Record<string, string>, string, number, string]>([
  [`/tables/kpi?measures=offered&${DAY}`, { accept: 'application/json' }, 'GET', 406, 'vnd.apache.arrow.stream'],
  [`/tables/kpi?measures=offered&${DAY}`, { 'sec-fetch-site': 'cross-site' }, 'GET', 403, 'origin'],
  [`/tables/kpi?measures=offered&${DAY}`, { origin: 'http://evil.example' }, 'GET', 403, 'origin'],
  [`/tables/kpi?measures=offered&${DAY}`, {}, 'POST', 405, 'GET'],
  ['/tables/agents', {}, 'GET', 404, 'kpi and calls'],
  [`/tables/kpi?${DAY}`, {}, 'GET', 400, 'measures'],
  [`/tables/kpi?measures=no-such&${DAY}`, {}, 'GET', 400, 'no-such'],
  [`/tables/kpi?measures=offered&by=queue,page&${DAY}`, {}, 'GET', 400, 'by.1'],
  [`/tables/kpi?measures=offered&${DAY}&from=2026-03-01`, {}, 'GET', 400, 'from'],
  [`/tables/calls?${DAY}&limit=5`, {}, 'GET', 400, 'limit'],
  ['/tables/calls?from=yesterday&to=2026-03-03', {}, 'GET', 400, 'yesterday'],
])('%s %o %s is refused', async (path, headers, method, expected, words) => {
  const { status, body } = await get(path, headers, method);
  expect([status, body.toString()]).toEqual([expected, expect.stringContaining(words)]);
});

test('hostile texts find nothing and break nothing', async () => {
  // Nothing but commas is no filter.
  for (const text of HOSTILE.filter((one) => one.replaceAll(/[\s,]/g, '') !== '')) {
    const { status, body } = await get(`/tables/calls?${DAY}&${new URLSearchParams({ queue: text, tenant: text })}`);
    expect([status, status === 200 ? tableFromIPC(body).numRows : 0]).toEqual([text.length > 200 ? 400 : 200, 0]);
  }
  expect(floor.served.logs.filter((line) => Number(line['level']) >= 50)).toEqual([]);
});

test('a few tables are read at once, and one that is left makes room', async () => {
  // Longer than what the sockets hold.
  const endless = (): TableAnswer => ({ stream: new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) }, { highWaterMark: 0 }), zone: 'UTC', fromUtc: '', toUtc: '', loadMark: 0 });
  const tables = openTables({ warehouse: { kpiTable: async () => endless(), callsTable: async () => endless(), cancel: async () => {} }, logger: pino({ level: 'silent' }) });
  const server = createServer((asked, response) => void tables(asked, response));
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const ask = (): Promise<{ status: number; leave: () => void }> => new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path: `/tables/calls?${DAY}` }, (answer) => { answer.pause(); resolve({ status: answer.statusCode ?? 0, leave: () => asked.destroy() }); }).on('error', () => {});
    asked.end();
  });
  try {
    const held = [await ask(), await ask(), await ask()];
    expect([...held, await ask()].map(({ status }) => status)).toEqual([200, 200, 200, 503]);
    held[0]?.leave();
    await expect.poll(async () => (await ask()).status).toBe(200);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
