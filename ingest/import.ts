import { createHash, randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { WarehouseError } from '../warehouse/warehouse.ts';
import type { LoadCounts, Warehouse } from '../warehouse/warehouse.ts';
import { planForMapping } from './mapping/plan-for-mapping.ts';

export interface ImportRequest {
  file: string;
  /** Name of a shipped mapping, path of a mapping file, or its content. */
  mapping: string | object;
  /** For rows that name no tenant. */
  tenant?: string;
  warehouse: Pick<Warehouse, 'load'>;
  onProgress?: (progress: ImportProgress) => void;
}
export type ImportProgress =
  | { stage: 'reading'; bytes: number; ofBytes: number }
  | { stage: 'loading' }
  | { stage: 'done'; counts: LoadCounts };

/**
 * Loads a file through a mapping. The same file twice changes nothing: the second time every row is there
 * already. The file itself is the spool: its hash names the load, so that an import that was cut off is
 * loaded wholly or not at all.
 * @throws WarehouseError `invalid-file` (missing, other columns), `invalid-mapping` (unknown, wrong).
 */
export async function importFile(request: ImportRequest): Promise<LoadCounts> {
  const file = resolve(request.file);
  if (!existsSync(file)) throw new WarehouseError('invalid-file', `There is no file ${file}`);
  if (!statSync(file).isFile()) throw new WarehouseError('invalid-file', `${file} is no file`);
  const plan = planForMapping(request.mapping);
  const tenant = request.tenant ?? '';
  const hash = await hashFile(file, (bytes, ofBytes) => request.onProgress?.({ stage: 'reading', bytes, ofBytes }));
  request.onProgress?.({ stage: 'loading' });
  const counts = await request.warehouse.load({
    // A run's own number: importing again compares the rows again, and says that they are known.
    loadId: `file:${hash}:${plan.name}:${tenant}:${randomUUID()}`,
    source: importSource(request.mapping),
    file,
    mapping: typeof request.mapping === 'string' && existsSync(request.mapping) ? resolve(request.mapping) : request.mapping,
    tenant,
  });
  request.onProgress?.({ stage: 'done', counts });
  return counts;
}

/** Under this name rows of an import are in quarantine. */
export function importSource(mapping: string | object): string {
  return `import:${planForMapping(mapping).name}`;
}

async function hashFile(path: string, onBytes: (bytes: number, ofBytes: number) => void): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path);
  try {
    const ofBytes = (await file.stat()).size;
    // One buffer for all: nothing else can be done before this has ended.
    const buffer = Buffer.allocUnsafe(4 << 20);
    let bytes = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
      onBytes(bytes, ofBytes);
    }
  } finally {
    await file.close();
  }
}
