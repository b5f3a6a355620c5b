import { expect, test } from 'vitest';
import { isForOutside } from './outside.ts';

const TOKEN = 'a-_Z'.padEnd(43, '0');

test.each([
  ['GET', `/sign/${TOKEN}`], ['HEAD', `/sign/${TOKEN}`], ['GET', `/sign/api/${TOKEN}`], ['POST', `/sign/api/${TOKEN}`], ['GET', `/sign/api/${TOKEN}/document`],
  ['GET', '/_next/static/chunks/0cz1d0mv5g_q7.js'], ['GET', '/_next/static/61d6-O8nQxMXe1OHIOHO9/_buildManifest.js'], ['GET', '/_next/static/media/inter-cyrillic-ext-wght-normal.20g3-bbbhdq0_.woff2'], ['GET', '/_next/static/chunks/a~b._.js'],
])('%s %s is asked from outside', (method, path) => {
  expect(isForOutside(method, path)).toBe(true);
});

test.each([
  ['GET', '/'], ['GET', '/graphql'], ['POST', '/graphql'], ['GET', '/metrics'], ['GET', '/health'], ['GET', '/incidents/12'], ['GET', '/tables/kpi'], ['GET', '/files/incidents/document/7f2c1c1e-2f0e-4a53-9d6e-0c3a5f6b7d82'], ['POST', '/ingest/rows'], ['POST', '/internal/x'],
  ['GET', '/sign'], ['GET', '/sign/'], ['GET', '/sign/api/'], ['POST', `/sign/${TOKEN}`], ['POST', `/sign/api/${TOKEN}/document`], ['PUT', `/sign/api/${TOKEN}`], ['OPTIONS', `/sign/api/${TOKEN}`], [undefined, `/sign/${TOKEN}`], ['GET', `/sign/${'a'.repeat(201)}`],
  ['GET', '/sign/../graphql'], ['GET', '/sign/..'], ['GET', '/sign/%2e%2e'], ['GET', '/sign/..%2Fgraphql'], ['GET', '/sign/api/../../graphql'], ['GET', `/sign/${TOKEN}/`], ['GET', `/signs/${TOKEN}`], ['GET', `//sign/${TOKEN}`], ['GET', `/sign\\${TOKEN}`],
  ['GET', '/_next/static/../../graphql'], ['GET', '/_next/static/chunks/..'], ['GET', '/_next/static/%2e%2e/x'], ['GET', '/_next/static//x'], ['GET', '/_next/image'], ['GET', '/_next/data/x.json'], ['POST', '/_next/static/chunks/a.js'], ['GET', 'http://evil.example/sign/x'],
])('%s %s is not', (method, path) => {
  expect(isForOutside(method, path)).toBe(false);
});
