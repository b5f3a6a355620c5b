import { constants, existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildConfiguration } from '../../telephony/centre/build-configuration.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import type { Engine } from '../../warehouse/engine.ts';
import { catalogue } from '../../warehouse/kpi/catalogue.ts';
import { readClosedDays } from '../../warehouse/kpi/closed-days.ts';
import { compileKpi, type CompiledQuery } from '../../warehouse/kpi/compile.ts';
import { resolveQuery } from '../../warehouse/kpi/resolve-query.ts';
import { toDimensions } from '../../warehouse/operational/dimensions.ts';
import { FULL_SCOPE, type KpiQuery } from '../../warehouse/warehouse.ts';
import { NO_FLOOR } from '../start/live-port.ts';
import type { WarehouseThread, WarehouseThreadData } from '../start/warehouse.worker.ts';
import { startThread } from '../threads/start.ts';
import type { Bench } from './bench.ts';
import { quantile } from './quantile.ts';
import { DAY_AFTER, dayBack, LAST_DAY, LIMITS, makeStoredCalls, storedCalls } from './stored-calls.ts';

const YEAR = 365;
const TEN_YEARS = 3650;
const QUEUES = 12;
/** A server has been asked for hours: after a hundred questions much of its way was still interpreted, which cost 0.6 ms. */
const WARM_UP = 600;
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
    for (const days of [YEAR, TEN_YEARS]) {
      await makeStoredCalls(days);
      // One file is opened by one engine.
      if (!existsSync(aloneFile(days))) await copyFile(join(storedCalls(days), 'warehouse.duckdb'), aloneFile(days), constants.COPYFILE_FICLONE);
    }
  },
  variants: {
    'a day': () => sqlAndGraphQl(YEAR),
    'a day, ten times the days': () => sqlAndGraphQl(TEN_YEARS),
    'totals of a week': () => totalsBySql(7),
    'totals of a year': () => totalsBySql(YEAR - 1),
  },
  ratios: [{ name: 'totals of a year / of a week', of: 'totals of a year', to: 'totals of a week', atMost: 3 }],
  limits: ['', ', ten times the days'].flatMap((which) => [
    { name: `GraphQL adds, median${which}`, of: `a day${which}, GraphQL median`, minus: `a day${which}, SQL median`, atMost: 4 },
    { name: `GraphQL adds, p99${which}`, of: `a day${which}, GraphQL p99`, minus: `a day${which}, SQL p99`, atMost: 10 },
  ]),
};

function aloneFile(days: number): string {
  return join(storedCalls(days), 'alone.duckdb');
}

function openAlone(days: number): Engine {
  return openDuckDb({ path: aloneFile(days), threads: LIMITS.threads, memoryLimit: `${LIMITS.memoryMb}MB` });
}

async function statementOf(engine: Engine, query: KpiQuery): Promise<CompiledQuery> {
  const resolved = resolveQuery(query, FULL_SCOPE, catalogue().measures, query.zone ?? 'UTC');
  return compileKpi(resolved, catalogue(), await readClosedDays(engine), 'rows');
}

async function totalsBySql(days: number): Promise<number> {
  const engine = openAlone(YEAR);
  try {
    const statement = await statementOf(engine, totals(days));
    const [taken] = await times([{ ask: async () => (await engine.query(statement)).length, rows: 1 }]);
    return quantile(taken ?? [], 0.5);
  } finally {
    await engine.close();
  }
}

/** Question by question in turn, so that a machine that is slower for a while is so for both. */
async function sqlAndGraphQl(days: number): Promise<Record<string, number>> {
  const engine = openAlone(days);
  const site = await openSite(days);
  try {
    const statement = await statementOf(engine, BOARD);
    const [sql = [], graphQl = []] = await times([
      { ask: async () => (await engine.query(statement)).length, rows: QUEUES },
      { ask: async () => (await site.ask()).split('"field"').length - 1, rows: QUEUES },
    ]);
    return { 'SQL median': quantile(sql, 0.5), 'SQL p99': quantile(sql, 0.99), 'GraphQL median': quantile(graphQl, 0.5), 'GraphQL p99': quantile(graphQl, 0.99) };
  } finally {
    await site.close();
    await engine.close();
  }
}

/** The program's own parts, as `vigie start` joins them. */
async function openSite(days: number): Promise<{ ask: () => Promise<string>; close: () => Promise<void> }> {
  // Not above: every command reads this file, and the web's parts take half a second to load.
  const [{ createApi }, { listen }] = await Promise.all([import('../../api/api.ts'), import('../start/web-server.ts')]);
  const warehouse = await startThread<WarehouseThread>({
    name: 'warehouse', entry: new URL('../start/warehouse.worker.ts', import.meta.url), functions: { log: () => {} },
    data: { dataDirectory: storedCalls(days), ...LIMITS, spoolMaxBytes: 1 << 30, ownLegs: [], closesDays: false, shared: null } satisfies WarehouseThreadData,
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
  return {
    ask: () => post(`${web.address}/graphql`, agent, body),
    async close() {
      agent.destroy();
      api.close();
      await web.close();
      await warehouse.end();
    },
  };
}

async function times(questions: { ask: () => Promise<number>; rows: number }[]): Promise<number[][]> {
  const taken: number[][] = questions.map(() => []);
  for (let asked = 0; asked < WARM_UP + QUESTIONS; asked += 1) {
    for (const [index, { ask, rows }] of questions.entries()) {
      const begun = performance.now();
      const found = await ask();
      if (asked >= WARM_UP) taken[index]?.push(performance.now() - begun);
      if (found !== rows) throw new Error(`${found} rows instead of ${rows} were answered`);
    }
  }
  return taken;
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
