import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Who may import whom; a file of telephony in a list of types stands for itself. */
const TELEPHONY_TYPES = ['telephony/rows.ts', 'telephony/live.ts', 'telephony/commands.ts', 'telephony/configuration.ts', 'telephony/contacts.ts'];
const ARROWS: Record<string, readonly string[] | 'everything'> = {
  telephony: [],
  sql: [],
  warehouse: TELEPHONY_TYPES,
  ingest: ['warehouse', ...TELEPHONY_TYPES],
  api: ['warehouse', 'ingest', ...TELEPHONY_TYPES],
  dashboard: [],
  vigie: 'everything',
};

export interface Arrow { from: string; to: string }

/** The arrows of a project that are not allowed. Tests may take their material where they like. */
export function forbiddenArrows(root: string, tsconfig = 'tsconfig.json'): Arrow[] {
  const arrows = importsOf(root, tsconfig);
  if (arrows.length === 0) throw new Error(`no import was found below ${root}: the compiler's trace is not read any more`);
  return arrows.filter(({ from, to }) => {
    const folder = from.split('/')[0] ?? '';
    const allowed = ARROWS[folder];
    if (/\.(test|contract|fixture)\.tsx?$|\/(fixtures|e2e)\//.test(from) || allowed === 'everything' || to.startsWith(`${folder}/`)) return false;
    return !(allowed ?? []).some((entry) => to === entry || to.startsWith(`${entry}/`));
  });
}

/**
 * Every import of one of the project's files by another, as the compiler itself resolves it: static,
 * dynamic, re-exports and types. Workers, which are named by URL, are read from the sources.
 */
function importsOf(root: string, tsconfig: string): Arrow[] {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const trace = execFileSync(process.execPath, [compiler, '--noEmit', '--noCheck', '--traceResolution', '--listFiles', '-p', tsconfig], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  const arrows: Arrow[] = [];
  const files = new Set<string>();
  const add = (from: string, to: string): void => {
    const arrow = { from: relative(root, from).split(sep).join('/'), to: relative(root, to).split(sep).join('/') };
    if (!/^\.\.|node_modules|\.next\//.test(`${arrow.from} ${arrow.to}`)) arrows.push(arrow);
  };
  let from = '';
  for (const line of trace.split('\n')) {
    const asked = /^=+ Resolving module '.*' from '(?<file>.*)'\. =+$/.exec(line)?.groups?.['file'];
    const found = /^=+ Module name '.*' was successfully resolved to '(?<file>[^']*)'/.exec(line)?.groups?.['file'];
    if (asked !== undefined) from = asked;
    if (isAbsolute(line) && !line.includes('node_modules')) files.add(line);
    if (found !== undefined && !found.includes('node_modules')) add(from, found);
  }
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    for (const [, path = ''] of text.matchAll(/new URL\(\s*['"`](\.[^'"`]+)['"`]/g)) add(file, resolve(dirname(file), path));
    const computed = /\bimport\(\s*(?!['"]|\/\*)[^)]*\)/.exec(text)?.[0];
    if (computed !== undefined && !relative(root, file).startsWith('vigie')) add(file, join(root, `computed ${computed}`));
  }
  return arrows;
}
