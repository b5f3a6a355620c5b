import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createApi } from '../../api/api.ts';
import { handFedFloor } from '../../api/fixtures/floor.ts';
import { buildConfiguration } from '../../telephony/centre/build-configuration.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import { simulateDay } from '../../telephony/centre/simulate.ts';
import { toDimensions } from '../../warehouse/operational/dimensions.ts';
import { lockDirectory } from '../data-directory/lock.ts';
import { removeServerFile, writeServerFile } from '../data-directory/server-file.ts';
import { runProgram } from '../fixtures/run-program.ts';
import { RowFiles } from '../history/row-files.ts';
import { INTERNAL_METHODS, INTERNAL_PATH } from '../internal/calls.ts';
import { serveInternal } from '../internal/serve.ts';
import { openLocalWarehouse } from '../local-warehouse.ts';
import { listen } from '../start/web-server.ts';

const TOKEN = 'token-of-the-test';
const data = mkdtempSync(join(tmpdir(), 'vigie-command-line-'));
const centre = loadCentre();
const configuration = buildConfiguration(centre);
const quiet = pino({ level: 'silent' });

/** Questions of several shapes: rows and rollups, teams, a filter, a target of its own. */
const QUESTIONS = [
  { measures: ['offered', 'queued', 'answered', 'abandoned', 'service-level', 'asa', 'wait-p90', 'longest-wait', 'average-handle', 'occupancy', 'logged-time'], by: [] },
  { measures: ['queued', 'answered-in-target', 'service-level', 'service-level-b', 'abandonment-rate', 'overflowed', 'transfer-rate', 'average-talk'], by: ['tenant', 'queue', '60min'] },
  { measures: ['logged-time', 'ready-time', 'talk-time', 'pause-time', 'occupancy', 'utilisation', 'contacts-per-hour', 'agent-no-answer-rate'], by: ['team', 'day'] },
  { measures: ['offered', 'service-level', 'wait-p90'], by: ['30min'], where: { site: ['douala', 'lille'] }, target: 10, zone: 'Europe/Paris' },
] satisfies { measures: string[]; by: string[]; where?: Record<string, string[]>; target?: number; zone?: string }[];
type Question = { measures: string[]; by: string[]; where?: Record<string, string[]>; target?: number; zone?: string };

const rowSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const printedSchema = z.object({ rows: z.array(rowSchema), totals: rowSchema, zone: z.string(), dataAt: z.string(), loadMark: z.number() });
type Printed = z.infer<typeof printedSchema>;

const printed: { closed: Printed[]; running: Printed[]; graphql: Printed[] } = { closed: [], running: [], graphql: [] };

async function simulate(): Promise<void> {
  const warehouse = await openLocalWarehouse({ dataDirectory: data, memoryMb: 512, threads: 1 });
  await warehouse.syncDimensions(toDimensions(configuration));
  for (const [day, until] of [['2026-03-02', '2026-03-03'], ['2026-03-03', '2026-03-03T07:00:00Z']] as const) {
    const files = new RowFiles({ folder: join(data, 'imports'), loadId: day, source: 'test', warehouse });
    simulateDay({ centre, configuration, seed: 7, day, untilMs: Date.parse(until), campaigns: false, rows: files.sink });
    await files.load({ all: true });
  }
  await warehouse.closeDays({ utcMs: Date.parse('2026-03-03T12:00:00Z') });
  await warehouse.close();
}

async function command({ measures, by, where = {}, target, zone = 'Africa/Douala' }: Question): Promise<Printed> {
  const filters = Object.entries(where).flatMap(([dimension, ids]) => ['--where', `${dimension}=${ids.join(',')}`]);
  const { code, stdout, stderr } = await runProgram([
    'kpi', '--measures', measures.join(','), ...(by.length > 0 ? ['--by', by.join(',')] : []), '--from', '2026-03-02', '--to', '2026-03-04', '--zone', zone, '--totals',
    ...filters, ...(target === undefined ? [] : ['--target', String(target)]), '--data', data, '--json',
  ]);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return printedSchema.parse(JSON.parse(stdout));
}

const answerSchema = z.object({ data: z.object({ kpi: z.object({
  zone: z.string(), dataAt: z.string(), loadMark: z.number(),
  rows: z.array(z.object({ keys: z.array(z.object({ field: z.string(), value: z.string() })), values: z.array(z.number().nullable()) })),
  totals: z.object({ values: z.array(z.number().nullable()) }),
}) }) });

async function graphql(address: string, { measures, by, where = {}, target = null, zone = 'Africa/Douala' }: Omit<Question, 'target'> & { target?: number | null }): Promise<Printed> {
  const response = await fetch(`${address}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({
    query: `query Kpi($measures: [MeasureId!]!, $by: [String!]!, $zone: String, $where: [DimensionFilter!]!, $target: Int) {
      kpi(measures: $measures, by: $by, from: "2026-03-02", to: "2026-03-04", zone: $zone, where: $where, targetSeconds: $target) {
        ... on Kpi { zone dataAt loadMark rows { keys { field value } values } totals { values } }
        ... on InvalidQuery { message }
      }
    }`,
    variables: { measures, by, zone, target, where: Object.entries(where).map(([dimension, ids]) => ({ dimension, ids })) },
  }) });
  const { kpi } = answerSchema.parse(await response.json()).data;
  const named = (values: (number | null)[]): Record<string, number | null> => Object.fromEntries(measures.map((id, index) => [id, values[index] ?? null]));
  return {
    ...kpi, totals: named(kpi.totals.values),
    rows: kpi.rows.map(({ keys, values }) => ({ ...Object.fromEntries(keys.map(({ field, value }) => [field, value])), ...named(values) })),
  };
}

/** The server as the program composes it, without a floor and pages. */
async function askServer(): Promise<void> {
  const lock = await lockDirectory(data, 'vigie start');
  const warehouse = await openLocalWarehouse({ dataDirectory: data, memoryMb: 512, threads: 1 });
  const web = await listen(0);
  const api = await createApi({ warehouse, live: handFedFloor(), directory: { load: () => Promise.resolve(configuration), subscribe: () => () => undefined }, logger: quiet });
  const nothing = (_request: unknown, response: { writeHead(status: number): { end(): void } }): void => response.writeHead(404).end();
  web.open({ api, logger: quiet, checks: {}, ingest: nothing, pages: nothing, internal: (request, response) => serveInternal(request, response, { path: INTERNAL_PATH, methods: INTERNAL_METHODS, token: TOKEN, functions: warehouse }) });
  writeServerFile(data, { address: web.address, token: TOKEN, pid: process.pid });
  for (const question of QUESTIONS) {
    printed.running.push(await command(question));
    printed.graphql.push(await graphql(web.address, question));
  }
  api.close();
  await web.close();
  removeServerFile(data);
  await warehouse.close();
  lock.release();
}

beforeAll(async () => {
  await runProgram(['--help']);
  await simulate();
  await askServer();
  for (const question of QUESTIONS) printed.closed.push(await command(question));
}, 400_000);
afterAll(() => rmSync(data, { recursive: true, force: true }));

test('the questions have answers', () => {
  expect(printed.closed.map(({ rows }) => rows.length)).toEqual([1, expect.any(Number), expect.any(Number), 96]);
  expect(printed.closed[0]?.rows[0]).toMatchObject({ offered: expect.any(Number) });
  expect(printed.closed[0]?.totals['offered']).toBeGreaterThan(8_000);
  expect(printed.closed[1]?.rows.length).toBeGreaterThan(100);
  expect(printed.closed[2]?.rows.length).toBeGreaterThan(8);
});

test.each(QUESTIONS.map((question, index) => ({ index, measures: question.measures.join(', '), by: question.by.join(', ') || 'nothing' })))('$measures by $by: the command line says what GraphQL says, with a server and without', ({ index }) => {
  const { closed, running, graphql: asked } = { closed: printed.closed[index], running: printed.running[index], graphql: printed.graphql[index] };
  expect(running).toEqual(asked);
  expect(closed).toEqual(running);
});
