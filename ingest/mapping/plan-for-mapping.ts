import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../warehouse/sql-files.ts';
import type { LoadPlan } from '../../warehouse/load-plan.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';
import { parseMapping } from './parse-mapping.ts';

const shipped = new Map<string, LoadPlan>();

/**
 * The plan of a shipped mapping (by name), of a mapping file (by path) or of a mapping's content.
 * @throws WarehouseError `invalid-mapping`: an unknown name lists the known ones.
 */
export function planForMapping(mapping: string | object): LoadPlan {
  if (typeof mapping !== 'string') return parseMapping(mapping, 'name' in mapping ? String(mapping.name) : '');
  const known = shipped.get(mapping);
  if (known) return known;
  if (shippedMappings().includes(mapping)) {
    const plan = parseMapping(readJson(join(folder(), `${mapping}.json`)), mapping);
    shipped.set(mapping, plan);
    return plan;
  }
  if (/[/\\]|\.json$/.test(mapping)) {
    if (existsSync(mapping)) return parseMapping(readMappingFile(mapping), mapping);
    throw new WarehouseError('invalid-mapping', `There is no mapping file ${mapping}; shipped mappings are ${shippedMappings().join(', ')}`);
  }
  throw new WarehouseError('invalid-mapping', `There is no mapping "${mapping}"; use one of ${shippedMappings().join(', ')}, or the path of a mapping file`);
}

/** Names of the mappings that come with the program. */
export function shippedMappings(): string[] {
  return readdirSync(folder()).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length)).toSorted();
}

function folder(): string {
  return join(projectRoot(), 'ingest', 'mappings');
}

/** The content of a mapping file. @throws WarehouseError `invalid-mapping` when it is no JSON object. */
export function readMappingFile(path: string): object {
  const content = readJson(path);
  if (typeof content !== 'object' || content === null) throw new WarehouseError('invalid-mapping', `The mapping file ${path} holds no JSON object`);
  return content;
}

function readJson(path: string): unknown {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return content;
  } catch (error) {
    throw new WarehouseError('invalid-mapping', `The mapping file ${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
