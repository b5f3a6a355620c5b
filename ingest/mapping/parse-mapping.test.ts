import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../warehouse/sql-files.ts';
import { parseMapping } from './parse-mapping.ts';
import { planForMapping, shippedMappings } from './plan-for-mapping.ts';
import { printSchema } from './print-schema.ts';

const good = {
  name: 'mine', target: 'calls', source: { format: 'delimited', delimiters: [';'] },
  columns: { call_id: 'id', started_at: { op: 'timestamp', of: 'start', formats: ['iso'], zone: 'source' } },
};
const complaint = (content: unknown): string => {
  try { parseMapping(content, 'mine.json'); } catch (error) { return error instanceof Error ? error.message : ''; }
  return 'no complaint';
};

describe('a mapping', () => {
  test('becomes a plan; what it reads must be in the file unless it is optional', () => {
    expect(parseMapping(good, 'mine')).toMatchObject({ zone: 'UTC', deriveLegs: false, source: { required: ['id', 'start'] } });
    expect(parseMapping({ ...good, source: { ...good.source, optional: ['start'] } }, 'mine').source.required).toEqual(['id']);
  });

  test.each([
    ['an unknown column', { ...good, columns: { ...good.columns, queu: 'q' } }, /columns\.queu: there is no column "queu" in calls; use one of tenant, /],
    ['an unknown operation', { ...good, columns: { call_id: { op: 'shell', of: 'id' } } }, /columns\.call_id\.op: .*\(found "shell"\)|columns\.call_id: .*found \{"op":"shell"/],
    ['a wrong setting', { ...good, columns: { wait_s: { op: 'duration', of: 'w', unit: 'hours', negative: 'zero' } } }, /columns\.wait_s\.unit: .*"ms".*\(found "hours"\)/],
    ['a deep place', { ...good, columns: { queued: { op: 'condition', of: { op: 'in', of: 'x', values: [] } } } }, /columns\.queued\.of\.values: /],
    ['a surplus key', { ...good, columns: { call_id: { op: 'trim', of: 'id', sql: 'DROP' } } }, /columns\.call_id: remove "sql"/],
    ['a zone that does not exist', { ...good, zone: 'Europe/Douala' }, /zone: use the name of a time zone.*found "Europe\/Douala"/],
    ['legs of legs', { ...good, target: 'legs', columns: {}, deriveLegs: true }, /the target must be "calls"/],
    ['a position that is missing', { ...good, source: { ...good.source, positions: ['id'] } }, /the column "start" is read but has no position/],
    ['no object', 7, /\(the whole\): .*found 7/],
  ])('%s is named with its value and the remedy', (_, content, expected) => {
    expect(complaint(content)).toMatch(expected);
  });

  test('every wrong place is told at once', () => {
    expect(complaint({ ...good, target: 'call', zone: 'x' }).split('\n')).toHaveLength(3);
  });
});

describe('mappings by name', () => {
  test('all shipped ones are valid and named after their file', () => {
    expect(shippedMappings()).toEqual(['anonymous-bank', 'asterisk-queue-log', 'asterisk-queue-log-agents', 'hermes-odactions', 'hermes-odcalls', 'legs', 'od-actions', 'od-calls']);
    for (const name of shippedMappings()) expect(planForMapping(name).name).toBe(name);
  });
  test('an unknown one lists the known', () => {
    expect(() => planForMapping('hermes')).toThrow(/no mapping "hermes"; use one of anonymous-bank, /);
    expect(() => planForMapping('./none.json')).toThrow(/no mapping file \.\/none\.json/);
  });
  test('the JSON Schema is the printed one', () => {
    expect(readFileSync(join(projectRoot(), 'ingest/mapping/mapping.schema.json'), 'utf8')).toBe(printSchema());
  });
});
