import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectRoot } from '../warehouse/sql-files.ts';
import { CONFIGURATION_KEYS, ConfigurationError, parseConfiguration } from './configuration.ts';

const example = readFileSync(`${projectRoot()}/.env.example`, 'utf8').split('\n')
  .filter((line) => /^[A-Z_]+=/.test(line))
  .map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);

test('.env.example and the configuration have the same keys', () => {
  expect(example.map(([key]) => key)).toEqual(CONFIGURATION_KEYS);
});

test('.env.example shows the defaults', () => {
  expect(parseConfiguration(Object.fromEntries(example), '/base')).toEqual(parseConfiguration({}, '/base'));
});

test('paths are absolute, values typed', () => {
  expect(parseConfiguration({ VIGIE_DATA: 'here', VIGIE_PORT: '0', VIGIE_SIMULATION: 'off', VIGIE_INGEST_TOKENS: 'pbx:0123456789abcdef, b:fedcba9876543210' }, '/base')).toMatchObject({
    dataDirectory: '/base/here', port: 0, simulation: false, ingestTokens: { pbx: '0123456789abcdef', b: 'fedcba9876543210' },
  });
});

function messageOf(environment: Record<string, string>): string {
  try {
    parseConfiguration(environment, '/');
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
  }
  throw new Error('the configuration was not refused');
}

test('addresses of proxies are whole origins, and of two names', () => {
  expect(parseConfiguration({ VIGIE_SITE_URL: 'https://Vigie.site.lan/', VIGIE_PUBLIC_URL: 'https://vigie.example.org:8443' }, '/')).toMatchObject({ siteUrl: 'https://vigie.site.lan', publicUrl: 'https://vigie.example.org:8443' });
  for (const wrong of ['vigie.site.lan', 'ftp://vigie.site.lan', 'https://vigie.site.lan/vigie', 'https://vigie.site.lan/?a=1', 'https://user:word@vigie.site.lan']) expect(messageOf({ VIGIE_SITE_URL: wrong })).toContain('VIGIE_SITE_URL: https://host is expected');
  expect(messageOf({ VIGIE_SITE_URL: 'http://vigie.example.org', VIGIE_PUBLIC_URL: 'https://vigie.example.org:80' })).toContain('VIGIE_SITE_URL: another name than that of VIGIE_PUBLIC_URL is expected');
});

test('one message names all wrong keys, and no secret', () => {
  const message = messageOf({ VIGIE_PORT: '99999', VIGIE_STORE: 'mysql://u:secret@h', VIGIE_SEED: '-1', VIGIE_SIMULATION: 'yes', VIGIE_INGEST_TOKENS: 'pbx:short-secret', VIGIE_PROT: '1', OTHER: 'x' });
  for (const key of ['VIGIE_PORT', 'VIGIE_STORE', 'VIGIE_SEED', 'VIGIE_SIMULATION', 'VIGIE_INGEST_TOKENS: part 1', 'VIGIE_PROT: unknown']) expect(message).toContain(key);
  expect(message).toContain('"99999"');
  expect(message).not.toContain('secret');
});

test.each([
  ['a token without its source', 'secret-0123456789abcdef', /part 1: source:token/],
  ['a token before its source', 'secret.0123456789abcdef!:pbx', /part 1: source:token/],
  ['a source twice', 'pbx:secret-0123456789,pbx:secret-abcdefghijk', /part 2: its source/],
  ["the core's own name", 'core:secret-0123456789', /part 1: the source "core" is the program's own/],
  ['a name that is no folder', 'My_PBX:secret-0123456789', /part 1: source:token/],
  ['one token for two', 'a:secret-0123456789,b:secret-0123456789', /part 2: another source/],
])('tokens are refused without being told: %s', (_name, tokens, message) => {
  const said = messageOf({ VIGIE_INGEST_TOKENS: tokens });
  expect(said).toMatch(message);
  expect(said).not.toContain('secret');
});

test('a source of own legs needs a token', () => {
  expect(messageOf({ VIGIE_INGEST_OWN_LEGS: 'pbx' })).toContain('VIGIE_INGEST_OWN_LEGS: the source "pbx" has no token');
  expect(parseConfiguration({ VIGIE_INGEST_TOKENS: 'pbx:0123456789abcdef', VIGIE_INGEST_OWN_LEGS: 'pbx,' }, '/').ownLegs).toEqual(['pbx']);
});

test("a store's address that is none is refused without being told", () => {
  const said = messageOf({ VIGIE_STORE: 'postgres://u:secret@host:no-port/db' });
  expect(said).toContain('VIGIE_STORE');
  expect(said).not.toContain('secret');
});

test('processes that others than this machine reach need a token, which is not told', () => {
  const token = 'secret-0123456789-0123456789-0123456789';
  expect(messageOf({ VIGIE_CORE_LISTEN: '0.0.0.0:4710' })).toMatch(/VIGIE_CORE_LISTEN: .*0\.0\.0\.0.*VIGIE_CORE_TOKEN/);
  expect(messageOf({ VIGIE_INGEST_LISTEN: '[::]:4720' })).toContain('VIGIE_INGEST_TOKEN');
  expect(messageOf({ VIGIE_CORE: 'http://core.example:4710' })).toContain('VIGIE_CORE: set VIGIE_CORE_TOKEN too');
  expect(messageOf({ VIGIE_CORE_LISTEN: 'here' })).toContain('host:port');
  expect(messageOf({ VIGIE_INGEST: 'ftp://host' })).toContain('http://host:port');
  const said = messageOf({ VIGIE_CORE_TOKEN: 'secret-short', VIGIE_INGEST_TOKEN: `secret ${token}` });
  expect(said).toMatch(/VIGIE_CORE_TOKEN: .*32[^]*VIGIE_INGEST_TOKEN: .*blanks/);
  expect(said).not.toContain('secret');
  expect(parseConfiguration({ VIGIE_CORE_LISTEN: '[::]:4711', VIGIE_CORE_TOKEN: token, VIGIE_INGEST: 'https://ingest', VIGIE_INGEST_TOKEN: token }, '/')).toMatchObject({
    core: { listen: { host: '::', port: 4711 }, address: null, token }, ingest: { listen: { host: '127.0.0.1', port: 4720 }, address: 'https://ingest', token },
  });
  expect(parseConfiguration({ VIGIE_CORE_LISTEN: 'localhost:0' }, '/').core).toEqual({ listen: { host: 'localhost', port: 0 }, address: null, token: null });
});

test('the journal of notifications is kept for 400 days, for others, or for ever', () => {
  expect([{}, { VIGIE_NOTIFICATIONS_KEPT_DAYS: '31' }, { VIGIE_NOTIFICATIONS_KEPT_DAYS: 'ever' }].map((given) => parseConfiguration(given, '/').notificationsKeptDays)).toEqual([400, 31, null]);
  expect(['30', '1.5', 'never'].map((text) => messageOf({ VIGIE_NOTIFICATIONS_KEPT_DAYS: text }).includes('VIGIE_NOTIFICATIONS_KEPT_DAYS'))).toEqual([true, true, true]);
});

test('rows are kept for ever, for days, or for ever again', () => {
  expect([{}, { VIGIE_KEEP_DAYS: '400' }, { VIGIE_KEEP_DAYS: 'ever' }].map((given) => parseConfiguration(given, '/').keepDays)).toEqual([null, 400, 'ever']);
  expect(['30', '1.5', 'never'].map((text) => messageOf({ VIGIE_KEEP_DAYS: text }).includes('VIGIE_KEEP_DAYS'))).toEqual([true, true, true]);
});

test('a warehouse on a server has an address, and may have a cluster', () => {
  const url = 'http://u:secret@host:8123/vigie';
  expect(parseConfiguration({ VIGIE_WAREHOUSE: url }, '/').warehouse).toEqual({ url, cluster: null, keepDays: null });
  expect(parseConfiguration({ VIGIE_WAREHOUSE: url, VIGIE_WAREHOUSE_CLUSTER: 'three' }, '/').warehouse).toEqual({ url, cluster: 'three', keepDays: null });
  const said = messageOf({ VIGIE_WAREHOUSE: 'http://u:secret@host:8123/no such-database', VIGIE_WAREHOUSE_CLUSTER: "a'b" });
  expect(said).toMatch(/VIGIE_WAREHOUSE: http[^]*VIGIE_WAREHOUSE_CLUSTER: a cluster's name/);
  expect(said).not.toContain('secret');
  expect(messageOf({ VIGIE_WAREHOUSE_CLUSTER: 'three' })).toContain('set VIGIE_WAREHOUSE too');
});
