import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectRoot } from '../warehouse/sql-files.ts';
import { CONFIGURATION_KEYS, parseConfiguration } from './configuration.ts';

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

test('one message names all wrong keys, and no secret', () => {
  const parse = (): unknown => parseConfiguration({ VIGIE_PORT: '99999', VIGIE_STORE: 'mysql://u:secret@h', VIGIE_SEED: '-1', VIGIE_SIMULATION: 'yes', VIGIE_INGEST_TOKENS: 'pbx:short-secret', VIGIE_PROT: '1', OTHER: 'x' }, '/');
  let message = '';
  try {
    parse();
  } catch (error) {
    message = error instanceof Error ? error.message : '';
  }
  for (const key of ['VIGIE_PORT', 'VIGIE_STORE', 'VIGIE_SEED', 'VIGIE_SIMULATION', 'VIGIE_INGEST_TOKENS pbx', 'VIGIE_PROT: unknown']) expect(message).toContain(key);
  expect(message).toContain('"99999"');
  expect(message).not.toContain('secret');
});
