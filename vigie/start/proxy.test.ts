import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as ask } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveIncidents, type ServedIncidents } from '../../api/incidents/fixtures/served.ts';
import { projectRoot } from '../../warehouse/sql-files.ts';
import { listen, type WebServer } from './web-server.ts';

// Debian keeps it where only root looks.
const environment = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };
const present = spawnSync('nginx', ['-v'], { env: environment }).status === 0;
if (!present && process.env['CI'] === undefined) process.stderr.write('SKIPPED: the README’s proxy on a real nginx: there is none (apt-get install nginx-light)\n');

const SITE = 'vigie.site.lan';
const PUBLIC = 'vigie.example.org';
const TOKEN = 'a'.repeat(43);

/** The two servers of the README, on sockets of a folder instead of the machine's port 443. */
function configurationOf(folder: string, port: number): string {
  const readme = readFileSync(join(projectRoot(), 'README.md'), 'utf8');
  const servers = [...readme.matchAll(/^ {4}server \{\n(?:.*\n)*?^ {4}\}\n/gm)].map(([block]) => block);
  expect(servers).toHaveLength(2);
  const here = servers.map((block) => block
    .replace(/listen 443 ssl; server_name ([\w.]+);/, (_, name: string) => `listen unix:${folder}/${name}.sock; server_name ${name};`)
    .replace(/allow [\d./]+; deny all;/, 'allow unix:; deny all;').replace('/var/log/nginx', folder).replaceAll('127.0.0.1:4700', `127.0.0.1:${port}`));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
  return `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;\nevents {}\nhttp { access_log off; ${temporary}\n${here.join('\n')}}\n`;
}

describe.skipIf(!present && process.env['CI'] === undefined)('behind the README’s proxy', () => {
  let folder: string;
  let given: ServedIncidents;
  let web: WebServer;
  let nginx: ChildProcess;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vigie-proxy-'));
    given = await serveIncidents();
    web = await listen(0, { publicUrl: `https://${PUBLIC}`, siteUrl: `https://${SITE}` });
    const here = (name: string) => (_request: unknown, response: { end(text: string): void }): void => response.end(name);
    web.open({ api: given.served.api, logger: pino({ enabled: false }), checks: {}, ingest: here('ingest'), internal: here('internal'), pages: here('page') });
    writeFileSync(join(folder, 'nginx.conf'), configurationOf(folder, web.port));
    nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { env: environment, stdio: ['ignore', 'inherit', 'inherit'] });
    for (const deadline = Date.now() + 20_000; ![SITE, PUBLIC].every((name) => existsSync(join(folder, `${name}.sock`)));) {
      if (nginx.exitCode !== null || Date.now() > deadline) throw new Error(`nginx does not start: ${readFileSync(join(folder, 'error.log'), 'utf8')}`);
      await pause(20);
    }
  });
  afterAll(async () => {
    const ended = new Promise((resolve) => { nginx.once('exit', resolve); });
    nginx.kill('SIGTERM');
    await ended;
    await web.close();
    await given.close();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Asked { method?: string; headers?: Record<string, string>; body?: string; /** Enough of an answer that does not end. */ until?: string }
  function through(name: string, path: string, { method = 'GET', headers = {}, body = '', until }: Asked = {}): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const request = ask({ socketPath: join(folder, `${name}.sock`), path, method, headers: { host: name, ...headers }, agent: false }, (response) => {
        let text = '';
        const done = (): void => resolve({ status: response.statusCode ?? 0, text });
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
          if (until !== undefined && text.includes(until)) {
            done();
            request.destroy();
          }
        }).on('end', done).on('error', reject);
      }).on('error', reject);
      request.end(body);
    });
  }

  test('the people of the site have pages, questions, acts and the live board', async () => {
    const own = { origin: `https://${SITE}`, 'content-type': 'application/json' };
    expect(await through(SITE, '/kpi')).toEqual({ status: 200, text: 'page' });
    expect(await through(SITE, '/graphql', { method: 'POST', headers: own, body: JSON.stringify({ query: '{ viewer { name } }' }) })).toEqual({ status: 200, text: '{"data":{"viewer":{"name":"local"}}}' });
    expect((await through(SITE, '/graphql', { method: 'POST', headers: { ...own, origin: 'https://evil.example' }, body: JSON.stringify({ query: '{ viewer { name } }' }) })).status).toBe(403);
    // What nginx would hold back until there is more of it arrives at once.
    const strip = await through(SITE, '/graphql', { method: 'POST', headers: { ...own, accept: 'text/event-stream' }, body: JSON.stringify({ query: 'subscription { incidentStrip { incidents { number } } }' }), until: 'incidentStrip' });
    expect(strip).toMatchObject({ status: 200, text: expect.stringContaining('"incidents":[]') });
    const number = await given.open();
    const file = Buffer.alloc(2 << 20, 'x').toString();
    expect((await through(SITE, `/files/incidents/${number}/attachment?name=log.txt`, { method: 'POST', headers: { ...own, 'x-vigie': '1', 'content-type': 'text/plain' }, body: file })).status).toBe(201);
  });

  test('the program’s own commands are not for them', async () => {
    expect((await through(SITE, '/internal/warehouse/x', { method: 'POST' })).status).toBe(421);
  });

  test('everybody has the page to sign and nothing else', async () => {
    expect(await through(PUBLIC, `/sign/${TOKEN}`)).toEqual({ status: 200, text: 'page' });
    expect(await through(PUBLIC, `/sign/api/${TOKEN}`)).toMatchObject({ status: 404, text: expect.stringContaining('unknown-link-to-sign') });
    for (const path of ['/', '/kpi', '/graphql', '/health', '/files/incidents/1/attachment', '/sign/../graphql', '/ingest/od-calls']) expect([path, (await through(PUBLIC, path)).text]).toEqual([path, expect.stringContaining('404 Not Found')]);
    // Whatever a proxy hands on by mistake.
    expect((await through(SITE, '/graphql', { headers: { host: PUBLIC, origin: `https://${PUBLIC}` } })).status).toBe(403);
  });
});
