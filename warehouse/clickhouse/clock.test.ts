import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../sql-files.ts';

/** A server's clock: its words for the present. `current_…` is what the other engine calls it. */
const CLOCK = /\b(?:now|now64|today|yesterday|utcTimestamp|nowInBlock)\s*\(|\bcurrent_(?:timestamp|date)\b/i;

function lines(folder: string, ends: RegExp): { file: string; text: string }[] {
  return readdirSync(join(projectRoot(), folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ends.test(file) && !/node_modules|test-support|\.test\.ts$/.test(file))
    .flatMap((file) => readFileSync(join(projectRoot(), folder, file), 'utf8').split('\n').map((text) => ({ file: `${folder}/${file}`, text })));
}

/** By the code: under faketime the engine from npm keeps the right time, it asks the kernel itself. */
test('no number is made with a server\'s clock: it only dates what journals say', () => {
  const facts = ['sql/views', 'sql/measures', 'sql/rollups', 'sql/questions', 'sql/migrations/clickhouse', 'sql/migrations/duckdb'].flatMap((folder) => lines(folder, /\.sql$/));
  expect(facts.length).toBeGreaterThan(1000);
  // Incidents go on until now: an analyst who asks the view itself takes the server's clock for it, our own questions put theirs in its place.
  const bare = (text: string): string => text.replace(/--.*/, '').replaceAll(/\/\*\{(?<mark>now|from|to)\*\/.*?\/\*\k<mark>\}\*\//g, '');
  const now = facts.filter(({ text }) => CLOCK.test(bare(text)) || bare(text).includes('now_ms'));
  expect(now.map(({ file }) => file)).toEqual(['clickhouse', 'duckdb'].map((engine) => `sql/migrations/${engine}/0111_create_incident_macros.sql`));
  const code = [...lines('warehouse/kpi', /\.ts$/), ...lines('warehouse/calls', /\.ts$/), ...lines('warehouse/clickhouse', /\.ts$/)];
  const dated = code.filter(({ text }) => CLOCK.test(text.replace(/^\s*(?:\/\/|\*).*|(?:Date|performance)\.now\(\)/g, '').replaceAll(/(?:Date|performance)\.now\(\)/g, '')));
  // Journals of copies, quarantine, loads and migrations; turns are compared with the same clock only.
  expect([...new Set(dated.map(({ file }) => file))].toSorted()).toEqual(['copy-end.ts', 'load/complete.ts', 'load/ledger.ts', 'load/turn.ts', 'migrate.ts'].map((file) => `warehouse/clickhouse/${file}`));
});
