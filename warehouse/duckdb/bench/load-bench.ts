import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadPlan } from '../../load-plan.ts';
import { openDuckDb } from '../engine.ts';
import { loadFile } from '../load/load-file.ts';
import { generateOdCalls, OD_CALLS_TYPES } from './generate.ts';

export interface LoadBench { rows: number; format: 'csv' | 'json'; engineMs: number; firstMs: number; secondMs: number; ratioFirst: number; ratioSecond: number }

/** One round in one format. `plan` is the mapping's; the bench itself knows no mapping. */
export async function benchLoad(options: { plan: LoadPlan; format: 'csv' | 'json'; rows: number; threads: number }): Promise<LoadBench> {
  const { plan, format, rows, threads } = options;
  const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-'));
  try {
    const file = join(folder, `calls.${format}`);
    const maker = openDuckDb({ path: ':memory:', threads });
    await generateOdCalls(maker, file, rows, format);
    await maker.close();
    const own = openDuckDb({ path: join(folder, 'own.duckdb'), threads, memoryLimit: '2GB' });
    const columns = Object.entries({ ...OD_CALLS_TYPES, ...(format === 'json' ? { Sequence: 'BIGINT' } : {}) });
    await own.execute({ sql: `CREATE TABLE calls (${columns.map(([name, type]) => `"${name}" ${type}`).join(', ')})` });
    const types = `{${columns.map(([name, type]) => `'${name}': '${type}'`).join(', ')}}`;
    const read = format === 'csv' ? `read_csv('${file}', delim = ';', header = true, auto_detect = false, columns = ${types})` : `read_json('${file}', format = 'newline_delimited', columns = ${types})`;
    const engineMs = await timed(() => own.execute({ sql: `INSERT INTO calls SELECT * FROM ${read}` }));
    await own.close();
    const ours = openDuckDb({ path: join(folder, 'ours.duckdb'), threads, memoryLimit: '2GB' });
    await ours.migrate();
    const load = (loadId: string) => timed(() => loadFile({ engine: ours, plan, callerKeySecret: 'bench' }, { loadId, source: 'bench', file, mapping: plan.name, tenant: '' }));
    const firstMs = await load('1');
    const secondMs = await load('2');
    await ours.close();
    return { rows, format, engineMs, firstMs, secondMs, ratioFirst: engineMs / firstMs, ratioSecond: engineMs / secondMs };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round(performance.now() - start);
}
