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

test('no answer may be framed, sniffed or run scripts of others', () => {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  securityHeaders(response, pagePolicy('bm9uY2U'));
  expect(response.getHeader('content-security-policy')).toContain("script-src 'self' 'nonce-bm9uY2U';");
  expect(response.getHeader('content-security-policy')).toMatch(/frame-ancestors 'none'/);
  expect(response.getHeader('content-security-policy')).not.toMatch(/https?:|\*/);
  expect(response.getHeader('x-content-type-options')).toBe('nosniff');
});
