import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { projectRoot } from '../warehouse/sql-files.ts';
import { forbiddenArrows } from './arrows.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-arrows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the project keeps its arrows', () => {
  expect(forbiddenArrows(projectRoot())).toEqual([]);
});

test('each way of importing is seen', () => {
  const files: Record<string, string> = {
    'tsconfig.json': '{"compilerOptions":{"module":"esnext","moduleResolution":"bundler","allowImportingTsExtensions":true,"noEmit":true,"types":[]},"include":["**/*.ts"]}',
    'telephony/rows.ts': 'export type Row = 1;',
    'telephony/automaton.ts': "export const a = 1; export type { W } from '../warehouse/index';",
    'warehouse/index.ts': "import type { Row } from '../telephony/rows.ts'; export type W = Row; export * from '../telephony/automaton.ts';",
    'api/a.ts': "export const later = () => import('../vigie/main');",
    'api/b.ts': "export type M = import('../vigie/main.ts').M;",
    'api/c.ts': "export const url = new URL('../dashboard/d.ts', import.meta.url);",
    'api/c.test.ts': "import '../dashboard/d.ts';",
    'ingest/i.ts': "export const load = (name: string) => import(name);",
    'dashboard/d.ts': "import '../api/a.ts'; export {};",
    'vigie/main.ts': "import '../dashboard/d.ts'; import '../telephony/automaton.ts'; export type M = 1;",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  expect(forbiddenArrows(folder).map(({ from, to }) => `${from} → ${to}`).sort()).toEqual([
    'api/a.ts → vigie/main.ts',
    'api/b.ts → vigie/main.ts',
    'api/c.ts → dashboard/d.ts',
    'dashboard/d.ts → api/a.ts',
    'ingest/i.ts → computed import(name)',
    'telephony/automaton.ts → warehouse/index.ts',
    'warehouse/index.ts → telephony/automaton.ts',
  ]);
});
