import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { HOSTILE } from './fixtures/hostile.ts';
import { DAY, serveFloor, type ServedFloor } from './fixtures/served-floor.ts';

let floor: ServedFloor;
beforeAll(async () => { floor = await serveFloor(); });
afterAll(() => floor.close());

describe('measures and kpi', () => {
  test('measures speak both languages', async () => {
    const answer = await floor.data('{ measures { id version fr: name(language: fr) en: name(language: en) short(language: fr) formula(language: en) unit dimensions better empty } }');
    expect(answer).toMatchObject({ measures: expect.arrayContaining([expect.objectContaining({ id: 'service-level', unit: 'RATIO', better: 'UP', empty: 'GAP' })]) });
  });

  test('groups carry their ids and names, values stand in the order asked', async () => {
    const answer = await floor.data(`{ kpi(measures: ["queued", "service-level"], by: ["queue", "60min"], ${DAY}, zone: "Africa/Douala") { ... on Kpi {
      zone from dataAt loadMark measures { id } rows { keys { field value name } values } totals { keys { field } values } comparison { from }
    } } }`);
    const [warehouseAnswer] = [await floor.warehouse.kpi({ measures: ['queued', 'service-level'], by: ['queue', '60min'], from: '2026-03-02', to: '2026-03-03', zone: 'Africa/Douala', where: {}, totals: true }, { tenants: 'all', sites: 'all', queues: 'all', teams: 'all' })];
    expect(answer).toEqual({ kpi: {
      zone: 'Africa/Douala', from: '2026-03-01T23:00:00.000Z', dataAt: warehouseAnswer.dataAt, loadMark: warehouseAnswer.loadMark,
      measures: [{ id: 'queued' }, { id: 'service-level' }], comparison: null,
      rows: warehouseAnswer.rows.map((row) => ({
        keys: [{ field: 'queue', value: row['queue'], name: floor.real.configuration.queues.find(({ number }) => String(number) === row['queue'])?.name }, { field: '60min', value: row['60min'], name: null }],
        values: [row['queued'], row['service-level']],
      })),
      totals: { keys: [], values: [warehouseAnswer.totals?.['queued'], warehouseAnswer.totals?.['service-level']] },
    } });
    expect(warehouseAnswer.rows.length).toBeGreaterThan(8);
  });

  test('productivity by agent and hour is one question', async () => {
    const measures = ['talk-time', 'wait-between-calls', 'passed', 'dial-argued', 'dial-positive', 'appointments'];
    const answer = z.object({ kpi: z.object({ rows: z.array(z.object({ keys: z.array(z.object({ field: z.string(), value: z.string() })), values: z.array(z.number().nullable()) })), totals: z.object({ values: z.array(z.number().nullable()) }) }) })
      .parse(await floor.data(`query P($measures: [MeasureId!]!) { kpi(measures: $measures, by: ["agent", "hour"], ${DAY}, zone: "UTC", totals: true) { ... on Kpi { rows { keys { field value } values } totals { values } } } }`, { measures }));
    const { rows, totals } = await floor.warehouse.kpi({ measures, by: ['agent', 'hour'], from: '2026-03-02', to: '2026-03-03', zone: 'UTC', where: {}, totals: true }, { tenants: 'all', sites: 'all', queues: 'all', teams: 'all' });
    expect(answer.kpi.rows).toEqual(rows.map((row) => ({ keys: [{ field: 'agent', value: row['agent'] }, { field: 'hour', value: row['hour'] }], values: measures.map((id) => row[id]) })));
    expect(answer.kpi.totals.values).toEqual(measures.map((id) => totals?.[id]));
    expect(new Set(rows.map((row) => row['hour'])).size).toBeGreaterThan(1);
    expect(totals?.['talk-time']).toBeGreaterThan(0);
  });

  test.each([
    ['an unknown measure', 'measures: ["nonsense"]', DAY, /nonsense/],
    ['no measure', 'measures: []', DAY, /at least one measure/],
    ['a measure twice', 'measures: ["queued", "queued"]', DAY, /twice/],
    ['an unknown group', 'measures: ["queued"], by: ["moon"]', DAY, /"moon".*queue/],
    ['two intervals', 'measures: ["queued"], by: ["day", "week"]', DAY, /interval/],
    ['a dimension twice in the filter', 'measures: ["queued"], where: [{ dimension: queue, ids: ["1"] }, { dimension: queue, ids: ["2"] }]', DAY, /queue.*twice/],
    ['a range that is none', 'measures: ["queued"]', 'from: "2026-03-03", to: "2026-03-02"', /2026-03/],
    ['a date that is none', 'measures: ["queued"]', 'from: "yesterday", to: "2026-03-02"', /yesterday/],
    ['a zone that is none', 'measures: ["queued"], zone: "Mars/Base"', DAY, /Mars\/Base/],
  ])('%s is a typed result with a reason', async (_name, args, range, message) => {
    expect(await floor.data(`{ kpi(${args}, ${range}) { __typename ... on InvalidQuery { message } } }`)).toEqual({ kpi: { __typename: 'InvalidQuery', message: expect.stringMatching(message) } });
  });
});

describe('hostile texts change nothing and tell nothing', () => {
  const kpiQuery = `query K($text: String!, $ids: [String!]!) {
    by: kpi(measures: ["queued"], by: [$text], ${DAY}) { __typename }
    from: kpi(measures: ["queued"], from: $text, to: "2026-03-03") { __typename }
    to: kpi(measures: ["queued"], from: "2026-03-02", to: $text) { __typename }
    zone: kpi(measures: ["queued"], ${DAY}, zone: $text) { __typename }
    queue: kpi(measures: ["queued"], ${DAY}, where: [{ dimension: queue, ids: $ids }]) { __typename ... on Kpi { rows { values } } }
    campaign: kpi(measures: ["passed", "dial-positive"], ${DAY}, where: [{ dimension: campaign, ids: $ids }], by: ["agent", "hour"]) { __typename ... on Kpi { rows { values } } }
    agent: kpi(measures: ["answered"], ${DAY}, where: [{ dimension: agent, ids: $ids }], by: ["agent"]) { __typename ... on Kpi { rows { values } } }
  }`;
  test.each(HOSTILE)('in kpi: %#', async (text) => {
    const before = await floor.warehouse.freshness({ tenants: 'all', sites: 'all', queues: 'all', teams: 'all' });
    const { body } = await floor.served.ask(kpiQuery, { text, ids: [text] });
    expect(body.errors).toBeUndefined();
    const invalid = { __typename: 'InvalidQuery' };
    // An empty zone is none: the default's.
    expect(body.data).toMatchObject({ by: invalid, from: invalid, to: invalid, zone: text === '' ? { __typename: 'Kpi' } : invalid });
    // Nobody has such an id: no group with data.
    expect(body.data?.['agent']).not.toMatchObject({ rows: [expect.anything()] });
    expect(body.data?.['campaign']).not.toMatchObject({ rows: [expect.anything()] });
    expect(await floor.warehouse.freshness({ tenants: 'all', sites: 'all', queues: 'all', teams: 'all' })).toEqual(before);
  });

  test.each(HOSTILE)('in a measure id: %#', async (text) => {
    const { body } = await floor.served.ask(`query K($id: MeasureId!) { kpi(measures: [$id], ${DAY}) { __typename } }`, { id: text });
    // Refused by its form, or, well formed, because there is none.
    expect(body.errors?.[0]?.message ?? JSON.stringify(body.data)).toMatch(/kebab-case|^{"kpi":{"__typename":"InvalidQuery"}}$/);
  });

  const typeNameSchema = z.object({ __typename: z.string() });
  const commands = [
    'login(agent: $text)', 'pause(agent: $text, reason: $text)', 'pause(agent: "1001", reason: $text)', 'messageSeen(agent: "1001", messageId: $text)',
    'qualify(agent: $text, callId: $text, group: 1, num: 1, comments: $text)', 'qualify(agent: "1001", callId: $text, group: 1, num: 1, comments: $text)',
    'transfer(agent: "1001", to: { queue: $text, agent: null })', 'transfer(agent: $text, to: { queue: null, agent: $text })',
    'forcePause(agent: "1001", reason: $text)', 'listen(agent: $text, on: true)', 'record(agent: $text, on: true)',
    'message(toTeam: $text, text: "x")', 'message(toAgent: $text, text: "x")', 'message(toAgent: $text, toTeam: $text, text: $text)',
  ];
  test.each(HOSTILE)('in a command: %#', async (text) => {
    const { agents, messages } = structuredClone(floor.real.floor.automaton.live.snapshot());
    for (const command of commands) {
      const { body } = await floor.served.ask(`mutation C($text: String!) { done: ${command} { __typename ... on CommandRefused { code reason } } }`, { text });
      const codes = body.errors?.map(({ extensions }) => extensions?.['code']);
      const refusals = [...(codes ?? []), ...(codes ? [] : [typeNameSchema.parse(body.data?.['done']).__typename])];
      expect([command, refusals.filter((refusal) => refusal !== 'INVALID_QUERY' && refusal !== 'CommandRefused'), refusals.length]).toEqual([command, [], 1]);
    }
    expect(floor.real.floor.automaton.live.snapshot()).toMatchObject({ agents, messages });
  });

  test('nothing of it was an unexpected failure', () => {
    expect(floor.served.logs.filter((line) => Number(line['level']) >= 50)).toEqual([]);
  });
});

describe('commands reach the core', () => {
  const agentIn = (state: string): string => {
    const found = Object.values(floor.real.floor.automaton.live.snapshot().agents).find((agent) => agent.state === state);
    if (!found) throw new Error(`nobody is in state ${state}`);
    return String(found.agent);
  };
  const command = async (text: string): Promise<unknown> => floor.data(`mutation { done: ${text} { __typename ... on CommandRefused { code reason } } }`);
  const DONE = { done: { __typename: 'CommandDone' } };

  test('a supervisor forces a pause, listens, records and writes', async () => {
    const agent = agentIn('ready');
    const reason = floor.real.configuration.pauseReasons[0]?.code ?? '';
    expect(await command(`forcePause(agent: "${agent}", reason: "${reason}")`)).toEqual(DONE);
    expect(floor.real.floor.automaton.agent(Number(agent))?.state).toBe('pause');
    expect(await command(`ready(agent: "${agent}")`)).toEqual(DONE);
    const talking = agentIn('talk');
    expect(await command(`listen(agent: "${talking}", on: true)`)).toEqual(DONE);
    expect(await command(`record(agent: "${talking}", on: true)`)).toEqual(DONE);
    expect(floor.real.floor.automaton.live.snapshot().agents[talking]).toMatchObject({ recorded: true, listenedBy: ['local'] });
    expect(await command(`message(toAgent: "${talking}", text: "Merci de rappeler le client")`)).toEqual(DONE);
    expect(floor.real.floor.automaton.live.snapshot().messages.at(-1)).toMatchObject({ from: 'local', to: { agent: Number(talking) }, text: 'Merci de rappeler le client' });
  });

  test('what the floor does not allow is refused with the reason', async () => {
    expect(await command(`hold(agent: "${agentIn('ready')}")`)).toEqual({ done: { __typename: 'CommandRefused', code: 'wrong-state', reason: expect.stringMatching(/\w/) } });
    expect(await command('login(agent: "999999")')).toEqual({ done: { __typename: 'CommandRefused', code: 'unknown-agent', reason: expect.stringMatching(/999999/) } });
    expect(await command(`pause(agent: "${agentIn('ready')}", reason: "sieste")`)).toMatchObject({ done: { __typename: 'CommandRefused', code: 'unknown-reason' } });
  });
});

test('directory lists are the configuration of now', async () => {
  const { queues, sites, tenants, teams, pauseReasons, calendars } = floor.real.configuration;
  const answer = await floor.data('{ queues { id name targetSeconds targetServiceLevel } sites { id zone } tenants { id zone } teams { id } calendars { id zone hours { weekday from to } holidays } pauseReasons { code label(language: fr) } agents { id teams skills { queue level } } campaigns { id direction } statuses { num label(language: en) } viewer { name tenants } }');
  expect(answer).toMatchObject({
    queues: queues.map(({ number, name, targetSeconds, targetServiceLevel }) => ({ id: String(number), name, targetSeconds, targetServiceLevel })),
    sites: sites.map(({ id, zone }) => ({ id, zone })),
    tenants: tenants.map(({ id, zone }) => ({ id, zone })),
    teams: teams.map(({ id }) => ({ id })),
    calendars: calendars.map(({ id, zone, weekdays, holidays }) => ({ id, zone, holidays, hours: Object.entries(weekdays).flatMap(([weekday, spans]) => spans.map((span) => ({ weekday: Number(weekday), ...span }))) })),
    pauseReasons: pauseReasons.map(({ code, labelFr }) => ({ code, label: labelFr })),
    agents: expect.arrayContaining([{ id: expect.any(String), teams: [expect.any(String)], skills: expect.arrayContaining([{ queue: expect.any(String), level: expect.any(Number) }]) }]),
    viewer: { name: 'local', tenants: [] },
  });
});
