import { Agent, request } from 'node:http';
import { pino } from 'pino';
import { buildConfiguration } from '../../telephony/centre/build-configuration.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import { toDimensions } from '../../warehouse/operational/dimensions.ts';
import { NO_FLOOR } from '../start/live-port.ts';
import type { WarehouseThread, WarehouseThreadData } from '../start/warehouse.worker.ts';
import { startThread } from '../threads/start.ts';
import { askInTurn } from './ask-in-turn.ts';
import type { Bench } from './bench.ts';
import { BOARD, QUEUES, statementOf, totalsOf } from './board-question.ts';
import { A_YEAR, TEN_YEARS, type History } from './generated-calls.ts';
import { quantile } from './quantile.ts';
import { LIMITS, makeStoredCalls, openAlone, storedCalls } from './stored-calls.ts';

/** A server has been asked for hours: after a hundred questions much of its way was still interpreted, which cost 0.6 ms. The p99 rests on the ten slowest. */
const PATIENCE = { warmUp: 600, times: 1000 };

/** An open day's figures by queue: the engine's statement alone, and the way of a browser through HTTP, Yoga and the warehouse's thread. */
export const dayBoard: Bench = {
  name: 'day-board',
  describe: 'a day by queue over 10,000,000 stored calls and over ten times the days: SQL alone, and GraphQL over HTTP; totals of a year and of a week',
  unit: 'ms',
  async prepare() {
    for (const history of [A_YEAR, TEN_YEARS]) await makeStoredCalls(history);
  },
  variants: {
    'a day': () => sqlAndGraphQl(A_YEAR),
    'a day, ten times the days': () => sqlAndGraphQl(TEN_YEARS),
    totals: () => totalsBySql(),
  },
  ratios: [{ name: 'totals of a year / of a week', of: 'totals, a year', to: 'totals, a week', atMost: 3, inTurn: true }],
  limits: ['', ', ten times the days'].flatMap((which) => [
    { name: `GraphQL adds, median${which}`, of: `a day${which}, GraphQL median`, minus: `a day${which}, SQL median`, atMost: 4 },
    { name: `GraphQL adds, p99${which}`, of: `a day${which}, GraphQL p99`, minus: `a day${which}, SQL p99`, atMost: 10 },
  ]),
};

async function totalsBySql(): Promise<Record<string, number>> {
  const engine = openAlone(A_YEAR);
  try {
    const statements = [await statementOf(engine, totalsOf(7)), await statementOf(engine, totalsOf(A_YEAR.days - 1))];
    const [week = [], year = []] = await askInTurn(statements.map((statement) => ({ ask: async () => (await engine.query(statement)).length, rows: 1 })), PATIENCE);
    return { 'a week': quantile(week, 0.5), 'a year': quantile(year, 0.5) };
  } finally {
    await engine.close();
  }
}

/** Question by question in turn, so that a machine that is slower for a while is so for both. */
async function sqlAndGraphQl(history: History): Promise<Record<string, number>> {
  const engine = openAlone(history);
  const site = await openSite(history);
  try {
    const statement = await statementOf(engine, BOARD);
    const [sql = [], graphQl = []] = await askInTurn([
      { ask: async () => (await engine.query(statement)).length, rows: QUEUES },
      { ask: async () => (await site.ask()).split('"field"').length - 1, rows: QUEUES },
    ], PATIENCE);
    return { 'SQL median': quantile(sql, 0.5), 'SQL p99': quantile(sql, 0.99), 'GraphQL median': quantile(graphQl, 0.5), 'GraphQL p99': quantile(graphQl, 0.99) };
  } finally {
    await site.close();
    await engine.close();
  }
}

/** The program's own parts, as `vigie start` joins them. */
async function openSite(history: History): Promise<{ ask: () => Promise<string>; close: () => Promise<void> }> {
  // Not above: every command reads this file, and the web's parts take half a second to load.
  const [{ createApi }, { listen }] = await Promise.all([import('../../api/api.ts'), import('../start/web-server.ts')]);
  const warehouse = await startThread<WarehouseThread>({
    name: 'warehouse', entry: new URL('../start/warehouse.worker.ts', import.meta.url), functions: { log: () => {} },
    data: { dataDirectory: storedCalls(history), ...LIMITS, spoolMaxBytes: 1 << 30, ownLegs: [], closesDays: false, shared: null } satisfies WarehouseThreadData,
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
  const body = JSON.stringify({ query: QUERY, variables: { measures: BOARD.measures, from: BOARD.from, to: BOARD.to, zone: BOARD.zone } });
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
