import type { Engine } from '../engine.ts';
import type { Dimension, KpiRow } from '../warehouse.ts';
import { Parameters } from './parameters.ts';

const MEDIA = new Set<Dimension>(['medium', 'hour', 'weekday']);

/** Where names stand; those without validity are always valid. Numbers are recycled, so tenants matter. */
const SOURCES: Partial<Record<Dimension, { sql: string; dated: boolean }>> = {
  tenant: { sql: 'SELECT tenant AS id, name FROM dim.tenants', dated: false },
  site: { sql: 'SELECT site AS id, name FROM dim.sites', dated: false },
  campaign: { sql: 'SELECT campaign AS id, name, valid_from, valid_to FROM dim.campaigns', dated: true },
  queue: { sql: 'SELECT queue AS id, name, valid_from, valid_to FROM dim.queues', dated: true },
  team: { sql: 'SELECT team AS id, name FROM dim.teams', dated: false },
  agent: { sql: 'SELECT agent AS id, name, valid_from, valid_to FROM dim.agents', dated: true },
};

/** Names of the ids in the rows, as they were just before `atMs`; a name that had ended before is still better than none. */
export async function namesOf(engine: Engine, rows: readonly KpiRow[], dimensions: readonly Dimension[], atMs: number): Promise<Partial<Record<Dimension, Record<string, string>>>> {
  const found = await Promise.all(dimensions.filter((dimension) => !MEDIA.has(dimension)).map(async (dimension) => {
    const ids = [...new Set(rows.map((row) => String(row[dimension])))];
    const source = SOURCES[dimension];
    if (!source || ids.length === 0) return [dimension, {}] as const;
    const parameters = new Parameters();
    const at = parameters.add(new Date(atMs - 1));
    const rank = source.dated
      ? `CASE WHEN (valid_from IS NULL OR valid_from <= ${at}) AND (valid_to IS NULL OR valid_to > ${at}) THEN 0 WHEN valid_from <= ${at} THEN 1 ELSE 2 END, coalesce(valid_from, TIMESTAMP '1900-01-01 00:00:00') DESC`
      : 'name';
    const named = await engine.query<{ id: string; name: string }>({
      sql: `SELECT id, name FROM (SELECT id, name, row_number() OVER (PARTITION BY id ORDER BY ${rank}, name) AS place FROM (${source.sql}) AS named WHERE id IN (${parameters.list(ids)})) AS ranked WHERE place = 1`,
      parameters: parameters.values,
    });
    return [dimension, Object.fromEntries(named.map(({ id, name }) => [id, name]))] as const;
  }));
  return Object.fromEntries(found);
}
