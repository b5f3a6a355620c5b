import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveApi, type ServedApi } from './fixtures/serve.ts';
import { openTestWarehouse } from './fixtures/warehouse.ts';
import { LIMITS } from './http/limits.ts';

let served: ServedApi;
beforeAll(async () => {
  served = await serveApi(await openTestWarehouse());
});
afterAll(() => served.close());

/** fetch sets Host and Origin itself; this sends what it is told. */
function send(path: string, headers: Record<string, string>, body?: string): Promise<{ status: number; text: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: served.port, path, method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part)).on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
    });
    sent.on('error', reject).end(body);
  });
}
const json = { 'content-type': 'application/json' };
const ping = JSON.stringify({ query: '{ __typename }' });

describe('who may ask', () => {
  test('this machine', async () => {
    const answer = await send('/graphql', { ...json, origin: `http://localhost:${served.port}` }, ping);
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('Query') });
  });
  test('no other name for it', async () => {
    expect((await send('/graphql', { ...json, host: `vigie.example:${served.port}` }, ping)).status).toBe(421);
  });
  test('no page of somebody else', async () => {
    expect((await send('/graphql', { ...json, origin: 'http://evil.example' }, ping)).status).toBe(403);
  });
  test.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'query=%7B__typename%7D'],
    ['plain text', { 'content-type': 'text/plain' }, ping],
    ['a link', {}, undefined],
  ])('no request that a foreign page can make without asking: %s', async (_name, headers, body) => {
    expect((await send('/graphql?query=%7B__typename%7D', headers, body)).status).toBe(403);
  });
  test('nobody by a batch', async () => {
    const answer = await send('/graphql', json, `[${ping},${ping}]`);
    expect(answer.status).toBe(400);
  });
  test('nobody by a mutation in a link', async () => {
    const answer = await send(`/graphql?query=${encodeURIComponent('mutation { logout(agent: "1001") { __typename } }')}`, { 'x-vigie': '1' });
    expect(answer.status).toBe(405);
    expect(served.floor.commands).toEqual([]);
  });
  test('every answer carries the security headers', async () => {
    const { headers } = await send('/graphql', json, ping);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'content-security-policy': expect.stringContaining("default-src 'none'") });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('how much may be asked', () => {
  const refused = async (query: string, variables?: Record<string, unknown>): Promise<string> => {
    const { body } = await served.ask(query, variables);
    expect(body.data ?? null).toBeNull();
    return body.errors?.map((error) => error.message).join(' ') ?? '';
  };
  const call = 'legs { leg } states { state } row';
  const page = (first: string) => `calls(from: "2026-01-01", to: "2026-01-02", first: ${first}) { edges { node { callId ${call} } } }`;

  test('depth, introspection excepted', async () => {
    const strict = await serveApi(await openTestWarehouse(), { limits: { ...LIMITS, depth: 3 } });
    try {
      const deep = await strict.ask('{ calls(from: "2026-01-01", to: "2026-01-02") { edges { node { callId } } } }');
      expect(deep.body.errors?.map((error) => error.message).join()).toMatch(/depth/i);
      const introspection = await strict.ask('{ __schema { types { fields { type { ofType { ofType { name } } } } } } }');
      expect(introspection.body.errors).toBeUndefined();
    } finally {
      await strict.close();
    }
  });
  test('aliases', async () => {
    const many = Array.from({ length: 41 }, (_, index) => `a${index}: viewer { name }`).join(' ');
    expect(await refused(`{ ${many} }`)).toMatch(/alias/i);
  });
  test('tokens', async () => {
    expect(await refused(`{ viewer { ${'name '.repeat(3000)} } }`)).toMatch(/token/i);
  });
  test('directives', async () => {
    expect(await refused(`{ viewer { name ${'@include(if: true) '.repeat(31)} } }`)).toMatch(/directive/i);
  });
  test('cost', async () => {
    expect(await refused(`{ ${page('500')} }`)).toMatch(/points of work/);
  });
  test('cost, hidden in a variable, after the same document was allowed', async () => {
    const query = `query Page($first: Int!) { ${page('$first')} }`;
    const small = await served.ask(query, { first: 5 });
    expect(small.body.errors?.map((error) => error.message).join() ?? '').not.toMatch(/points of work/);
    expect(await refused(query, { first: 500 })).toMatch(/points of work/);
  });
  test('cost, hidden behind a cheap first operation', async () => {
    const response = await send('/graphql', json, JSON.stringify({ operationName: 'Dear', query: `query Cheap { viewer { name } } query Dear { ${page('500')} }` }));
    expect(response.text).toMatch(/points of work/);
  });
  test('cost of a subscription', async () => {
    const many = Array.from({ length: 30 }, (_, index) => `a${index}: agents { agent name state since callId queue campaign site tenant teams }`).join(' ');
    const response = await send('/graphql', { ...json, accept: 'text/event-stream' }, JSON.stringify({ query: `subscription { live { ${many} } }` }));
    expect(response.text).toMatch(/points of work/);
    expect(response.text).toMatch(/event: complete/);
  });
  test('size', async () => {
    const answer = await send('/graphql', json, JSON.stringify({ query: '{ __typename }', variables: { filler: 'x'.repeat(300_000) } }));
    expect(answer.status).toBe(413);
  });
  test('size, without a declared one', async () => {
    const chunked = { ...json, 'transfer-encoding': 'chunked' };
    const answer = await send('/graphql', chunked, JSON.stringify({ query: '{ __typename }', variables: { filler: 'x'.repeat(300_000) } }));
    expect(answer.status).toBe(413);
    expect(await send('/graphql', chunked, ping)).toMatchObject({ status: 200, text: expect.stringContaining('Query') });
  });
});

describe('what an answer tells', () => {
  test('no names of fields to those who guess', async () => {
    const { body } = await served.ask('{ viewr { name } }');
    expect(JSON.stringify(body)).not.toMatch(/viewer/);
  });
  test.each([
    ['an unexpected failure is masked', 'Something went wrong on the server. It has been written to its log.', undefined, () => Promise.reject(new TypeError('duckdb is closed'))],
    ['a warehouse that cannot be asked is told as such', 'The warehouse cannot be asked: it does not answer, or refuses. Nothing is lost: rows wait until it does.', 'UNAVAILABLE', null],
  ])('%s, and logged once with its reason', async (_name, message, code, freshness) => {
    const closed = await openTestWarehouse();
    await closed.close();
    const broken = await serveApi(freshness ? { ...closed, freshness } : closed);
    try {
      const { body } = await broken.ask('{ freshness { dataAt } }');
      expect(body.errors?.map((error) => [error.message, error.extensions?.['code']])).toEqual([[message, code ?? 'INTERNAL_SERVER_ERROR']]);
      expect(JSON.stringify(body)).not.toMatch(/stack|\.ts|duckdb|closed/i);
      const logged = broken.logs.filter((line) => line['level'] === 50);
      expect(logged).toHaveLength(1);
      expect(JSON.stringify(logged[0])).toMatch(/stack/);
    } finally {
      await broken.close();
    }
  });
  test('the log keeps no query, no header and no body', async () => {
    await send('/graphql?secret=hunter2', { ...json, authorization: 'Bearer hunter2', cookie: 'hunter2' }, JSON.stringify({ query: '{ viewer { name } }', variables: { hunter2: 1 } }));
    const text = JSON.stringify(served.logs);
    expect(text).toMatch(/"path":"\/graphql"/);
    expect(text).not.toMatch(/hunter2/);
  });
});

test('health, readiness and metrics', async () => {
  expect(await send('/health', {})).toMatchObject({ status: 200, text: '{"status":"ok"}' });
  expect(await send('/ready', {})).toMatchObject({ status: 200 });
  await served.ask('{ viewer { name } }');
  const { text } = await send('/metrics', {});
  expect(text).toMatch(/vigie_http_requests_total\{route="\/graphql",method="POST",status="200"\} [1-9]/);
  expect(text).toMatch(/vigie_graphql_operations_total\{kind="query",outcome="ok"\} [1-9]/);
  expect(text).toMatch(/vigie_core_connected 1/);
  expect(text).toMatch(/nodejs_eventloop_lag_p99_seconds/);
});
