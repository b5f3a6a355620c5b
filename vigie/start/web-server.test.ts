import { request as ask, type IncomingHttpHeaders } from 'node:http';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveIncidents, type ServedIncidents } from '../../api/incidents/fixtures/served.ts';
import { lookAt } from '../watch/look.ts';
import { listen, type WebServer } from './web-server.ts';

const PUBLIC = { host: 'vigie.example', origin: 'https://vigie.example' };
const SITE = { host: 'vigie.site.lan', origin: 'https://vigie.site.lan' };
const TOKEN = 'a'.repeat(43);
let given: ServedIncidents;
let [web, without]: WebServer[] = [];
/** What came to the pages. */
const drawn: string[] = [];

beforeAll(async () => {
  given = await serveIncidents();
  const here = (name: string) => (_request: unknown, response: { end(text: string): void }): void => response.end(name);
  const parts = {
    api: given.served.api, logger: pino({ enabled: false }), checks: {}, ingest: here('ingest'), internal: here('internal'),
    pages: (request: { url?: string | undefined }, response: { end(text: string): void }): void => {
      drawn.push(request.url ?? '');
      response.end('page');
    },
  };
  web = await listen(0, { publicUrl: PUBLIC.origin, siteUrl: SITE.origin });
  without = await listen(0);
  for (const one of [web, without]) one.open(parts);
});
afterAll(async () => {
  await web?.close();
  await without?.close();
  await given.close();
});

/** As a proxy hands it on: the path stays as it was written. */
function handOn(path: string, headers: Record<string, string>, method = 'GET', body = '', server = web): Promise<{ status: number; text: string; headers: IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    ask({ host: '127.0.0.1', port: server?.port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part)).on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
    }).on('error', reject).end(body);
  });
}

test('from outside the page to sign, its files and its doors are reached', async () => {
  expect(await handOn(`/sign/${TOKEN}`, PUBLIC)).toMatchObject({ status: 200, text: 'page', headers: { 'referrer-policy': 'no-referrer', 'content-security-policy': expect.stringContaining("script-src 'self' 'nonce-") } });
  for (const file of ['/_next/static/chunks/a.js', '/icon.svg?icon.03-i1x.svg']) expect(await handOn(file, PUBLIC)).toMatchObject({ status: 200, text: 'page' });
  const sent = JSON.stringify({ typedName: 'Awa', sha256: '0'.repeat(64) });
  const json = { 'x-vigie': '1', 'content-type': 'application/json' };
  for (const headers of [PUBLIC, { host: PUBLIC.host }, { ...PUBLIC, host: `127.0.0.1:${web?.port}` }]) {
    for (const [method, path] of [['GET', `/sign/api/${TOKEN}`], ['GET', `/sign/api/${TOKEN}/document`], ['POST', `/sign/api/${TOKEN}`]] as const) {
      const said = await handOn(path, method === 'POST' ? { ...json, ...headers } : headers, method, method === 'POST' ? sent : '');
      expect([said.status, JSON.parse(said.text), said.headers['cache-control'], said.headers['referrer-policy'], said.headers['content-security-policy']]).toEqual([404, { code: 'unknown-link-to-sign', message: expect.any(String) }, 'no-store', 'no-referrer', "default-src 'none'; frame-ancestors 'none'"]);
    }
  }
  expect(await handOn(`/sign/api/${TOKEN}`, { ...PUBLIC, 'content-type': 'application/json' }, 'POST', sent)).toMatchObject({ status: 403, text: expect.stringContaining('x-vigie') });
});

test.each(['/graphql', '/', '/incidents/12', '/kpi', '/metrics', '/health', '/ready', '/sight', '/tables/kpi', '/files/incidents/document/x', '/ingest/rows', '/internal/x', '/sign/', '/sign/../graphql', '/sign/../incidents', '/sign/%2e%2e/incidents', '/sign/api/../../graphql', '/_next/static/../../kpi', '/_next/image?url=x', '/icon.svg/..', '/icon.svg.map', `//sign/${TOKEN}`])('from outside %s is not', async (path) => {
  const before = drawn.length;
  for (const method of ['GET', 'POST']) {
    expect((await handOn(path, PUBLIC, method)).status).toBe(421);
    expect((await handOn(path, { host: PUBLIC.host }, method)).status).toBe(421);
    // However it came, a page of outside asks nothing of the inside.
    expect((await handOn(path, { host: `127.0.0.1:${web?.port}`, origin: PUBLIC.origin }, method)).status).toBe(403);
  }
  expect(drawn).toHaveLength(before);
});

test('no other name or origin is let in, and pages take nothing', async () => {
  for (const path of [`/sign/${TOKEN}`, `/sign/api/${TOKEN}`]) {
    expect((await handOn(path, { host: 'evil.example' })).status).toBe(421);
    for (const origin of ['https://evil.example', 'http://vigie.example', 'null']) expect((await handOn(path, { host: PUBLIC.host, origin })).status).toBe(403);
    expect((await handOn(path, { host: PUBLIC.host, origin: PUBLIC.origin }, 'PUT')).status).toBe(421);
  }
  expect((await handOn(`/sign/${TOKEN}`, { ...PUBLIC, 'next-action': 'x' }, 'POST')).status).toBe(421);
  expect((await handOn(`/sign/${TOKEN}`, { host: `127.0.0.1:${web?.port}`, 'next-action': 'x' }, 'POST')).status).toBe(405);
});

test('without a public address nothing is for outside', async () => {
  expect((await handOn(`/sign/${TOKEN}`, PUBLIC, 'GET', '', without)).status).toBe(421);
  expect((await handOn(`/sign/api/${TOKEN}`, { host: `127.0.0.1:${without?.port}`, origin: PUBLIC.origin }, 'GET', '', without)).status).toBe(403);
  expect((await handOn(`/sign/${TOKEN}`, { host: `127.0.0.1:${without?.port}` }, 'GET', '', without)).text).toBe('page');
});

test('the people of the site reach everything under its name but the program’s own commands', async () => {
  for (const path of ['/', '/incidents/12', `/sign/${TOKEN}`]) expect(await handOn(path, SITE)).toMatchObject({ status: 200, text: 'page' });
  const asked = JSON.stringify({ query: '{ viewer { name } }' });
  expect(await handOn('/graphql', { ...SITE, 'content-type': 'application/json' }, 'POST', asked)).toMatchObject({ status: 200, text: '{"data":{"viewer":{"name":"local"}}}' });
  expect((await handOn('/health', SITE)).status).toBe(200);
  expect((await handOn('/sight', SITE)).status).toBe(200);
  expect((await handOn('/ingest/od-calls', SITE, 'POST')).text).toBe('ingest');
  expect((await handOn('/internal/warehouse/x', SITE, 'POST')).status).toBe(421);
  for (const origin of [PUBLIC.origin, 'https://evil.example', 'http://vigie.site.lan']) expect((await handOn('/graphql', { host: SITE.host, origin, 'content-type': 'application/json' }, 'POST', asked)).status).toBe(403);
  expect((await handOn('/graphql', { host: PUBLIC.host, origin: SITE.origin, 'content-type': 'application/json' }, 'POST', asked)).status).toBe(421);
  expect((await handOn('/', SITE, 'GET', '', without)).status).toBe(421);
});

test('a watcher that comes by a name of its own learns which setting is missing', async () => {
  expect(await lookAt(`http://127.0.0.1:${web?.port}`)).toEqual({ condition: 'up', reason: '' });
  expect(await lookAt(`http://[::ffff:127.0.0.1]:${web?.port}`)).toEqual({ condition: 'down', reason: expect.stringContaining('VIGIE_SITE_URL') });
});
