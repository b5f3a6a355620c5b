import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { pagePolicy, refusalOf, securityHeaders } from './guard.ts';

test.each([
  ['127.0.0.1:4700', undefined, null],
  ['localhost:4700', 'http://localhost:4700', null],
  ['LOCALHOST:4700', 'http://127.0.0.1:4700', null],
  ['[::1]:4700', 'http://[::1]:4700', null],
  [undefined, undefined, 421],
  ['', undefined, 421],
  ['127.0.0.1', undefined, 421],
  ['127.0.0.1:4701', undefined, 421],
  ['evil.example:4700', undefined, 421],
  ['127.0.0.1.evil.example:4700', undefined, 421],
  ['localhost:4700@evil.example', undefined, 421],
  ['localhost:4700', 'http://evil.example', 403],
  ['localhost:4700', 'https://localhost:4700', 403],
  ['localhost:4700', 'http://localhost:4700.evil.example', 403],
  ['localhost:4700', 'http://localhost:3000', 403],
  ['localhost:4700', 'null', 403],
  ['localhost:4700', '', 403],
])('host %s, origin %s', (host, origin, status) => {
  expect(refusalOf({ headers: { ...(host === undefined ? {} : { host }), ...(origin === undefined ? {} : { origin }) } }, 4700)?.status ?? null).toBe(status);
});

test('on the port of http the port is left out', () => {
  expect(refusalOf({ headers: { host: 'localhost', origin: 'http://localhost' } }, 80)).toBeNull();
  expect(refusalOf({ headers: { host: 'evil.example' } }, 80)?.status).toBe(421);
});

const given = (host: string, origin?: string) => ({ headers: { host, ...(origin === undefined ? {} : { origin }) } });

test.each([
  ['vigie.example', undefined, null], ['VIGIE.example', 'https://vigie.example', null], ['localhost:4700', 'https://vigie.example', null], ['127.0.0.1:4700', 'http://127.0.0.1:4700', null],
  ['vigie.example:4700', undefined, 421], ['vigie.example.evil.example', undefined, 421], ['evil.example', 'https://vigie.example', 421], ['vigie.example', 'http://vigie.example', 403], ['vigie.example', 'https://vigie.example:8443', 403],
  ['vigie.example', 'https://evil.vigie.example', 403], ['vigie.example', 'null', 403], ['vigie.example', '', 403], ['localhost:4700', 'https://evil.example', 403],
])('from outside, host %s, origin %s', (host, origin, status) => {
  expect(refusalOf(given(host, origin), 4700, [new URL('https://Vigie.example/')])?.status ?? null).toBe(status);
});

test('elsewhere the public address is as good as any other', () => {
  expect(refusalOf(given('vigie.example', 'https://vigie.example'), 4700)?.status).toBe(421);
  expect(refusalOf(given('localhost:4700', 'https://vigie.example'), 4700)?.status).toBe(403);
});

test('a public address on a port of its own is that port and no other', () => {
  const publicUrl = new URL('http://vigie.lan:8080');
  expect(refusalOf(given('vigie.lan:8080', 'http://vigie.lan:8080'), 4700, [publicUrl])).toBeNull();
  expect(refusalOf(given('vigie.lan'), 4700, [publicUrl])?.status).toBe(421);
});

test('no answer may be framed, sniffed or run scripts of others', () => {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  securityHeaders(response, pagePolicy('bm9uY2U'));
  expect(response.getHeader('content-security-policy')).toContain("script-src 'self' 'nonce-bm9uY2U';");
  expect(response.getHeader('content-security-policy')).toMatch(/frame-ancestors 'none'/);
  expect(response.getHeader('content-security-policy')).not.toMatch(/https?:|\*/);
  expect(response.getHeader('x-content-type-options')).toBe('nosniff');
});
