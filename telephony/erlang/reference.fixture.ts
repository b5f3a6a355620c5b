import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A published value, its own tolerance, and what it was computed from, as words. */
export interface ReferenceRow {
  model: string;
  inputs: string;
  metric: string;
  published: number;
  tolerance: number;
}

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const file = join(resolve(root, process.env['VIGIE_REFERENCE_DATA'] ?? '../shared/data'), 'erlang/reference.csv');

/** The published rows, or null (said aloud) where the reference data is not on this machine. */
export function referenceRows(): ReferenceRow[] | null {
  if (!existsSync(file)) {
    console.warn(`SKIPPED: no reference data at ${file} (VIGIE_REFERENCE_DATA); the Erlang rows are not checked`);
    return null;
  }
  const [, ...lines] = readFileSync(file, 'utf8').split(/\r?\n/).filter((line) => line !== '');
  return lines.map((line) => {
    const [model = '', inputs = '', metric = '', published, tolerance] = cells(line);
    return { model, inputs, metric, published: Number(published), tolerance: Number(tolerance) };
  });
}

function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}
