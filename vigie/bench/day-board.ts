import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildConfiguration } from '../../telephony/centre/build-configuration.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import { catalogue } from '../../warehouse/kpi/catalogue.ts';
import { readClosedDays } from '../../warehouse/kpi/closed-days.ts';
import { compileKpi } from '../../warehouse/kpi/compile.ts';
import { resolveQuery } from '../../warehouse/kpi/resolve-query.ts';
import { toDimensions } from '../../warehouse/operational/dimensions.ts';
import { FULL_SCOPE, type KpiQuery } from '../../warehouse/warehouse.ts';
import { NO_FLOOR } from '../start/live-port.ts';
import type { WarehouseThread } from '../start/warehouse.worker.ts';
import { startThread } from '../threads/start.ts';
import type { Bench } from './bench.ts';
import { quantile } from './quantile.ts';
import { DAY_AFTER, dayBack, LAST_DAY, LIMITS, makeStoredCalls, storedCalls } from './stored-calls.ts';

const YEAR = 365;
const TEN_YEARS = 3650;
const QUEUES = 12;
const WARM_UP = 100;
/** The p99 rests on the ten slowest. */
const QUESTIONS = 1000;
const MEASURES = ['queued', 'answered', 'abandoned', 'service-level', 'abandonment-rate', 'answer-rate', 'asa', 'average-wait', 'longest-wait', 'wait-p90', 'average-talk', 'average-wrapup', 'average-handle'];
const BOARD: KpiQuery = { measures: MEASURES, by: ['queue'], from: LAST_DAY, to: DAY_AFTER, zone: 'Africa/Douala', where: {} };
const totals = (days: number): KpiQuery => ({ ...BOARD, by: [], from: dayBack(days), to: LAST_DAY });

/** An open day's figures by queue: the engine's statement alone, and the way of a browser through HTTP, Yoga and the warehouse's thread. */
export const dayBoard: Bench = {
  name: 'day-board',
  describe: 'a day by queue over 10,000,000 stored calls and over ten times the days: SQL alone, and GraphQL over HTTP; totals of a year and of a week',
  unit: 'ms',
  async prepare() {
    for (const days of [YEAR, TEN_YEARS]) await makeStoredCalls(days);
  },
  variants: {
    SQL: () => bySql(YEAR, BOARD),
    GraphQL: () => byGraphQl(YEAR),
    'SQL, ten times the days': () => bySql(TEN_YEARS, BOARD),
    'GraphQL, ten times the days': () => byGraphQl(TEN_YEARS),
    'totals of a week': async () => (await bySql(YEAR, totals(7))).median,
    'totals of a year': async () => (await bySql(YEAR, totals(YEAR - 1))).median,
  },
  ratios: [{ name: 'totals of a year / of a week', of: 'totals of a year', to: 'totals of a week', atMost: 3 }],
  limits: ['', ', ten times the days'].flatMap((which) => [
    { name: `GraphQL adds, median${which}`, of: `GraphQL${which}, median`, minus: `SQL${which}, median`, atMost: 4 },
    { name: `GraphQL adds, p99${which}`, of: `GraphQL${which}, p99`, minus: `SQL${which}, p99`, atMost: 10 },
  ]),
};

async function bySql(days: number, query: KpiQuery): Promise<{ median: number; p99: number }> {
  const engine = openDuckDb({ path: join(storedCalls(days), 'warehouse.duckdb'), threads: LIMITS.threads, memoryLimit: `${LIMITS.memoryMb}MB` });
  try {
    const resolved = resolveQuery(query, FULL_SCOPE, catalogue().measures, query.zone ?? 'UTC');
    const statement = compileKpi(resolved, catalogue(), await readClosedDays(engine), 'rows');
    return await times(async () => (await engine.query(statement)).length, query.by.length === 0 ? 1 : QUEUES);
  } finally {
    await engine.close();
  }
}

async function byGraphQl(days: number): Promise<{ median: number; p99: number }> {
  // Not above: every command reads this file, and the web's parts take half a second to load.
  const [{ createApi }, { listen }] = await Promise.all([import('../../api/api.ts'), import('../start/web-server.ts')]);
  const warehouse = await startThread<WarehouseThread>({
    name: 'warehouse', entry: new URL('../start/warehouse.worker.ts', import.meta.url), functions: { log: () => {} },
    data: { dataDirectory: storedCalls(days), ...LIMITS, spoolMaxBytes: 1 << 30, ownLegs: [] },
  });
  const logger = pino({ level: 'silent' });
  const configuration = buildConfiguration(loadCentre());
  // As at every start: names stand there, and are remembered until they change.
  await warehouse.remote.syncDimensions(toDimensions(configuration));
  const directory = { load: () => Promise.resolve(configuration), subscribe: () => () => {} };
  const api = await createApi({ warehouse: warehouse.remote, live: NO_FLOOR, directory, logger });
  const web = await listen(0);
  const nothing = (): void => {};
  web.open({ api, logger, checks: {}, ingest: nothing, internal: nothing, pages: nothing });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const body = JSON.stringify({ query: QUERY, variables: { measures: MEASURES, from: BOARD.from, to: BOARD.to, zone: BOARD.zone } });
  try {
    return await times(async () => (await post(`${web.address}/graphql`, agent, body)).split('"field"').length - 1, QUEUES);
  } finally {
    agent.destroy();
    api.close();
    await web.close();
    await warehouse.end();
  }
}

async function times(ask: () => Promise<number>, rows: number): Promise<{ median: number; p99: number }> {
  const taken: number[] = [];
  for (let question = 0; question < WARM_UP + QUESTIONS; question += 1) {
    const begun = performance.now();
    const found = await ask();
    if (question >= WARM_UP) taken.push(performance.now() - begun);
    if (found !== rows) throw new Error(`${found} rows instead of ${rows} were answered`);
  }
  return { median: quantile(taken, 0.5), p99: quantile(taken, 0.99) };
}

function post(url: string, agent: Agent, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.once('end', () => (response.statusCode === 200 && !text.includes('"errors"') ? resolve(text) : reject(new Error(`GraphQL answered ${String(response.statusCode)}: ${text.slice(0, 500)}`))));
    });
    sending.once('error', reject);
    sending.end(body);
  });
}

/** As the KPI page asks it, without the totals: the statement has none. */
const QUERY = `query Board($measures: [MeasureId!]!, $from: String!, $to: String!, $zone: String) {
  kpi(measures: $measures, by: ["queue"], from: $from, to: $to, zone: $zone, totals: false) {
    __typename ... on Kpi { rows { keys { field value name } values } zone from to dataAt loadMark }
  }
}`;
